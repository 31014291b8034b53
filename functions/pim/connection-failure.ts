/**
 * Why no connection to a PIM could be made, or why it broke: the only words for it, in logs and at the command line. The
 * error itself, whose message may quote an address, goes nowhere.
 */
export type ConnectionFailure =
  | 'name-not-found'
  | 'name-lookup-failed'
  | 'connection-refused'
  | 'connection-reset'
  | 'connection-timed-out'
  | 'no-route'
  | 'proxy-refused'
  | 'certificate-self-signed'
  | 'certificate-unknown-issuer'
  | 'certificate-expired'
  | 'certificate-wrong-host'
  | 'certificate-invalid'
  | 'tls-protocol'
  | 'other';

const BY_CODE: ReadonlyMap<string, ConnectionFailure> = new Map<string, ConnectionFailure>([
  ['ENOTFOUND', 'name-not-found'],
  ['EAI_AGAIN', 'name-lookup-failed'],
  ['ECONNREFUSED', 'connection-refused'],
  ['ECONNRESET', 'connection-reset'],
  ['EPIPE', 'connection-reset'],
  ['ETIMEDOUT', 'connection-timed-out'],
  ['EHOSTUNREACH', 'no-route'],
  ['ENETUNREACH', 'no-route'],
  ['ERR_PROXY_TUNNEL', 'proxy-refused'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'certificate-self-signed'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'certificate-unknown-issuer'],
  ['UNABLE_TO_GET_ISSUER_CERT', 'certificate-unknown-issuer'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'certificate-unknown-issuer'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'certificate-unknown-issuer'],
  ['CERT_UNTRUSTED', 'certificate-unknown-issuer'],
  ['CERT_HAS_EXPIRED', 'certificate-expired'],
  ['CERT_NOT_YET_VALID', 'certificate-expired'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate-wrong-host'],
  ['HOSTNAME_MISMATCH', 'certificate-wrong-host'],
  ['EPROTO', 'tls-protocol'],
]);

/** What OpenSSL calls the other ways of refusing a certificate, among them revoked and signed with a weak key. */
const OF_CERTIFICATES =
  /CERT|^CRL_|^INVALID_(CA|PURPOSE)$|^PATH_LENGTH_EXCEEDED$|^(CA|EE)_[A-Z_]+_(SMALL|WEAK)$/;

/**
 * The word for an error of Node.
 *
 * @see {@link https://nodejs.org/api/errors.html#common-system-errors Common system errors}
 * @see {@link https://nodejs.org/api/tls.html#x509-certificate-error-codes X509 certificate error codes}
 */
export function connectionFailureOf(error: unknown): ConnectionFailure {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const known = BY_CODE.get(code);
  if (known) return known;
  if (code.startsWith('ERR_SSL_')) return 'tls-protocol';
  return OF_CERTIFICATES.test(code) ? 'certificate-invalid' : 'other';
}

/** Whether the failure cannot be over within seconds. */
export function isLasting(failure: ConnectionFailure): boolean {
  return (
    failure === 'name-not-found' || failure === 'tls-protocol' || failure.startsWith('certificate-')
  );
}

/** Whether the failure came before a request could have been sent. */
export function isBeforeRequest(failure: ConnectionFailure): boolean {
  return failure !== 'connection-reset' && failure !== 'other';
}

/** What an operator is told of a failure. */
export interface ConnectionFailureText {
  /** Completes the sentence "the PIM …". */
  readonly reason: string;
  /** What to do about it. */
  readonly next: string;
}

const OTHER_ISSUER =
  'If the PIM’s certificate comes from a private authority, deploy with that authority’s certificate: `-c pimCertificateAuthorities=<PEM file>`; for a command on this machine, set `NODE_EXTRA_CA_CERTS` to the file. Otherwise the PIM’s server has to send its intermediate certificates as well.';

/** For the runbook and the doctor. */
export const CONNECTION_FAILURE_TEXTS: Readonly<Record<ConnectionFailure, ConnectionFailureText>> =
  {
    'name-not-found': {
      reason: 'has a host name that does not resolve',
      next: 'Compare the address with the one in the browser of a PIM user. If it is right, the name is known in the PIM’s own network only: it has to be published in public DNS.',
    },
    'name-lookup-failed': {
      reason: 'has a host name that could not be resolved just now',
      next: 'Try again in a minute. If it stays, the name servers of the PIM’s domain do not answer.',
    },
    'connection-refused': {
      reason: 'refuses connections',
      next: 'Check that the PIM is up and that the port of its address is the right one.',
    },
    'connection-reset': {
      reason: 'closed the connection',
      next: 'Check the log of the PIM’s web server or of the proxy before it. A firewall that inspects traffic does this too.',
    },
    'connection-timed-out': {
      reason: 'does not answer connections',
      next: 'A firewall drops them, or the PIM is down. Let the firewall pass HTTPS from anywhere (a Lambda function has no fixed address), or send the requests through a proxy that it knows.',
    },
    'no-route': {
      reason: 'cannot be reached from this network',
      next: 'The address belongs to a private network, or a firewall refuses it. The PIM needs a public address, or the functions a proxy.',
    },
    'proxy-refused': {
      reason: 'is refused by the proxy',
      next: 'Check the address and the credentials in `HTTPS_PROXY`, and let the proxy pass the PIM’s host and port.',
    },
    'certificate-self-signed': {
      reason: 'has a self-signed certificate',
      next: 'Give the PIM a certificate of a public authority, or deploy with its own certificate: `-c pimCertificateAuthorities=<PEM file>`.',
    },
    'certificate-unknown-issuer': {
      reason: 'has a certificate of an unknown issuer',
      next: OTHER_ISSUER,
    },
    'certificate-expired': {
      reason: 'has a certificate that is expired or not yet valid',
      next: 'The PIM’s administrator has to renew the certificate.',
    },
    'certificate-wrong-host': {
      reason: 'has a certificate for another host name',
      next: 'List the PIM by the name in its certificate, or have the name added to the certificate.',
    },
    'certificate-invalid': {
      reason: 'has a certificate that cannot be accepted',
      next: 'It is revoked, signed with a weak key, or damaged: `openssl s_client -connect <host>:443` says which. The PIM’s administrator has to replace it.',
    },
    'tls-protocol': {
      reason: 'does not speak TLS as it has to',
      next: 'The server knows TLS 1.1 or older only, asks for a certificate of the client, or answers plain HTTP on that port. TLS 1.2 or 1.3 is needed.',
    },
    other: {
      reason: 'cannot be reached',
      next: 'Check that the PIM is up, that what answers at its address speaks HTTP, and that nothing in between breaks the connection.',
    },
  };
