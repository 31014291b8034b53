import { randomBytes } from 'node:crypto';

/** 256 bits from the operating system, in base64url. */
export function randomText(): string {
  return randomBytes(32).toString('base64url');
}
