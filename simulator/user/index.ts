/** A browser without a window, and a PIM user who uses it. */
export {
  BrowserSession,
  type Hop,
  type Page,
  type RequestHeaders,
  TooManyRedirectsError,
} from './browser-session.ts';
export { PimRefusalError } from './pim-pages.ts';
export { type AuthorizeStep, PimUser, UnexpectedPageError } from './pim-user.ts';
