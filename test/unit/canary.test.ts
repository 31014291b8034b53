import { describe, expect, it } from 'vitest';
import { LONGEST_UNMARKED, MARKS, marked, marksIn } from '../support/canary.ts';

describe('the search for marked secrets', () => {
  const secret = marked('token', 86);
  const bytes = Buffer.from(`x${secret}`);

  it.each([
    ['as it is', secret],
    ['cut short', secret.slice(0, 20)],
    ['without its beginning', secret.slice(12)],
    ['of which the end is left', secret.slice(-LONGEST_UNMARKED - 1)],
    ['of which the end is left, in hex', Buffer.from(secret.slice(43)).toString('hex')],
    ['in another case', secret.toLowerCase()],
    ['in hex', Buffer.from(secret).toString('hex').toUpperCase()],
    ['percent-encoded', [...Buffer.from(secret)].map((byte) => `%${byte.toString(16)}`).join('')],
    ['in base64', Buffer.from(secret).toString('base64')],
    ['in base64 behind one byte', bytes.toString('base64')],
    [
      'in base64url behind two bytes',
      Buffer.concat([Buffer.from('y'), bytes]).toString('base64url'),
    ],
    ['inside JSON inside JSON', JSON.stringify(JSON.stringify({ secret }))],
  ])('finds one %s', (_how, text) => {
    expect(marksIn(`before ${text} after`)).toEqual(['token']);
  });

  it('finds nothing in what is clean, and tells the marks apart', () => {
    expect(marksIn('canary random token code secret person')).toEqual([]);
    expect(marksIn(Object.values(MARKS).join(' '))).toEqual([
      'random',
      'code',
      'token',
      'secret',
      'person',
    ]);
  });
});
