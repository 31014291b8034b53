/**
 * The few ASN.1 types of a certificate, in their DER encoding. Node reads certificates but cannot
 * write any.
 *
 * @see ITU-T X.690
 */

/** A value of any type: tag, length, contents. */
export function tagged(tag: number, ...contents: readonly Buffer[]): Buffer {
  const body = Buffer.concat(contents);
  return Buffer.concat([Buffer.from([tag]), encodedLength(body.length), body]);
}

/** SEQUENCE. */
export function sequence(...parts: readonly Buffer[]): Buffer {
  return tagged(0x30, ...parts);
}

/** SET with one member. */
export function setOf(member: Buffer): Buffer {
  return tagged(0x31, member);
}

/** INTEGER, not negative, from its big-endian bytes. */
export function unsignedInteger(bytes: Buffer): Buffer {
  const isNegative = ((bytes[0] ?? 0) & 0x80) !== 0;
  return tagged(0x02, ...(isNegative ? [Buffer.from([0])] : []), bytes);
}

/** OBJECT IDENTIFIER, from its encoded bytes in hexadecimal. */
export function objectIdentifier(hex: string): Buffer {
  return tagged(0x06, Buffer.from(hex, 'hex'));
}

/** BIT STRING of whole bytes. */
export function bitString(bytes: Buffer): Buffer {
  return tagged(0x03, Buffer.from([0]), bytes);
}

/** OCTET STRING. */
export function octetString(bytes: Buffer): Buffer {
  return tagged(0x04, bytes);
}

/** UTF8String. */
export function utf8String(text: string): Buffer {
  return tagged(0x0c, Buffer.from(text, 'utf8'));
}

/** BOOLEAN, true. */
export function booleanTrue(): Buffer {
  return tagged(0x01, Buffer.from([0xff]));
}

/** NULL. */
export function nullValue(): Buffer {
  return tagged(0x05);
}

/**
 * The time of a certificate, to the second: UTCTime up to the year 2049, GeneralizedTime after it.
 *
 * @see RFC 5280 §4.1.2.5
 */
export function certificateTime(date: Date): Buffer {
  const digits = date
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(/[-:T]/g, '');
  return date.getUTCFullYear() < 2050
    ? tagged(0x17, Buffer.from(digits.slice(2)))
    : tagged(0x18, Buffer.from(digits));
}

function encodedLength(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  const hex = length.toString(16);
  const bytes = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
  return Buffer.concat([Buffer.from([0x80 | bytes.length]), bytes]);
}
