import { randomUUID } from 'node:crypto';

/** What a person enters to create a custom App. */
export interface CustomAppForm {
  readonly name: string;
  readonly activateUrl: string;
  readonly callbackUrl: string;
  /** A `data:` URI. In a real PIM, only an App of the App Store has one. @default the first letter of the name */
  readonly logo?: string;
}

/** One broken rule, as the PIM reports it: a field and a translation key. */
export interface Violation {
  readonly propertyPath: string;
  readonly message: string;
}

/** The PIM refuses to register a custom App. */
export class InvalidCustomAppError extends Error {
  override readonly name = 'InvalidCustomAppError';
  readonly violations: readonly Violation[];

  /** @param violations every broken rule, at least one */
  constructor(violations: readonly Violation[]) {
    super(violations.map(({ propertyPath, message }) => `${propertyPath}: ${message}`).join('; '));
    this.violations = violations;
  }
}

/** A custom App as its owner registered it. */
export interface CustomApp extends CustomAppForm {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** What {@link CustomApps.register} takes: a form, and for tests the credentials to hand out. */
export interface AppRegistration extends CustomAppForm {
  /** @default a random UUID, as in the PIM */
  readonly clientId?: string;
  /** @default 86 random letters and digits, as in the PIM */
  readonly clientSecret?: string;
}

/** Takes the new secret of an App; the PIM waits for it. */
export type SecretListener = (clientId: string, clientSecret: string) => Promise<void>;

const MAXIMUM_APPS = 20;
const MAXIMUM_LENGTH = 255;
const MINIMUM_NAME_LENGTH = 3;
const KEY_PREFIX = 'akeneo_connectivity.connection.connect.custom_apps.create_modal.errors';

/**
 * The custom Apps registered at this PIM, at most 20.
 *
 * @see docs/pim-contract.md §7
 */
export class CustomApps {
  readonly #apps: Map<string, CustomApp>;
  readonly #generateSecret: () => string;
  readonly #onSecretRegenerated: SecretListener;

  /**
   * @param apps what the PIM remembers
   * @param generateSecret makes the next client secret
   * @param onSecretRegenerated is called with each secret that replaces another one
   */
  constructor(
    apps: Map<string, CustomApp>,
    generateSecret: () => string,
    onSecretRegenerated: SecretListener = async () => {},
  ) {
    this.#apps = apps;
    this.#generateSecret = generateSecret;
    this.#onSecretRegenerated = onSecretRegenerated;
  }

  /**
   * Registers an App.
   *
   * @throws {InvalidCustomAppError} when the PIM would refuse it
   */
  register(registration: AppRegistration): CustomApp {
    const app = {
      ...registration,
      clientId: registration.clientId ?? randomUUID(),
      clientSecret: registration.clientSecret ?? this.#generateSecret(),
    };
    const violations = [...customAppViolations(app), ...this.#collisions(app.clientId)];
    if (violations.length > 0) throw new InvalidCustomAppError(violations);
    this.#apps.set(app.clientId, app);
    return app;
  }

  /** The App of a client id; `undefined` when there is none. */
  find(clientId: string): CustomApp | undefined {
    return this.#apps.get(clientId);
  }

  /**
   * Changes what a person has entered. Credentials and tokens stay.
   *
   * @returns the App; `undefined` when there is none
   * @throws {InvalidCustomAppError} when the PIM would refuse it
   */
  update(clientId: string, form: CustomAppForm): CustomApp | undefined {
    const app = this.#apps.get(clientId);
    if (!app) return undefined;
    const violations = customAppViolations(form);
    if (violations.length > 0) throw new InvalidCustomAppError(violations);
    const { clientSecret } = app;
    const updated = { ...form, clientId, clientSecret };
    this.#apps.set(clientId, updated);
    return updated;
  }

  /** All Apps, in the order of their registration. */
  all(): CustomApp[] {
    return [...this.#apps.values()];
  }

  /**
   * Gives the App a new secret. Only later code challenges need it: tokens stay valid.
   *
   * @returns the new secret; `undefined` when there is no such App
   */
  async regenerateSecret(clientId: string): Promise<string | undefined> {
    const app = this.#apps.get(clientId);
    if (!app) return undefined;
    const clientSecret = this.#generateSecret();
    this.#apps.set(clientId, { ...app, clientSecret });
    await this.#onSecretRegenerated(clientId, clientSecret);
    return clientSecret;
  }

  /** Removes the App. */
  delete(clientId: string): void {
    this.#apps.delete(clientId);
  }

  #collisions(clientId: string): { propertyPath: string; message: string }[] {
    const taken = this.#apps.has(clientId)
      ? [{ propertyPath: 'clientId', message: 'this client id is registered already' }]
      : [];
    const full =
      this.#apps.size >= MAXIMUM_APPS
        ? [{ propertyPath: '', message: `at most ${MAXIMUM_APPS} custom apps` }]
        : [];
    return [...taken, ...full];
  }
}

/**
 * Every rule of the PIM that a custom App breaks: a name has 3 to 255 characters, each URL is http or
 * https and has at most 255. Loopback hosts, ports and IP addresses are allowed.
 *
 * @see docs/pim-contract.md §7
 */
function customAppViolations(form: CustomAppForm): Violation[] {
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

/** A label of letters and digits of any language, a whole host of such labels, or an IP address; then any port. */
const HOST = String.raw`(?:[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)*\.?|\[[0-9a-f:.]+\])(?::\d+)?`;

/** What may stand behind the host. Quotes, angle brackets, spaces and a `%` without two digits may not. */
const PATH_CHARACTER = String.raw`[\p{L}\p{N}\-._~!$&'()*+,;=:@/]|%[0-9a-f]{2}`;

const HTTP_URL = new RegExp(
  String.raw`^https?://(?:[\p{L}\p{N}._-]+(?::[\p{L}\p{N}._-]+)?@)?${HOST}` +
    String.raw`(?:/(?:${PATH_CHARACTER})*)?(?:\?(?:${PATH_CHARACTER}|[?[\]])*)?(?:#(?:${PATH_CHARACTER}|\?)*)?$`,
  'iu',
);

/** By the PIM's own pattern, not by a parser: it takes port 99999, and refuses `x..example`. */
function isHttpUrl(text: string): boolean {
  return HTTP_URL.test(text);
}
