import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { isDeepStrictEqual } from 'node:util';
import { KMSClient } from '@aws-sdk/client-kms';
import { httpServer, type Received } from './http-server.ts';

/** The key of the tokens. */
export const KEY_ID = 'arn:aws:kms:eu-west-1:111122223333:key/tokens';

/** The key of the client secrets. */
export const SECRET_KEY_ID = 'arn:aws:kms:eu-west-1:111122223333:key/client-secrets';

/** A body of KMS's JSON protocol, as far as tests look at it. */
interface KmsRequest {
  readonly KeyId?: string;
  readonly Plaintext?: string;
  readonly CiphertextBlob?: string;
  readonly EncryptionContext?: Readonly<Record<string, string>>;
}

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
 * KMS as far as we need it: ciphertexts without a meaning of their own, each bound to a key and an encryption
 * context, over its real protocol. It ends with the test.
 *
 * @see {@link https://docs.aws.amazon.com/kms/latest/APIReference/API_Decrypt.html Decrypt}
 */
export async function startFakeKms(): Promise<FakeKms> {
  const sealed = new Map<string, KmsRequest>();
  const decryptions: KmsRequest[] = [];
  const faults: KmsFault[] = [];
  const encryptFaults: KmsFault[] = [];
  const { url } = await httpServer((response, received) => {
    const request = JSON.parse(received.body) as KmsRequest;
    if (operationOf(received) === 'Encrypt') {
      const fault = encryptFaults.shift();
      if (!fault) return answer(response, 200, encrypt(request, sealed));
      return void response.writeHead(fault.status).end(fault.body);
    }
    decryptions.push(request);
    const [status, body] = decrypt(request, sealed);
    const fault = faults.shift();
    if (!fault) return answer(response, status, body);
    response.writeHead(fault.status).end(fault.body.replace('plaintext', body['Plaintext'] ?? ''));
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

function operationOf({ headers }: Received): string | undefined {
  return String(headers['x-amz-target']).split('.')[1];
}

function encrypt(request: KmsRequest, sealed: Map<string, KmsRequest>): Record<string, string> {
  const CiphertextBlob = randomBytes(48).toString('base64');
  sealed.set(CiphertextBlob, request);
  return { CiphertextBlob, KeyId: request.KeyId ?? '' };
}

function decrypt(
  { CiphertextBlob = '', EncryptionContext, KeyId }: KmsRequest,
  sealed: Map<string, KmsRequest>,
): [status: number, body: Record<string, string>] {
  const original = sealed.get(CiphertextBlob);
  if (!original || !isDeepStrictEqual(original.EncryptionContext, EncryptionContext))
    return [400, { __type: 'InvalidCiphertextException' }];
  if (KeyId !== undefined && KeyId !== original.KeyId)
    return [400, { __type: 'IncorrectKeyException' }];
  return [200, { Plaintext: original.Plaintext ?? '', KeyId: original.KeyId ?? '' }];
}

function answer(response: ServerResponse, status: number, body: Record<string, string>): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
  response.end(JSON.stringify(body));
}
