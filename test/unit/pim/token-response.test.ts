import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTokenAnswer } from '../../../functions/pim/oauth.ts';

const TOKEN = 'aZ09'.repeat(21).concat('xy');
const GRANT = { access_token: TOKEN, token_type: 'bearer', scope: 'write_products openid' };
const ID_TOKEN = 'e30.e30.sig';

const answer = (status: number, body: unknown) =>
  readTokenAnswer({ status, body: typeof body === 'string' ? body : JSON.stringify(body) });

const unexpected = (status: number) => ({
  kind: 'failed',
  failure: 'unexpected-answer',
  status,
});

describe('readTokenAnswer', () => {
  it.each([
    ['a plain grant', GRANT, ['openid', 'write_products']],
    [
      'another spelling of bearer',
      { ...GRANT, token_type: 'Bearer' },
      ['openid', 'write_products'],
    ],
    ['an empty scope', { ...GRANT, scope: '' }, []],
    [
      'an id_token, which it ignores',
      { ...GRANT, id_token: ID_TOKEN },
      ['openid', 'write_products'],
    ],
    ['members of tomorrow', { ...GRANT, expires_in: 1, x: [] }, ['openid', 'write_products']],
    [
      'an error beside the token, which it ignores',
      { ...GRANT, error: 'x' },
      ['openid', 'write_products'],
    ],
  ])('reads %s', (_case, body, scopes) => {
    const outcome = answer(200, body);
    expect(outcome).toMatchObject({ kind: 'granted', scopes });
    expect(outcome.kind === 'granted' && outcome.accessToken.reveal()).toBe(TOKEN);
  });

  it.each([
    ['invalid_client', { error: 'invalid_client' }, 'invalid_client'],
    ['invalid_request', { error: 'invalid_request' }, 'refused'],
    ['unsupported_grant_type', { error: 'unsupported_grant_type' }, 'refused'],
    ['an error of tomorrow', { error: 'slow_down' }, 'refused'],
    ['an error beside a token', { ...GRANT, error: 'invalid_client' }, 'invalid_client'],
    ['an error named like a member of every object', { error: 'constructor' }, 'refused'],
  ])('reads %s as the definite answer %s', (_case, body, kind) => {
    expect(answer(400, body)).toEqual({ kind });
  });

  it.each([
    ['Code is not valid', 'unknown-or-used'],
    ['Code has expired', 'expired'],
    ['Code has expired.', 'not-said'],
    [undefined, 'not-said'],
    [['Code has expired'], 'not-said'],
  ])('reads what a refused code is: %s', (error_description, codeIs) => {
    const read = answer(400, { error: 'invalid_grant', error_description });
    expect(read).toEqual({ kind: 'invalid_grant', codeIs });
  });

  // They were stored, 64 KiB of anything, and the event of them stopped the events of everybody else.
  it.each([
    ['a line end', 'read_products\nopenid'],
    ['a tab', 'read_products\topenid'],
    ['a quote', 'read_"products"'],
    ['a backslash', 'read_products\\'],
    ['DEL', 'read_products\u007f'],
    ['a letter beyond ASCII', 'read_prodücts'],
    ['NUL', '\0'],
    ['half a surrogate pair', '\ud800'],
    ['more than 4 KiB', 'a'.repeat(4097)],
    ['more than 4 KiB in many names', 'ab '.repeat(1366)],
  ])('grants no scopes with %s', (_case, scope) => {
    expect(answer(200, { ...GRANT, scope })).toEqual({ kind: 'malformed-scopes' });
  });

  it.each(['a'.repeat(4096), '!#$%&()*+,-./:;<=>?@[]^_`{|}~', 'a  b'])(
    'grants the scopes %s',
    (scope) => {
      expect(answer(200, { ...GRANT, scope }).kind).toBe('granted');
    },
  );

  it.each([
    ['no token', 200, { token_type: 'bearer', scope: '' }],
    ['an empty token', 200, { ...GRANT, access_token: '' }],
    ['a token with a line end', 200, { ...GRANT, access_token: 'a\nb' }],
    ['a token that is a number', 200, { ...GRANT, access_token: 12 }],
    ['a token that is a list', 200, { ...GRANT, access_token: [TOKEN] }],
    ['a token that is too long', 200, { ...GRANT, access_token: 'x'.repeat(5000) }],
    ['no token type', 200, { access_token: TOKEN, scope: '' }],
    ['another token type', 200, { ...GRANT, token_type: 'mac' }],
    ['a token type that is no text', 200, { ...GRANT, token_type: ['bearer'] }],
    ['no scope', 200, { access_token: TOKEN, token_type: 'bearer' }],
    ['scopes as a list', 200, { ...GRANT, scope: ['openid'] }],
    ['a scope of null', 200, { ...GRANT, scope: null }],
    ['an error under status 200', 200, { error: 'invalid_client' }],
    ['a list', 200, [GRANT]],
    ['null', 200, 'null'],
    ['a text', 200, '"bearer"'],
    ['nothing', 200, ''],
    ['cut-off JSON', 200, JSON.stringify(GRANT).slice(0, -1)],
    ['a page', 200, '<!doctype html><title>Login</title>'],
    ['a grant under another status', 201, GRANT],
    ['a redirect', 302, ''],
    ['400 without an error', 400, {}],
    ['400 with an error that is no text', 400, { error: { code: 'invalid_client' } }],
    ['400 with a page', 400, '<html>'],
    ['400 with a list', 400, [{ error: 'invalid_client' }]],
    ['an OAuth error under another status', 401, { error: 'invalid_client' }],
    ['apps switched off', 404, ''],
    ['a rate limit', 429, { code: 429, message: 'You have exceeded the limit' }],
    ['a failure', 500, { error: 'invalid_grant' }],
    ['a proxy in trouble', 502, '<html>'],
  ])('takes %s for a failure', (_case, status, body) => {
    expect(answer(status, body)).toEqual(unexpected(status));
  });

  it('never throws, and grants what is well-formed and nothing else', () => {
    fc.assert(
      fc.property(status, body, (code, text) => {
        const { kind } = answer(code, text);
        expect(kind === 'granted').toBe(code === 200 && isGrant(text));
      }),
    );
  });
});

const member = fc.oneof(fc.constantFrom('bearer', 'BEARER', TOKEN, '', 'a b'), fc.jsonValue());
const almostGrant = fc.record(
  { access_token: member, token_type: member, scope: member, error: member },
  { requiredKeys: [] },
);
const body = fc.oneof(
  fc.constant(GRANT).map((grant) => JSON.stringify(grant)),
  almostGrant.map((changes) => JSON.stringify({ ...GRANT, ...changes })),
  almostGrant.map((members) => JSON.stringify(members)),
  fc.json(),
  fc.string(),
);
const status = fc.oneof(fc.constantFrom(200, 400), fc.integer({ min: 0, max: 999 }));

/** The rule of the contract, written down a second time. */
function isGrant(text: string): boolean {
  try {
    const { access_token, token_type, scope } = Object(JSON.parse(text)) as Partial<
      Record<string, unknown>
    >;
    return (
      /^[!-~]{1,4096}$/.test(typeof access_token === 'string' ? access_token : '') &&
      /^bearer$/i.test(typeof token_type === 'string' ? token_type : '') &&
      /^[ !#-[\]-~]{0,4096}$/.test(typeof scope === 'string' ? scope : '\n')
    );
  } catch {
    return false;
  }
}
