import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { KMSClient } from '@aws-sdk/client-kms';
import { type KmsRequest, LocalKms } from '../../local/store/local-kms.ts';
import { httpServer, type Received } from './http-server.ts';

/** The key of the tokens. */
export const KEY_ID = 'arn:aws:kms:eu-west-1:111122223333:key/tokens';

/** The key of the client secrets. */
export const SECRET_KEY_ID = 'arn:aws:kms:eu-west-1:111122223333:key/client-secrets';

/** An answer in place of the right one. */
export interface KmsFault {
  readonly status: number;
  readonly body: string;
}

export interface FakeKms {
  readonly url: string;
  readonly client: KMSClient;
  /** The Decrypt requests so far. */
  readonly decryptions: readonly KmsRequest[];
  /** The next Decrypt gets this instead; `plaintext` in its body becomes the base64 text of the token. */
  fail(fault: KmsFault): void;
  /** The next Encrypt gets this instead. */
  failToEncrypt(fault: KmsFault): void;
}

/**
 * The KMS of the local run, over its real protocol, with faults on request. It ends with the test.
 */
export async function startFakeKms(): Promise<FakeKms> {
  const kms = new LocalKms(randomBytes(32), [KEY_ID, SECRET_KEY_ID]);
  const decryptions: KmsRequest[] = [];
  const faults: KmsFault[] = [];
  const encryptFaults: KmsFault[] = [];
  const { url } = await httpServer((response, received) => {
    const request = JSON.parse(received.body) as KmsRequest;
    const target = targetOf(received);
    if (target === 'TrentService.Decrypt') decryptions.push(request);
    const [status, body] = kms.answer(target, request);
    const fault = target === 'TrentService.Encrypt' ? encryptFaults.shift() : faults.shift();
    if (!fault) return answer(response, status, body);
    const text = fault.body.replace('plaintext', body['Plaintext'] ?? '');
    response.writeHead(fault.status).end(text);
  });
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = new KMSClient({ endpoint: url, region: 'eu-west-1', credentials, maxAttempts: 1 });
  return {
    url,
    client,
    decryptions,
    fail: (fault) => faults.push(fault),
    failToEncrypt: (fault) => encryptFaults.push(fault),
  };
}

function targetOf({ headers }: Received): string {
  return String(headers['x-amz-target']);
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
  response.end(JSON.stringify(body));
}
