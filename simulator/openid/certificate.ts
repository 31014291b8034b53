import { type KeyObject, randomBytes, sign } from 'node:crypto';
import {
  bitString,
  booleanTrue,
  certificateTime,
  nullValue,
  objectIdentifier,
  octetString,
  sequence,
  setOf,
  tagged,
  unsignedInteger,
  utf8String,
} from './der.ts';

const SHA256_WITH_RSA = sequence(objectIdentifier('2a864886f70d01010b'), nullValue());
const ORGANIZATION = objectIdentifier('55040a');
const BASIC_CONSTRAINTS = objectIdentifier('551d13');
const VERSION_3 = tagged(0xa0, unsignedInteger(Buffer.from([2])));
const NEVER = new Date('9999-12-31T23:59:59Z');

/**
 * The public key as the PIM publishes it: not bare, but in a self-signed certificate of `O=Akeneo`
 * that is a CA and never expires; PEM in lines of 64 characters with CRLF.
 *
 * @param keys an RSA pair
 * @param notBefore when the certificate starts to hold
 * @see docs/pim-contract.md §5
 */
export function selfSignedCertificate(
  keys: { publicKey: KeyObject; privateKey: KeyObject },
  notBefore: Date,
): string {
  const body = certificateBody(keys.publicKey, notBefore);
  const signature = sign('RSA-SHA256', body, keys.privateKey);
  return toPem(sequence(body, SHA256_WITH_RSA, bitString(signature)));
}

function certificateBody(publicKey: KeyObject, notBefore: Date): Buffer {
  const akeneo = sequence(setOf(sequence(ORGANIZATION, utf8String('Akeneo'))));
  return sequence(
    VERSION_3,
    unsignedInteger(Buffer.concat([Buffer.from([1]), randomBytes(19)])),
    SHA256_WITH_RSA,
    akeneo,
    sequence(certificateTime(notBefore), certificateTime(NEVER)),
    akeneo,
    publicKey.export({ type: 'spki', format: 'der' }),
    certificateAuthority(),
  );
}

function certificateAuthority(): Buffer {
  const constraints = octetString(sequence(booleanTrue()));
  return tagged(0xa3, sequence(sequence(BASIC_CONSTRAINTS, booleanTrue(), constraints)));
}

function toPem(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----'].join('\r\n');
}
