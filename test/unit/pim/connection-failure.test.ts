import { describe, expect, it } from 'vitest';
import {
  CONNECTION_FAILURE_TEXTS,
  connectionFailureOf,
} from '../../../functions/pim/connection-failure.ts';
import { pimAgent } from '../../../functions/pim/pim-agent.ts';
import { send } from '../../../functions/pim/send.ts';
import { closedPort, httpServer, rawServer } from '../../support/http-server.ts';
import {
  httpsServer,
  privateAuthority,
  serverCertificate,
  untrustedServer,
} from '../../support/tls.ts';

const LONG = 20_000;
/** A label has at most 63 characters, so the resolver refuses this name without asking a name server. */
const UNKNOWN_HOST = `https://${'x'.repeat(64)}.example.com/`;

const get = (url: string, authorities?: string) =>
  send(new URL(url), { method: 'GET', headers: {} }, LONG, pimAgent({}, authorities));
const unreachable = (connectionFailure: string) => ({
  kind: 'failed',
  failure: 'unreachable',
  connectionFailure,
});

describe('a PIM that cannot be reached is told by the word', () => {
  it('name-not-found when its name does not exist', async () => {
    expect(await get(UNKNOWN_HOST)).toEqual(unreachable('name-not-found'));
  });

  it('connection-refused when nobody listens', async () => {
    expect(await get(await closedPort())).toEqual(unreachable('connection-refused'));
  });

  it('tls-protocol when it speaks no TLS', async () => {
    const { url } = await httpServer((response) => response.end());
    expect(await get(url.replace('http:', 'https:'))).toEqual(unreachable('tls-protocol'));
  });

  it('tls-protocol when it knows old versions of TLS only', async () => {
    const certificate = await serverCertificate();
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' } as const;
    const url = await httpsServer({ ...certificate, ...old });
    expect(await get(url)).toEqual(unreachable('tls-protocol'));
  });

  it('certificate-self-signed when nobody has signed its certificate', async () => {
    const url = await untrustedServer();
    expect(await get(url)).toEqual(unreachable('certificate-self-signed'));
  });

  it('certificate-unknown-issuer when its authority is a private one', async () => {
    const issuer = await privateAuthority();
    const { cert, key } = await serverCertificate({ issuer });
    const alone = await httpsServer({ cert, key });
    const withRoot = await httpsServer({ cert: cert + issuer.cert, key });
    expect(await get(alone)).toEqual(unreachable('certificate-unknown-issuer'));
    expect(await get(withRoot)).toEqual(unreachable('certificate-unknown-issuer'));
  });

  it('certificate-expired when its certificate is too old', async () => {
    const issuer = await privateAuthority();
    const notAfter = new Date('2021-01-01T00:00:00Z');
    const url = await httpsServer(await serverCertificate({ issuer, notAfter }));
    expect(await get(url, issuer.cert)).toEqual(unreachable('certificate-expired'));
  });

  it('certificate-wrong-host when its certificate is for another name', async () => {
    const issuer = await privateAuthority();
    const url = await httpsServer(await serverCertificate({ issuer, host: 'pim.example' }));
    expect(await get(url, issuer.cert)).toEqual(unreachable('certificate-wrong-host'));
  });

  // A firewall that drops packets looked like a slow PIM.
  it('connection-timed-out when no connection comes about, and not when only the answer is late', async () => {
    const ask = (url: string) => send(new URL(url), { method: 'GET', headers: {} }, 300);
    const silent = await rawServer(() => undefined);
    const certificate = await serverCertificate();
    const slow = await httpsServer(certificate, null);
    const late = send(
      new URL(slow),
      { method: 'GET', headers: {} },
      500,
      pimAgent({}, certificate.cert),
    );
    expect(await ask(silent.replace('http:', 'https:'))).toEqual({
      kind: 'failed',
      failure: 'timeout',
      connectionFailure: 'connection-timed-out',
    });
    expect(await ask(silent)).toEqual({ kind: 'failed', failure: 'timeout' });
    expect(await late).toEqual({ kind: 'failed', failure: 'timeout' });
  });

  it.each([
    ['EAI_AGAIN', 'name-lookup-failed'],
    ['EHOSTUNREACH', 'no-route'],
    ['ETIMEDOUT', 'connection-timed-out'],
    ['ERR_PROXY_TUNNEL', 'proxy-refused'],
    ['CERT_NOT_YET_VALID', 'certificate-expired'],
    ['CERT_REVOKED', 'certificate-invalid'],
    ['CRL_HAS_EXPIRED', 'certificate-invalid'],
    ['INVALID_PURPOSE', 'certificate-invalid'],
    ['EE_KEY_TOO_SMALL', 'certificate-invalid'],
    ['CA_MD_TOO_WEAK', 'certificate-invalid'],
    ['ERR_SSL_UNSUPPORTED_PROTOCOL', 'tls-protocol'],
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'tls-protocol'],
    ['HPE_INVALID_CONSTANT', 'other'],
    ['constructor', 'other'],
  ])('that stands for %s: %s', (code, word) => {
    expect(connectionFailureOf(Object.assign(new Error('quoted'), { code }))).toBe(word);
  });

  it.each([undefined, 'ENOTFOUND', { code: 'ENOTFOUND' }])(
    'other for %j, which is no error',
    (thrown) => {
      expect(connectionFailureOf(thrown)).toBe('other');
    },
  );

  it('of which each has its text as a sentence', () => {
    for (const { reason, next } of Object.values(CONNECTION_FAILURE_TEXTS)) {
      expect(reason).not.toMatch(/[.!]$/);
      expect(next).toMatch(/^[A-Z].*\.$/);
    }
  });
});

describe('a private authority', () => {
  it('is trusted in addition to the authorities that everybody trusts', async () => {
    const issuer = await privateAuthority();
    const url = await httpsServer(await serverCertificate({ issuer }));
    expect(await get(url, issuer.cert)).toMatchObject({ kind: 'answered', status: 200 });
    const others = await privateAuthority();
    expect(await get(url, others.cert + issuer.cert)).toMatchObject({ kind: 'answered' });
    expect(await get(url, others.cert)).toEqual(unreachable('certificate-unknown-issuer'));
  });

  it('may be the certificate of the PIM itself', async () => {
    const own = await serverCertificate();
    expect(await get(await httpsServer(own), own.cert)).toMatchObject({ kind: 'answered' });
  });

  it('changes nothing when there is none', () => {
    expect(pimAgent({ HTTPS_PROXY: 'http://proxy.example' })).toBeUndefined();
    expect(pimAgent({ NODE_USE_ENV_PROXY: '0' })).toBeUndefined();
  });
});
