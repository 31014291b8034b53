import { describe, expect, it } from 'vitest';
import { tokenRefusal } from '../../../functions/pim/rest-api-refusals.ts';

const INVALID = 'The access token provided is invalid.';
const DISCONNECTED = 'Your app has been disconnected from that PIM.';

const refusal = (message: unknown) => JSON.stringify({ code: 401, message });

describe('the body of a 401', () => {
  it.each([
    ['of a disconnected App', refusal(`${INVALID} ${DISCONNECTED}`), 'disconnected'],
    ['of a token that the PIM does not know', refusal(INVALID), 'replaced'],
    ['with the second sentence alone', refusal(DISCONNECTED), 'other'],
    ['that misses a token', refusal('Authentication is required'), 'other'],
    ['with the sentence where it is no message', JSON.stringify({ error: INVALID }), 'other'],
    ['whose message is no text', refusal([INVALID]), 'other'],
    ['of a proxy', `<html>${INVALID}</html>`, 'other'],
    ['with nothing in it', '', 'other'],
  ])('%s is understood', (_case, body, expected) => {
    expect(tokenRefusal(body)).toBe(expected);
  });
});
