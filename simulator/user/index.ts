/** A browser without a window, and a PIM user who uses it. */
export type { AuthorizeStep } from './authorize-step.ts';
export { BrowserSession, type RequestHeaders, TooManyRedirectsError } from './browser-session.ts';
export type { Cookie } from './cookie.ts';
export { CookieJar } from './cookie-jar.ts';
export type { Hop, Page } from './page.ts';
export { PimRefusalError } from './pim-pages.ts';
export { PimUser, UnexpectedPageError } from './pim-user.ts';
