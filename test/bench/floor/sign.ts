import { createHash, createHmac } from 'node:crypto';

/** One call of an AWS service with a JSON protocol. */
export interface AwsCall {
  readonly url: URL;
  /** The service's name in signatures. */
  readonly service: string;
  readonly target: string;
  readonly contentType: string;
  readonly body: string;
}

/**
 * The headers of a signed `POST /`, with the credentials that Lambda puts into the environment.
 *
 * @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html Signature version 4}
 */
export function signedHeaders(call: AwsCall): Record<string, string> {
  const time = new Date().toISOString().replace(/[-:]|\.\d{3}/g, '');
  const headers = {
    'content-type': call.contentType,
    host: call.url.host,
    'x-amz-date': time,
    'x-amz-security-token': environment('AWS_SESSION_TOKEN'),
    'x-amz-target': call.target,
  };
  return {
    ...headers,
    'content-length': String(Buffer.byteLength(call.body)),
    authorization: authorization(call, headers, time),
  };
}

function authorization(call: AwsCall, headers: Record<string, string>, time: string): string {
  const names = Object.keys(headers).join(';');
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`);
  const request = ['POST', '/', '', lines.join(''), names, sha256(call.body)].join('\n');
  const scope = [time.slice(0, 8), environment('AWS_REGION'), call.service, 'aws4_request'];
  const toSign = ['AWS4-HMAC-SHA256', time, scope.join('/'), sha256(request)].join('\n');
  const signature = hmac(signingKey(scope), toSign).toString('hex');
  const credential = `${environment('AWS_ACCESS_KEY_ID')}/${scope.join('/')}`;
  return `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${names}, Signature=${signature}`;
}

function signingKey(scope: readonly string[]): Buffer {
  const secret = Buffer.from(`AWS4${environment('AWS_SECRET_ACCESS_KEY')}`);
  return scope.reduce<Buffer>(hmac, secret);
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function environment(name: string): string {
  return process.env[name] ?? '';
}
