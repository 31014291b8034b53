import { isMalformed } from '../pim/malformed.ts';
import { missingScopes, type ScopeSet } from '../pim/scopes.ts';
import { type BrowserKey, type ConsumedFlow, parseFlowId } from './flow.ts';
import type { Confirmed, ConnectionStore, FlowStore } from './ports.ts';
import { contextOf, type Refused, refused, type Shown } from './result.ts';

/** What the page of a connection is drawn from. */
export interface ShowDeps {
  readonly flows: Pick<FlowStore, 'find' | 'show'>;
  readonly connections: Pick<ConnectionStore, 'confirm'>;
}

/**
 * The success page, at an address without code and state. It is drawn from what is stored, so a made-up
 * address shows nothing, and it can be reloaded.
 *
 * @throws {ServiceError} when the tables cannot be reached.
 */
export async function showFinishedFlow(
  rawFlowId: string,
  browserKeys: readonly BrowserKey[],
  deps: ShowDeps,
): Promise<Shown | Refused> {
  const id = parseFlowId(rawFlowId);
  if (isMalformed(id)) return refused('state_malformed');
  if (browserKeys.length === 0) return refused('browser_cookie_missing');
  const stored = await deps.flows.find(id);
  if (!stored) return refused('state_unknown');
  if (!browserKeys.some((key) => key.hash() === stored.flow.browserHash))
    return refused('browser_mismatch');
  if (stored.status === 'pending') return refused('state_unknown');
  const { flow } = stored;
  const confirmed = await deps.connections.confirm(flow, flow.consumedAt);
  if (!confirmed) return refused('flow_already_used', contextOf(flow));
  return (await deps.flows.show(id)) ? arrived(flow, confirmed) : shownBefore(flow);
}

/** A callback that came again, to a consumed flow of this very browser. */
export async function showAgain(
  flow: ConsumedFlow,
  { connections }: Pick<ShowDeps, 'connections'>,
): Promise<Shown | Refused> {
  const confirmed = await connections.confirm(flow, flow.consumedAt);
  if (!confirmed) return refused('flow_already_used', contextOf(flow));
  return flow.wasShown ? shownBefore(flow) : arrived(flow, confirmed, 'already_connected');
}

/** The PIM has just answered, so what is stored is true. */
function arrived(
  flow: ConsumedFlow,
  { grantedScopes, firstConnectedAt }: Confirmed,
  code?: Shown['code'],
): Shown {
  const isFirst = firstConnectedAt >= flow.startedAt;
  const missing = missingScopes(flow.scopes, grantedScopes);
  const usual = code ?? (isFirst ? 'connection_shown' : 'opened_again');
  return {
    ...shown(missing.length > 0 ? 'rights_missing' : usual, flow, missing),
    ...(isFirst && { mayManageApps: true }),
  };
}

/**
 * The page is looked at once more, maybe much later. A PIM tells no App that it was disconnected, so what was true then
 * may be wrong by now, and is not said again.
 */
function shownBefore(flow: ConsumedFlow): Shown {
  return shown('shown_before', flow);
}

function shown(code: Shown['code'], flow: ConsumedFlow, missing?: ScopeSet): Shown {
  return {
    kind: 'shown',
    code,
    ...(flow.appUrl !== undefined && { appUrl: flow.appUrl }),
    context: { ...contextOf(flow), ...(missing && { missingScopes: missing }) },
  };
}
