import type { Branding } from '../functions/pages/branding.ts';
import { parseUrl } from '../functions/pim/parse-url.ts';
import { isLoopback } from '../functions/pim/pim-url.ts';
import { accentColorProblem, accentOf } from './accent-color.ts';
import { logoDataUri, logoProblem } from './logo.ts';

/** What the pages say of the App, as its people name it; nothing of it has to be there. */
export interface AppProps {
  /** At most 70 characters, as in the App Store. @default - the pages say “the App” */
  readonly name?: string;
  /** An SVG or PNG file of at most 32 KB, which only draws. @default - no logo */
  readonly logo?: string;
  /** As `#rrggbb`; white text on it has to be readable. @default - a neutral violet */
  readonly accentColor?: string;
  /** A page of your support; what happened is added to its query. Not together with `supportEmail`. @default - none */
  readonly supportUrl?: string;
  /** Your support's address for e-mail. @default - none */
  readonly supportEmail?: string;
  /** What the App does and how it is used. @default - none */
  readonly documentationUrl?: string;
  /** What the App does with data. @default - none */
  readonly privacyUrl?: string;
  /**
   * A page of the App that users of listed PIMs are sent to when an attempt to connect fails, with `error`, `request_id`
   * and `pim_url` in the query.
   *
   * @default - a page of this service says what happened
   */
  readonly failureUrl?: string;
}

/** Why a value is refused, and what to do. */
export interface Refusal {
  /** Goes on after the name of the value. */
  readonly why: string;
  readonly fix: string;
}

/** What a developer's machine allows in addition. */
export interface AppPolicy {
  /** Whether addresses may be `http` on a loopback host. */
  readonly allowHttpOnLoopback: boolean;
}

type Check = (value: string, policy: AppPolicy) => Refusal | undefined;

/** What each value is checked for. */
const CHECKS: Readonly<Record<keyof AppProps, Check>> = {
  name: nameProblem,
  logo: logoProblem,
  accentColor: accentColorProblem,
  supportUrl: urlProblem,
  supportEmail: emailProblem,
  documentationUrl: urlProblem,
  privacyUrl: urlProblem,
  failureUrl: urlProblem,
};

/** The names of all values. */
export const APP_NAMES = Object.keys(CHECKS) as readonly (keyof AppProps)[];

/** What is wrong with a value. */
export function appProblem(
  name: keyof AppProps,
  value: unknown,
  policy: AppPolicy = { allowHttpOnLoopback: false },
): Refusal | undefined {
  if (typeof value !== 'string') return { why: 'is no text', fix: 'Write it in quotes.' };
  return CHECKS[name](value, policy);
}

/** What the pages are given of checked values. */
export function brandingOf({ logo, accentColor, ...texts }: AppProps): Branding {
  return {
    ...texts,
    ...(logo !== undefined && { logo: logoDataUri(logo) }),
    ...(accentColor !== undefined && { accent: accentOf(accentColor) }),
  };
}

/** As long as in the App Store. @see {@link https://api.akeneo.com/app-portal/manage-app-information.html App information} */
const MAX_NAME_LENGTH = 70;

/**
 * What nobody sees: control and format characters, such as the marks that turn the direction of what follows, lone
 * surrogates and unassigned ones, line separators, and letters that are blank. Joiners and tags are part of some scripts
 * and emoji. Letters that are written from right to left need no mark: the pages isolate the name.
 */
const UNFIT_IN_NAME =
  /(?!\u{200C}|\u{200D}|[\u{E0020}-\u{E007F}])[\p{Cc}\p{Cf}\p{Cs}\p{Cn}\p{Co}\p{Zl}\p{Zp}\u{115F}\u{1160}\u{2800}\u{3164}\u{FFA0}]/u;

function nameProblem(name: string): Refusal | undefined {
  const length = Array.from(name).length;
  if (name.trim() !== name || length === 0 || length > MAX_NAME_LENGTH)
    return {
      why: `is empty, begins or ends with a blank, or has more than ${MAX_NAME_LENGTH} characters`,
      fix: 'Write the name that PIM users know.',
    };
  if (UNFIT_IN_NAME.test(name) || !/[\p{L}\p{N}\p{S}]/u.test(name))
    return {
      why: 'has no letter, or a character that is invisible or turns the direction of text',
      fix: 'Type the name anew; a name that is written from right to left needs no mark.',
    };
  return undefined;
}

const MAX_URL_LENGTH = 2048;

/** What an address is written without. Browsers take some of it, and `https:a` for a path of the page that it is on. */
const ADDRESS = /^https?:\/\/[^\s\p{Cc}\p{Cf}<>"{}\\]+$/iu;

function urlProblem(text: string, { allowHttpOnLoopback }: AppPolicy): Refusal | undefined {
  const url = parseUrl(text);
  const isSecure = url?.protocol === 'https:';
  const isLocal = url?.protocol === 'http:' && isLoopback(url.hostname) && allowHttpOnLoopback;
  const isPlain = url?.username === '' && url.password === '' && text.length <= MAX_URL_LENGTH;
  if ((isSecure || isLocal) && isPlain && ADDRESS.test(text)) return undefined;
  return {
    why: 'is no absolute https address, holds a password, or is longer than 2,048 characters',
    fix: 'Write such as https://app.example.com/help.',
  };
}

/**
 * One address. What browsers take, with a dot in the domain.
 *
 * @see {@link https://html.spec.whatwg.org/multipage/input.html#valid-e-mail-address A valid e-mail address}
 */
const EMAIL =
  /^[\w.!#$%&'*+/=?^`{|}~-]+@[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?)+$/i;

function emailProblem(address: string): Refusal | undefined {
  if (EMAIL.test(address) && address.length <= 254) return undefined;
  return { why: 'is no e-mail address', fix: 'Write one address, such as support@example.com.' };
}
