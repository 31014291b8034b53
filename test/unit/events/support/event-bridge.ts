import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { EventBridgeBus } from '../../../../functions/events/publish.ts';
import { httpServer } from '../../../support/http-server.ts';

/** An entry of PutEvents, as it came over the wire. */
export interface Entry {
  readonly EventBusName: string;
  readonly Source: string;
  readonly DetailType: string;
  readonly Detail: string;
  readonly Time: number;
}

/** What becomes of an entry: an error code, or nothing when it is accepted. */
export type Judge = (entry: Entry, call: number) => string | undefined;

/** EventBridge behind real HTTP, until the test ends. */
export interface FakeEventBridge {
  readonly url: string;
  readonly bus: EventBridgeBus;
  /** The entries of each call, accepted or not. */
  readonly calls: readonly (readonly Entry[])[];
  /** The accepted ones, oldest first. */
  readonly accepted: readonly Entry[];
}

/**
 * @param judge accepts everything if absent.
 * @param isAnswered whether the call of that number gets its answer. Its entries are accepted all the same.
 */
export async function fakeEventBridge(
  judge: Judge = () => undefined,
  isAnswered: (call: number) => boolean = () => true,
): Promise<FakeEventBridge> {
  const calls: Entry[][] = [];
  const accepted: Entry[] = [];
  const { url } = await httpServer((response, { headers, body }) => {
    const entries = entriesIn(String(headers['x-amz-target']), body);
    const call = calls.push(entries) - 1;
    const codes = entries.map((entry) => judge(entry, call));
    accepted.push(...entries.filter((_, index) => codes[index] === undefined));
    if (!isAnswered(call)) return void response.destroy();
    response.setHeader('content-type', 'application/x-amz-json-1.1');
    response.end(JSON.stringify({ Entries: codes.map(entryAnswer) }));
  });
  return { url, bus: busAt(url), calls, accepted };
}

/** The default bus of the EventBridge at an address. */
export function busAt(endpoint: string): EventBridgeBus {
  const credentials = { accessKeyId: 'id', secretAccessKey: 'key' };
  const region = 'eu-west-1';
  const client = new EventBridgeClient({ endpoint, region, credentials, maxAttempts: 1 });
  return new EventBridgeBus(client, 'default');
}

function entriesIn(target: string, body: string): Entry[] {
  if (target !== 'AWSEvents.PutEvents') throw new Error(`EventBridge does not know ${target}.`);
  return (JSON.parse(body) as { Entries: Entry[] }).Entries;
}

function entryAnswer(code: string | undefined, index: number): object {
  return code === undefined ? { EventId: `id-${index}` } : { ErrorCode: code };
}
