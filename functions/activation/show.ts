import { isMalformed } from '../pim/malformed.ts';
import { missingScopes } from '../pim/scopes.ts';
import { type BrowserKey, type ConsumedFlow, parseFlowId } from './flow.ts';
import type { ConnectionStore, FlowStore } from './ports.ts';
import { contextOf, type Refused, refused, type Shown } from './result.ts';

/** What the page of a connection is drawn from. */
export interface ShowDeps {
  readonly flows: Pick<FlowStore, 'find'>;
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
  return showConnection(stored.flow, 'connection_shown', deps);
}

/** A consumed flow of this very browser: connected if the PIM's connection was opened since. */
export async function showConnection(
  flow: ConsumedFlow,
  code: Shown['code'],
  deps: Pick<ShowDeps, 'connections'>,
): Promise<Shown | Refused> {
  const granted = await deps.connections.confirm(flow, flow.consumedAt);
  if (!granted) return refused('flow_already_used', contextOf(flow));
  const context = { ...contextOf(flow), missingScopes: missingScopes(flow.scopes, granted) };
  return { kind: 'shown', code, context };
}
