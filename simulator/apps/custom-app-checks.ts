import { parseUrl } from '../../functions/pim/parse-url.ts';

/** What a person enters to create a custom App. */
export interface CustomAppForm {
  readonly name: string;
  readonly activateUrl: string;
  readonly callbackUrl: string;
}

/** One broken rule, as the PIM reports it: a field and a translation key. */
export interface Violation {
  readonly propertyPath: string;
  readonly message: string;
}

/** A custom App that the PIM would not register. */
export class InvalidCustomAppError extends Error {
  override readonly name = 'InvalidCustomAppError';
  readonly violations: readonly Violation[];

  /** @param violations every broken rule, at least one */
  constructor(violations: readonly Violation[]) {
    super(violations.map(({ propertyPath, message }) => `${propertyPath}: ${message}`).join('; '));
    this.violations = violations;
  }
}

const MAXIMUM_LENGTH = 255;
const MINIMUM_NAME_LENGTH = 3;
const KEY_PREFIX = 'akeneo_connectivity.connection.connect.custom_apps.create_modal.errors';

/**
 * Every rule of the PIM that a custom App breaks: 3 to 255 characters of name, two http or
 * https URLs of at most 255. Loopback hosts, ports and IP addresses are allowed.
 *
 * @see docs/pim-contract.md §7
 */
export function customAppViolations(form: CustomAppForm): Violation[] {
  return [
    ...brokenRules('name', 'name', {
      not_blank: form.name === '',
      min_length: form.name !== '' && form.name.length < MINIMUM_NAME_LENGTH,
      max_length: form.name.length > MAXIMUM_LENGTH,
    }),
    ...urlViolations('activateUrl', 'activate_url', form.activateUrl),
    ...urlViolations('callbackUrl', 'callback_url', form.callbackUrl),
  ];
}

function urlViolations(propertyPath: string, field: string, url: string): Violation[] {
  return brokenRules(propertyPath, field, {
    not_blank: url === '',
    max_length: url.length > MAXIMUM_LENGTH,
    must_be_url: url !== '' && !isHttpUrl(url),
  });
}

function brokenRules(
  propertyPath: string,
  field: string,
  broken: Readonly<Record<string, boolean>>,
): Violation[] {
  return Object.entries(broken)
    .filter(([, isBroken]) => isBroken)
    .map(([rule]) => ({ propertyPath, message: `${KEY_PREFIX}.${field}.${rule}` }));
}

function isHttpUrl(text: string): boolean {
  return /^https?:\/\/[^\s]+$/i.test(text) && parseUrl(text) !== undefined;
}
