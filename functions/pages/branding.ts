import { BRANDING, readBeside } from '../environment.ts';

/** What the pages show of the App. The stack writes it beside the bundle; nothing of it has to be there. */
export interface Branding {
  readonly name?: string;
  /** A data URI: the pages load nothing. */
  readonly logo?: string;
  /** As `#rrggbb`, for the light and for the dark scheme; each reaches {@link LEAST_CONTRAST} on its card. */
  readonly accent?: Readonly<Record<Scheme, string>>;
  readonly supportUrl?: string;
  readonly supportEmail?: string;
  readonly documentationUrl?: string;
  readonly privacyUrl?: string;
  /** Where the users of listed PIMs go in place of a failure page. */
  readonly failureUrl?: string;
}

/** What the stack wrote; nothing without the variable. No redirect reads it. */
export function readBranding(env: NodeJS.ProcessEnv): Branding {
  const text = readBeside(env, BRANDING);
  // The stack has checked what it wrote.
  return text === undefined ? {} : (JSON.parse(text) as Branding);
}

/** The colour scheme that a browser prefers. */
export type Scheme = 'light' | 'dark';

/** What text stands on, by scheme. */
export const CARD: Readonly<Record<Scheme, string>> = { light: '#ffffff', dark: '#23212d' };

/**
 * Of text to what it stands on.
 *
 * @see {@link https://www.w3.org/TR/WCAG22/#contrast-minimum WCAG 2.2, contrast (minimum)}
 */
export const LEAST_CONTRAST = 4.5;
