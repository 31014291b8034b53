import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { parseScope } from '../../../functions/pim/scopes.ts';
import type { ShownEvent } from '../../../local/connection-events.ts';
import { eventDelivery } from '../../../local/event-delivery.ts';
import { httpServer } from '../../support/http-server.ts';

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

describe('the events of the local run', () => {
  it('go to a file, one line each', () => {
    const folder = mkdtempSync(join(tmpdir(), 'events-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'events.jsonl');
    const deliver = eventDelivery(file, () => {});
    for (const pim of ['https://one.example', 'https://two.example']) deliver(event(pim));
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      delivered('https://one.example'),
      delivered('https://two.example'),
    ]);
  });

  it('go to a listener in order, again when it fails', async () => {
    const { url, received } = await httpServer((response, _request, index) =>
      response.writeHead(index === 0 ? 503 : 204).end(),
    );
    const complain = vi.fn<(problem: string) => void>();
    const deliver = eventDelivery(`${url}/events`, complain, [1]);
    for (const pim of ['https://one.example', 'https://two.example']) deliver(event(pim));
    await vi.waitFor(() => expect(received).toHaveLength(3));
    expect(received.map(({ path, body }) => [path, JSON.parse(body)])).toEqual([
      ['/events', delivered('https://one.example')],
      ['/events', delivered('https://one.example')],
      ['/events', delivered('https://two.example')],
    ]);
    expect(complain).not.toHaveBeenCalled();
  });

  it('are told of when the listener takes none', async () => {
    const { url } = await httpServer((response) => response.writeHead(500).end());
    const complain = vi.fn<(problem: string) => void>();
    eventDelivery(url, complain, [1])(event('https://one.example'));
    await vi.waitFor(() => expect(complain).toHaveBeenCalledOnce());
    expect(complain).toHaveBeenCalledWith(
      `warning: ${url} took no "App Connected": it answered 500.`,
    );
  });
});
