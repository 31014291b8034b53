import { format, inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { BrowserKey, State } from '../../../functions/activation/flow.ts';
import {
  AccessToken,
  AuthorizationCode,
  ClientSecret,
} from '../../../functions/pim/credentials.ts';
import { wellFormed } from '../../../functions/pim/malformed.ts';

const SECRET = 'S3cr3t'.padEnd(43, 'x');

describe.each([
  ['an access token', wellFormed(AccessToken.parse(SECRET))],
  ['an authorization code', wellFormed(AuthorizationCode.parse(SECRET))],
  ['a client secret', wellFormed(ClientSecret.parse(SECRET))],
  ['a state', wellFormed(State.parse(SECRET))],
  ['a browser key', wellFormed(BrowserKey.parse(SECRET))],
])('%s', (_kind, value) => {
  it('is handed out by reveal', () => {
    expect(value.reveal()).toBe(SECRET);
  });

  it.each([
    ['String()', () => String(value)],
    ['a template', () => `${value.toString()} ${[value].join('')}`],
    ['concatenation', () => 'token: '.concat(value.toString())],
    ['JSON', () => JSON.stringify({ value, list: [value] }, null, 1)],
    ['inspect', () => inspect(value)],
    ['inspect, nested', () => inspect({ a: { b: [new Map([[value, value]])] } }, { depth: null })],
    ['inspect of all there is', () => inspect(value, { showHidden: true, getters: true })],
    [
      'inspect without its own say',
      () => inspect(value, { customInspect: false, showHidden: true }),
    ],
    ['console.log', () => format(value, { value })],
    [
      'console.log with placeholders',
      () => format('%s %o %O %j %d', value, value, value, value, value),
    ],
    ['an error message', () => inspect(new Error(`bad: ${value.toString()}`, { cause: value }))],
    ['its keys and entries', () => JSON.stringify([Object.entries(value), Reflect.ownKeys(value)])],
    ['a spread', () => inspect(Object.assign({}, value))],
    ['a structured clone', () => inspect(structuredClone(value))],
  ])('does not show in %s', (_way, print) => {
    expect(print()).not.toContain('S3cr3t');
  });

  it('says that it was left out', () => {
    expect(String(value)).toBe('[redacted]');
    expect(JSON.stringify(value)).toBe('"[redacted]"');
    expect(inspect(value)).toBe('[redacted]');
  });
});
