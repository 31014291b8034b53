import { type Page, redirectTarget } from './page.ts';

/** What the PIM did with an authorize request. Exactly one member is there. */
export type AuthorizeStep =
  /** The wizard waits for a manager's "Confirm": the client id. */
  | { readonly wizard: string }
  /** The small modal about name and email waits for "Confirm": the client id. */
  | { readonly consent: string }
  /** Straight back to the App, with a code. */
  | { readonly callbackUrl: string }
  /** An error shown inside the PIM: its translation key. */
  | { readonly error: string }
  /** Nobody is logged in: the login page. */
  | { readonly login: string }
  /** The user may not do this: the status. */
  | { readonly refused: number };

/** A page of the PIM at which the user has to decide, or reads an error. */
type PendingStep = Extract<
  AuthorizeStep,
  { wizard: string } | { consent: string } | { error: string }
>;

/**
 * Reads the PIM's answer to an authorize request.
 *
 * @param pimUrl the PIM's URL, without a slash at its end
 */
export function authorizeStep(page: Page, pimUrl: string): AuthorizeStep {
  const target = redirectTarget(page);
  if (target === undefined) return { refused: page.status };
  if (target === `${pimUrl}/user/login`) return { login: target };
  return pendingStep(target, pimUrl) ?? { callbackUrl: target };
}

/**
 * The step that a page of the PIM's application stands for; `undefined` for any other page.
 *
 * @param url with its fragment, where the PIM has its own pages
 */
export function pendingStep(url: string, pimUrl: string): PendingStep | undefined {
  const start = `${pimUrl}/#/connect/apps/`;
  if (!url.startsWith(start)) return undefined;
  const [page, query] = url.slice(start.length).split('?');
  const parameters = new URLSearchParams(query);
  const error = parameters.get('error');
  const clientId = parameters.get('client_id');
  if (error !== null) return { error };
  if (clientId === null) return undefined;
  return page === 'authenticate' ? { consent: clientId } : { wizard: clientId };
}
