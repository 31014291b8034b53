import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';

/** A body of KMS's JSON protocol, as far as it counts here. */
export interface KmsRequest {
  readonly KeyId?: string;
  /** Base64, as is the ciphertext. */
  readonly Plaintext?: string;
  readonly CiphertextBlob?: string;
  readonly EncryptionContext?: Readonly<Record<string, string>>;
  readonly EncryptionAlgorithm?: string;
}

/** A status, and the body as JSON. */
export type KmsAnswer = readonly [status: number, body: Readonly<Record<string, string>>];

/** A key that makes and opens ciphertexts. */
interface Key {
  readonly arn: string;
  readonly material: Buffer;
  /** The first bytes of each of its ciphertexts, by which KMS finds the key again. */
  readonly mark: Buffer;
}

const ALGORITHM = 'aes-256-gcm';
/** As KMS calls what a symmetric key does. */
const SYMMETRIC = 'SYMMETRIC_DEFAULT';
const MARK_BYTES = 16;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** The most that KMS takes of each, in bytes. */
const LONGEST_PLAINTEXT = 4096;
const LONGEST_CIPHERTEXT = 6144;

/**
 * KMS as far as an App and its back ends use it: Encrypt and Decrypt under symmetric keys. It checks the key id and the
 * encryption context, and answers errors as KMS does. A ciphertext opens again as long as the secret is the same.
 *
 * @see {@link https://docs.aws.amazon.com/kms/latest/APIReference/API_Encrypt.html Encrypt}
 * @see {@link https://docs.aws.amazon.com/kms/latest/APIReference/API_Decrypt.html Decrypt}
 */
export class LocalKms {
  readonly #keys: readonly Key[];

  /**
   * @param secret random bytes, from which every key is made.
   * @param arns of the keys that exist.
   */
  constructor(secret: Buffer, arns: readonly string[]) {
    this.#keys = arns.map((arn) => ({
      arn,
      material: Buffer.from(hkdfSync('sha256', secret, '', arn, 32)),
      mark: createHash('sha256').update(arn).digest().subarray(0, MARK_BYTES),
    }));
  }

  /** @param target service and operation, such as `TrentService.Encrypt`. */
  answer(target: string | undefined, request: KmsRequest): KmsAnswer {
    const { EncryptionAlgorithm: algorithm = SYMMETRIC } = request;
    if (target !== ENCRYPT && target !== DECRYPT) return failure('UnknownOperationException');
    if (algorithm !== SYMMETRIC) return failure('InvalidKeyUsageException');
    return target === ENCRYPT ? this.#encrypt(request) : this.#decrypt(request);
  }

  #encrypt({ KeyId = '', Plaintext = '', EncryptionContext }: KmsRequest): KmsAnswer {
    const plaintext = Buffer.from(Plaintext, 'base64');
    if (KeyId === '') return invalid('keyId', 'Member must not be null');
    if (!isWithin(plaintext, LONGEST_PLAINTEXT))
      return invalid('plaintext', `Member must have length from 1 to ${LONGEST_PLAINTEXT}`);
    const key = this.#find(KeyId);
    if (!key) return notFound(KeyId);
    const CiphertextBlob = seal(plaintext, EncryptionContext, key).toString('base64');
    return [200, { CiphertextBlob, KeyId: key.arn, EncryptionAlgorithm: SYMMETRIC }];
  }

  #decrypt({ KeyId, CiphertextBlob = '', EncryptionContext }: KmsRequest): KmsAnswer {
    const blob = Buffer.from(CiphertextBlob, 'base64');
    if (!isWithin(blob, LONGEST_CIPHERTEXT))
      return invalid('ciphertextBlob', `Member must have length from 1 to ${LONGEST_CIPHERTEXT}`);
    if (KeyId !== undefined && !this.#find(KeyId)) return notFound(KeyId);
    const key = this.#keys.find(({ mark }) => mark.equals(blob.subarray(0, MARK_BYTES)));
    if (!key) return failure('InvalidCiphertextException');
    if (KeyId !== undefined && this.#find(KeyId) !== key)
      return failure('IncorrectKeyException', WRONG_KEY);
    const plaintext = unseal(blob, EncryptionContext, key);
    if (!plaintext) return failure('InvalidCiphertextException');
    const Plaintext = plaintext.toString('base64');
    return [200, { Plaintext, KeyId: key.arn, EncryptionAlgorithm: SYMMETRIC }];
  }

  /** By the ARN, or by the id at its end. */
  #find(keyId: string): Key | undefined {
    return this.#keys.find(({ arn }) => arn === keyId || arn.endsWith(`:key/${keyId}`));
  }
}

/** As the header `X-Amz-Target` names them. */
const [ENCRYPT, DECRYPT] = ['TrentService.Encrypt', 'TrentService.Decrypt'];

const WRONG_KEY =
  'The key ID in the request does not identify a CMK that can perform this operation.';

function failure(type: string, message?: string): KmsAnswer {
  return [400, { __type: type, ...(message !== undefined && { message }) }];
}

/** No alias is known here: a stack makes none. */
function notFound(keyId: string): KmsAnswer {
  const isAlias = /^(arn:.*:)?alias\//.test(keyId);
  return failure(
    'NotFoundException',
    isAlias ? `Alias ${keyId} is not found.` : `Key '${keyId}' does not exist`,
  );
}

function invalid(member: string, rule: string): KmsAnswer {
  const what = `1 validation error detected: Value at '${member}' failed to satisfy constraint`;
  return failure('ValidationException', `${what}: ${rule}`);
}

function isWithin({ length }: Buffer, longest: number): boolean {
  return length >= 1 && length <= longest;
}

/** AES-256-GCM with the encryption context as additional data: `mark | iv | tag | ciphertext`. */
function seal(text: Buffer, context: KmsRequest['EncryptionContext'], key: Key): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, key.material, iv).setAAD(asBytes(context));
  const ciphertext = Buffer.concat([cipher.update(text), cipher.final()]);
  return Buffer.concat([key.mark, iv, cipher.getAuthTag(), ciphertext]);
}

/** `undefined` when the ciphertext was changed, or made with another context or from another secret. */
function unseal(
  blob: Buffer,
  context: KmsRequest['EncryptionContext'],
  key: Key,
): Buffer | undefined {
  const iv = blob.subarray(MARK_BYTES, MARK_BYTES + IV_BYTES);
  const tag = blob.subarray(MARK_BYTES + IV_BYTES, MARK_BYTES + IV_BYTES + TAG_BYTES);
  try {
    const decrypter = createDecipheriv(ALGORITHM, key.material, iv, { authTagLength: TAG_BYTES })
      .setAAD(asBytes(context))
      .setAuthTag(tag);
    const ciphertext = blob.subarray(MARK_BYTES + IV_BYTES + TAG_BYTES);
    return Buffer.concat([decrypter.update(ciphertext), decrypter.final()]);
  } catch {
    return undefined;
  }
}

/** The pairs count, whatever their order. JSON keeps names and values apart. None and an empty context are the same. */
function asBytes(context: KmsRequest['EncryptionContext'] = {}): Buffer {
  const pairs = Object.entries(context).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Buffer.from(JSON.stringify(pairs), 'utf8');
}
