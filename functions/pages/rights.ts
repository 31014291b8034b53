import { isKnownScope, KNOWN_SCOPES } from '../pim/scope-catalogue.ts';
import type { ScopeSet } from '../pim/scopes.ts';
import { type Html, html } from './html.ts';
import type { Texts } from './language.ts';

/** Why a right is missing: the PIM has no such right, this user may not grant it, or one of both. */
type Cause = 'noneInPim' | 'notYours' | 'notGranted';

const IN_EVERY_PIM: ReadonlySet<string> = new Set(KNOWN_SCOPES['every edition']);
const OF_USERS: ReadonlySet<string> = new Set(KNOWN_SCOPES['authentication of PIM users']);

/**
 * A PIM drops the scopes that it does not know, and those that this user may not grant, and tells of neither. A user who
 * may manage Apps grants all that there are; every PIM has the scopes of the core.
 *
 * @see docs/pim-contract.md §3.1, §3.3 and §3.4
 */
function causeOf(scope: string, mayManageApps: boolean): Cause {
  if (OF_USERS.has(scope)) return 'notGranted';
  if (mayManageApps || !isKnownScope(scope)) return 'noneInPim';
  return IN_EVERY_PIM.has(scope) ? 'notYours' : 'notGranted';
}

/** What is missing, in plain words, and why. */
export function missingRights(missing: ScopeSet, mayManageApps: boolean, texts: Texts): Html {
  const causes = ['notYours', 'noneInPim', 'notGranted'] as const;
  const groups = causes.map((cause) => {
    const scopes = missing.filter((scope) => causeOf(scope, mayManageApps) === cause);
    return scopes.length > 0 ? group(cause, scopes, texts) : html``;
  });
  return html`${groups}`;
}

function group(cause: Cause, scopes: readonly string[], { heading, right, next }: Texts): Html {
  const words: Readonly<Record<string, string>> = right;
  const items = scopes.map((scope) => {
    const word = words[scope];
    return word === undefined ? html`<li><code>${scope}</code></li>` : html`<li>${word}</li>`;
  });
  return html`<h2>${heading[cause]}</h2>
<ul>${items}</ul>
<p>${next[cause]}</p>
`;
}
