/**
 * The Flows table: the attempts to connect that are under way, and for a day the finished ones. This is the one place
 * that knows a row. It holds hashes of the `state` and of the browser's cookie, never either of them.
 */
import { type ConsumedFlow, type Flow, parseFlowId } from '../activation/flow.ts';
import type { StoredFlow } from '../activation/ports.ts';
import { isMalformed, type Malformed, malformed } from '../pim/malformed.ts';
import { PimUrl, type PimUrlPolicy } from '../pim/pim-url.ts';
import {
  type AttributeName,
  EPOCH_SECONDS,
  type Item,
  ignorable,
  NUMBER,
  oneOf,
  optional,
  type Row,
  readRow,
  SCOPES,
  type StoredRow,
  type Table,
  TEXT,
  TIME,
  text,
  toItem,
} from './row.ts';

/** What a flow can be: waiting for its callback, or used by one. */
export const FLOW_STATUSES = ['pending', 'consumed'] as const;

/** The table, by its attributes. What each of them means is in {@link FLOW_MEANINGS}. */
export const FLOWS = {
  name: 'Flows',
  partitionKey: 'stateHash',
  timeToLive: 'expiresAt',
  attributes: {
    stateHash: TEXT,
    status: oneOf(FLOW_STATUSES),
    pim: TEXT,
    clientId: TEXT,
    scopes: SCOPES,
    callbackId: optional(TEXT),
    appUrl: ignorable(TEXT),
    loginUrl: ignorable(TEXT),
    redirectUrl: ignorable(TEXT),
    tenantId: ignorable(TEXT),
    browserHash: TEXT,
    attempt: NUMBER,
    startedAt: TIME,
    consumedAt: optional(TIME),
    consumedBy: optional(TEXT),
    shownBy: ignorable(TEXT),
    expiresAt: EPOCH_SECONDS,
  },
} as const satisfies Table & { readonly timeToLive: string };

/** The name of an attribute of a flow. */
export type FlowAttribute = AttributeName<typeof FLOWS>;

/** Some attributes of a flow. */
export type FlowRow<Name extends FlowAttribute> = Row<typeof FLOWS, Name>;

/** For `docs/`, which is made from it. Apart from the attributes, so that no bundle carries these texts. */
export const FLOW_MEANINGS: Readonly<Record<FlowAttribute, string>> = {
  stateHash: 'SHA-256 of the `state`',
  status: '`pending`, or `consumed` by a callback',
  pim: 'the PIM’s address; the code is sent there and nowhere else',
  clientId: 'the App’s client id in that PIM',
  scopes: 'what was asked for',
  callbackId: 'the last part of the callback URL that may use the flow; absent for the plain URL',
  appUrl: 'where the user goes afterwards; absent for the page of this service',
  loginUrl: 'where the user goes instead, for the App to log them in',
  redirectUrl: 'where the App gets the code of a login; there if `loginUrl` is',
  tenantId: 'stands for the PIM in logins; there if `loginUrl` is',
  browserHash: 'SHA-256 of the browser’s cookie',
  attempt: '1, or 2 after the silent restart',
  startedAt: 'when the activation URL was opened',
  consumedAt: 'when a callback consumed it',
  consumedBy: 'the call that consumed it, which knows its own success by it',
  shownBy: 'the call that showed the page at its end first; absent until then',
  expiresAt: 'epoch seconds until which it counts; the TTL attribute',
};

/** The key of a row. */
export function flowKey(stateHash: string): Item {
  return { stateHash: text(stateHash) };
}

/** The row of a new flow. */
export function flowToItem(flow: Flow): Item {
  const { id, pim, ...rest } = flow;
  return toItem(FLOWS, { ...rest, stateHash: id, pim: pim.toString(), status: 'pending' });
}

const READ = [
  'stateHash',
  'status',
  'pim',
  'clientId',
  'scopes',
  'callbackId',
  'appUrl',
  'loginUrl',
  'redirectUrl',
  'tenantId',
  'browserHash',
  'attempt',
  'startedAt',
  'consumedAt',
  'shownBy',
  'expiresAt',
] as const satisfies readonly FlowAttribute[];

/**
 * Reads a row. The PIM's address is checked again under today's policy, because the code and the challenge are about
 * to be sent there.
 */
export function readFlow(row: StoredRow, policy: PimUrlPolicy): StoredFlow | Malformed {
  const read = readRow(FLOWS, row, READ);
  if (isMalformed(read)) return read;
  const { stateHash, status, consumedAt, shownBy, ...rest } = read;
  const [id, pim] = [parseFlowId(stateHash), PimUrl.parse(read.pim, policy)];
  if (isMalformed(id)) return malformed('A row of Flows has no usable "stateHash".');
  if (isMalformed(pim)) return malformed('A row of Flows has no usable "pim".');
  const flow: Flow = { ...rest, id, pim };
  if (status === 'pending') return { status, flow };
  if (consumedAt === undefined) return malformed('A row of Flows has no usable "consumedAt".');
  const wasShown = shownBy !== undefined;
  return { status, flow: { ...flow, consumedAt, wasShown } satisfies ConsumedFlow };
}
