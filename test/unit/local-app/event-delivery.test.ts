import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { parseScope } from '../../../functions/pim/scopes.ts';
import type { ShownEvent } from '../../../local/connection-events.ts';
import {
  eventDelivery,
  keepUndelivered,
  undeliveredEvents,
} from '../../../local/event-delivery.ts';
import { freePort, httpServer } from '../../support/http-server.ts';

const NONE = parseScope('');
const AT = '2030-01-01T00:00:00Z';

const event = (pim: string): ShownEvent => ({
  source: 'akeneo-app-activation',
  'detail-type': 'App Connected',
  detail: {
    id: 'change:App Connected',
    sequence: '1.0',
    pim,
    clientId: 'client',
    grantedScopes: NONE,
    requestedScopes: NONE,
    missingScopes: NONE,
    at: AT,
  },
});

/** As EventBridge hands it to a target. */
const delivered = (pim: string) => ({
  version: '0',
  id: expect.stringMatching(/^[\da-f-]{36}$/),
  'detail-type': 'App Connected',
  source: 'akeneo-app-activation',
  account: '000000000000',
  time: AT,
  region: 'eu-west-1',
  resources: [],
  detail: expect.objectContaining({ pim, clientId: 'client' }),
});

/** A delivery that ends with the test. */
function deliveryTo(target: string, waiting: readonly string[] = []) {
  const tell = vi.fn<(problem: string) => void>();
  const delivery = eventDelivery(target, { tell, waiting, firstPauseMs: 1 });
  onTestFinished(() => void delivery.close());
  return { ...delivery, deliver: delivery.deliver, close: () => delivery.close(), tell };
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'events-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

const pimsIn = (lines: readonly string[]): unknown[] =>
  lines.map((line) => (JSON.parse(line) as { detail: { pim: string } }).detail.pim);

const [ONE, TWO] = ['https://one.example', 'https://two.example'];

describe('the events of the local run', () => {
  it('go to a file, one line each, after those that were left', async () => {
    const file = join(newFolder(), 'events.jsonl');
    const { deliver, close } = deliveryTo(file, ['{"left":true}']);
    for (const pim of [ONE, TWO]) deliver(event(pim));
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { left: true },
      delivered(ONE),
      delivered(TWO),
    ]);
    expect(await close()).toEqual([]);
  });

  // The first event ended the watching of the table, without a word.
  it('need a file that can be written', () => {
    const file = join(newFolder(), 'absent', 'events.jsonl');
    const problem = `${file} takes no events (ENOENT). Give --events a file in a folder that exists`;
    expect(() => deliveryTo(file)).toThrow(problem);
  });

  it.each([401, 429, 500, 503])('go to a listener in order, again after a %d', async (status) => {
    const { url, received } = await httpServer((response, _request, index) =>
      response.writeHead(index < 7 ? status : 204).end(),
    );
    const { deliver, tell } = deliveryTo(`${url}/events`);
    for (const pim of [ONE, TWO]) deliver(event(pim));
    await vi.waitFor(() => expect(received).toHaveLength(9));
    const bodies = received.map(({ path, body }) => [path, JSON.parse(body)]);
    expect(bodies.slice(6)).toEqual([
      ['/events', delivered(ONE)],
      ['/events', delivered(ONE)],
      ['/events', delivered(TWO)],
    ]);
    expect(new Set(received.slice(0, 8).map(({ body }) => body)).size).toBe(1);
    expect(tell.mock.calls).toEqual([
      [`warning: ${url}/events answered ${status}. Events wait until it takes them.`],
    ]);
  });

  it('wait for a listener that starts later', async () => {
    const port = await freePort();
    const { deliver, tell } = deliveryTo(`http://127.0.0.1:${port}`);
    deliver(event(ONE));
    await vi.waitFor(() => expect(tell).toHaveBeenCalledOnce());
    const take = vi.fn<() => void>();
    const server = createServer((_request, response) => response.end(take));
    onTestFinished(() => void server.close());
    server.listen(port, '127.0.0.1');
    await vi.waitFor(() => expect(take).toHaveBeenCalledOnce());
  });

  it.each([302, 400, 404])(
    'are dropped, and told of, when the listener answers %d',
    async (status) => {
      const { url, received } = await httpServer((response) =>
        response.writeHead(status, { location: '/' }).end(),
      );
      const { deliver, close, tell } = deliveryTo(url);
      deliver(event(ONE));
      await vi.waitFor(() => expect(tell).toHaveBeenCalledOnce());
      expect(tell).toHaveBeenCalledWith(`warning: ${url} refused an event: it answered ${status}.`);
      expect(received).toHaveLength(1);
      expect(await close()).toEqual([]);
    },
  );

  it('are left when the local run ends before they are taken, and delivered by the next one', async () => {
    const folder = newFolder();
    const silent = await httpServer(() => {});
    const first = deliveryTo(silent.url);
    for (const pim of [ONE, TWO]) first.deliver(event(pim));
    const left = await first.close();
    expect(pimsIn(left)).toEqual([ONE, TWO]);
    const file = join(folder, 'undelivered-events.jsonl');
    expect(keepUndelivered(folder, left)).toBe(
      `Not delivered: 2 events. ${file} keeps what is left for the next start with --events.`,
    );
    expect(keepUndelivered(undefined, left)).toContain('Not delivered: 2 events. With --data,');

    const { url, received } = await httpServer((response) => response.end());
    const second = deliveryTo(url, undeliveredEvents(folder));
    await vi.waitFor(() => expect(received).toHaveLength(2));
    expect(received.map(({ body }) => body)).toEqual(left);
    await vi.waitFor(async () => expect(await second.close()).toEqual([]));
    expect(keepUndelivered(folder, await second.close())).toBeUndefined();
    expect(undeliveredEvents(folder)).toEqual([]);
  });
});
