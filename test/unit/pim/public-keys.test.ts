import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { PublicKeys } from '../../../functions/pim/public-keys.ts';
import { selfSignedCertificate } from '../../../simulator/openid.ts';
import { closedPort, httpServer } from '../../support/http-server.ts';
import { twoKeyPairs } from '../../support/id-tokens.ts';
import { pimUrl } from '../../support/pim-url.ts';

const [keys] = await twoKeyPairs();
const certificate = await selfSignedCertificate(keys, new Date());
const HOUR = 3_600_000;

function send(response: ServerResponse, body: string | Buffer, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(body);
}

const keyAnswer = (pem: unknown) => JSON.stringify({ public_key: pem });

/** A PIM that always answers in this way. */
async function answering(answer: (response: ServerResponse) => void) {
  const { url, received } = await httpServer((response) => answer(response));
  const known = new PublicKeys();
  const find = (options: { now?: number; fresh?: boolean } = {}) =>
    known.find(pimUrl(url), 300, { now: 0, ...options });
  return { find, received };
}

describe('the public key of a PIM', () => {
  it.each([
    ['a certificate', certificate],
    ['a bare key', keys.publicKey],
  ])('is read from %s', async (_what, pem) => {
    const { find, received } = await answering((response) => send(response, keyAnswer(pem)));
    const found = await find();
    expect(found).toMatchObject({ kind: 'key', isFresh: true });
    const isSame = 'key' in found && found.key.equals(createPublicKey(keys.publicKey));
    expect(isSame).toBe(true);
    expect(received.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /connect/apps/v1/openid/public-key',
    ]);
  });

  it('is asked for once an hour, or when it has to be fresh', async () => {
    const { find, received } = await answering((response) =>
      send(response, keyAnswer(certificate)),
    );
    await find();
    expect(await find({ now: HOUR - 1 })).toMatchObject({ isFresh: false });
    expect(received).toHaveLength(1);
    expect(await find({ now: HOUR })).toMatchObject({ isFresh: true });
    expect(await find({ now: HOUR + 1, fresh: true })).toMatchObject({ isFresh: true });
    expect(received).toHaveLength(3);
  });

  it('is asked for again after a failure', async () => {
    let isBroken = true;
    const { find } = await answering((response) =>
      isBroken ? send(response, '"No OpenId keys"', 500) : send(response, keyAnswer(certificate)),
    );
    expect(await find()).toEqual({ kind: 'no-key', status: 500 });
    isBroken = false;
    expect(await find()).toMatchObject({ kind: 'key' });
  });

  it('is read from a certificate whose time is over, as the PIM itself still sends it', async () => {
    const old = await selfSignedCertificate(keys, new Date('2020-01-01'));
    const { find } = await answering((response) => send(response, keyAnswer(old)));
    expect(await find()).toMatchObject({ kind: 'key' });
  });

  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey;
  const pss = generateKeyPairSync('rsa-pss', { modulusLength: 2048 }).publicKey;
  const weak = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey;
  const pemOf = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' });
  it.each([
    ['a page', '<html>Login</html>'],
    ['no key', '{}'],
    ['a key that is no text', keyAnswer({ a: 1 })],
    ['a key in no format', keyAnswer('-----BEGIN CERTIFICATE-----\nAAAA\n')],
    ['a key of another kind', keyAnswer(pemOf(ec))],
    ['a key for another algorithm of RSA', keyAnswer(pemOf(pss))],
    ['a key of less than 2048 bits', keyAnswer(pemOf(weak))],
    ['a key in gzip', gzipSync(keyAnswer(keys.publicKey))],
  ])('is not %s', async (_what, body) => {
    const { find } = await answering((response) => send(response, body));
    expect(await find()).toEqual({ kind: 'no-key', status: 200 });
  });

  it('is not read from more than 64 KiB', async () => {
    const { find } = await answering((response) =>
      send(response, keyAnswer(certificate) + ' '.repeat(64 * 1024)),
    );
    expect(await find()).toMatchObject({ kind: 'failed', failure: 'unexpected-answer' });
  });

  it('is not read from where the PIM redirects to', async () => {
    const { find } = await answering((response) =>
      response.writeHead(302, { location: 'https://evil.example/key' }).end(),
    );
    expect(await find()).toEqual({ kind: 'no-key', status: 302 });
  });

  it('is given up when the PIM does not answer in time, or is not there', async () => {
    const { find } = await answering(() => undefined);
    expect(await find()).toMatchObject({ kind: 'failed', failure: 'timeout' });
    const gone = new PublicKeys().find(pimUrl(await closedPort()), 300, { now: 0 });
    expect(await gone).toMatchObject({ kind: 'failed', failure: 'unreachable' });
  });
});
