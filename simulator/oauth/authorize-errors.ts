import { type Answer, redirect } from '../http/answer.ts';
import { buildQuery } from '../http/build-query.ts';
import { parameter } from '../http/pim-request.ts';
import type { Pim } from '../pim.ts';

const APPS = 'akeneo_connectivity.connection.connect.apps';

/** The translation key of an App that the PIM does not know. */
export const APP_NOT_FOUND = `${APPS}.error.app_not_found`;
/** The translation key of a confirmation without an authorize request before it. */
export const NO_ONGOING_AUTHORIZATION = `${APPS}.constraint.client_id.must_have_ongoing_authorization`;

const MAXIMUM_SCOPE_LENGTH = 1000;

/**
 * The first thing wrong with an authorize request, as a translation key; `undefined` when nothing
 * is. `redirect_uri` and everything else of OAuth's is not even read.
 *
 * @see docs/pim-contract.md §2.1
 */
export function authorizeError(pim: Pim, query: URLSearchParams): string | undefined {
  const responseType = parameter(query, 'response_type') ?? '';
  const scope = parameter(query, 'scope') ?? '';
  if (!pim.customApps.find(parameter(query, 'client_id') ?? '')) return APP_NOT_FOUND;
  if (responseType === '') return `${APPS}.constraint.response_type.not_blank`;
  if (responseType !== 'code') return `${APPS}.constraint.response_type.must_be_code`;
  if (scope.length > MAXIMUM_SCOPE_LENGTH) return `${APPS}.constraint.scope.too_long`;
  return undefined;
}

/**
 * Shows an error inside the PIM: the App is not told.
 *
 * @see docs/pim-contract.md §2.2
 */
export function showAuthorizeError(pim: Pim, error: string): Answer {
  return redirect(`${pim.path}/#/connect/apps/authorize?${buildQuery({ error })}`);
}
