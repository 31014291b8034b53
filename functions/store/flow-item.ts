import type { ConsumedFlow, Flow } from '../activation/flow.ts';
import { parseFlowId } from '../activation/keys.ts';
import type { StoredFlow } from '../activation/ports.ts';
import { PimUrl, type PimUrlPolicy } from '../pim/pim-url.ts';
import { formatScope, parseScope } from '../pim/scopes.ts';
import { type Item, ItemReader, item, number, optionalText, seconds, text, time } from './item.ts';

/** The row of a new flow: hashes, never the state or the cookie themselves. */
export function flowToItem(flow: Flow): Item {
  return item({
    stateHash: text(flow.id),
    status: text('pending'),
    pim: text(flow.pim.toString()),
    clientId: text(flow.clientId),
    scopes: text(formatScope(flow.scopes)),
    appUrl: optionalText(flow.appUrl),
    browserHash: text(flow.browserHash),
    attempt: number(flow.attempt),
    startedAt: time(flow.startedAt),
    expiresAt: seconds(flow.expiresAt),
  });
}

/**
 * Reads a row back. The PIM's address is checked again under today's policy, because the code and the
 * challenge are about to be sent there.
 */
export function flowFromItem(row: Item, policy: PimUrlPolicy): StoredFlow {
  const reader = new ItemReader('Flows', row);
  const appUrl = reader.optionalText('appUrl');
  const flow: Flow = {
    id: parseFlowId(reader.text('stateHash')) ?? fail('stateHash'),
    pim: readPim(reader, policy),
    clientId: reader.text('clientId'),
    scopes: parseScope(reader.text('scopes')),
    browserHash: reader.text('browserHash'),
    attempt: reader.number('attempt'),
    startedAt: reader.time('startedAt'),
    expiresAt: reader.number('expiresAt') * 1000,
    ...(appUrl !== undefined && { appUrl }),
  };
  return reader.text('status') === 'pending'
    ? { status: 'pending', flow }
    : { status: 'consumed', flow: consumed(flow, reader) };
}

function consumed(flow: Flow, reader: ItemReader): ConsumedFlow {
  return { ...flow, consumedAt: reader.time('consumedAt') };
}

function readPim(reader: ItemReader, policy: PimUrlPolicy): PimUrl {
  const parsed = PimUrl.parse(reader.text('pim'), policy);
  return parsed.ok ? parsed.pim : fail('pim');
}

function fail(name: string): never {
  throw new TypeError(`A row of Flows has no usable "${name}".`);
}
