import { describe, expect, it } from 'vitest';
import { MARKS, marked, marksIn } from '../support/canary.ts';

describe('the search for marked secrets', () => {
  const secret = marked('token', 86);
  const bytes = Buffer.from(`x${secret}`);

  it.each([
    ['as it is', secret],
    ['cut short', secret.slice(0, 20)],
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
    expect(marksIn('canary random token code secret')).toEqual([]);
    expect(marksIn(Object.values(MARKS).join(' '))).toEqual(['random', 'code', 'token', 'secret']);
  });
});
