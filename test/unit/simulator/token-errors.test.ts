import { describe, expect, it } from 'vitest';
import { authorizeUrl, obtainCode, postToken, testPim, tokenForm } from './setup.ts';

const NOT_VALID = { error: 'invalid_grant', error_description: 'Code is not valid' };

describe('token endpoint', () => {
  it.each([
    ['a wrong challenge', { code_challenge: 'f00' }, { error: 'invalid_client' }],
    ['an unknown client', { client_id: 'nobody' }, { error: 'invalid_client' }],
    ['no client', { client_id: '' }, { error: 'invalid_request' }],
    ['no code', { code: '' }, { error: 'invalid_request' }],
    ['an unknown code', { code: 'unknown' }, NOT_VALID],
    ['no grant type', { grant_type: '' }, { error: 'unsupported_grant_type' }],
    ['another grant type', { grant_type: 'password' }, { error: 'unsupported_grant_type' }],
    ['a blank code', { code: ' ' }, NOT_VALID],
    ['a blank client', { client_id: ' ' }, { error: 'invalid_client' }],
    [
      'a grant type with a space behind it',
      { grant_type: 'authorization_code ' },
      { error: 'unsupported_grant_type' },
    ],
    ['no identifier', { code_identifier: '' }, { error: 'invalid_request' }],
    ['no challenge', { code_challenge: '' }, { error: 'invalid_request' }],
    [
      'a wrong challenge and a bad code',
      { code_challenge: 'f', code: 'x' },
      { error: 'invalid_client' },
    ],
    ['no challenge and a bad code', { code_challenge: '', code: 'x' }, NOT_VALID],
    [
      'no identifier and a bad grant',
      { code_identifier: '', grant_type: 'x' },
      { error: 'unsupported_grant_type' },
    ],
  ])('answers 400 to %s', async (_case, change, body) => {
    const test = await testPim();
    const form = { ...tokenForm(test.app, await obtainCode(test)), ...change };
    const response = await postToken(test.pim, form);
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual(body);
  });

  it('answers invalid_request to an empty form', async () => {
    const { pim } = await testPim();
    expect(await (await postToken(pim, {})).json()).toEqual({ error: 'invalid_request' });
  });

  it('answers invalid_client when the challenge is in capitals', async () => {
    const test = await testPim();
    const form = tokenForm(test.app, await obtainCode(test));
    const code_challenge = form['code_challenge']?.toUpperCase() ?? '';
    const response = await postToken(test.pim, { ...form, code_challenge });
    expect(await response.json()).toEqual({ error: 'invalid_client' });
  });

  it('knows no client before its first authorize, nor after its disconnection', async () => {
    const test = await testPim();
    const form = tokenForm(test.app, 'any');
    expect(await (await postToken(test.pim, form)).json()).toEqual({ error: 'invalid_client' });
    await obtainCode(test);
    expect(await (await postToken(test.pim, form)).json()).toEqual(NOT_VALID);
    test.pim.disconnect(test.app.clientId);
    expect(await (await postToken(test.pim, form)).json()).toEqual({ error: 'invalid_client' });
  });

  it('knows a client whose authorize request was refused, after a disconnection too', async () => {
    const test = await testPim();
    const form = tokenForm(test.app, 'any');
    const refused = authorizeUrl(test, { response_type: 'token' });
    await test.user.authorize(refused);
    expect(await (await postToken(test.pim, form)).json()).toEqual(NOT_VALID);
    await obtainCode(test);
    test.pim.disconnect(test.app.clientId);
    await test.user.authorize(refused);
    expect(await (await postToken(test.pim, form)).json()).toEqual(NOT_VALID);
  });

  it('compares client ids without case', async () => {
    const test = await testPim();
    const form = tokenForm(test.app, await obtainCode(test));
    const client_id = test.app.clientId.toUpperCase();
    expect((await postToken(test.pim, { ...form, client_id })).status).toBe(200);
  });

  it('breaks, and burns no code, when the client is known but not connected', async () => {
    const test = await testPim();
    const form = tokenForm(test.app, await obtainCode(test));
    const other = test.pim.registerApp({
      name: 'Another App',
      activateUrl: 'http://other.example.com/activate',
      callbackUrl: 'http://other.example.com/callback',
    });
    await test.user.authorize(authorizeUrl({ pim: test.pim, app: other }));
    const foreign = await postToken(test.pim, tokenForm(other, form['code'] ?? ''));
    expect(foreign.status).toBe(500);
    expect((await postToken(test.pim, form)).status).toBe(200);
  });

  it('goes by the regenerated secret', async () => {
    const test = await testPim();
    const code = await obtainCode(test);
    const clientSecret = await test.pim.regenerateSecret(test.app.clientId);
    const old = await postToken(test.pim, tokenForm(test.app, code));
    expect(await old.json()).toEqual({ error: 'invalid_client' });
    const form = tokenForm({ ...test.app, clientSecret }, code);
    expect((await postToken(test.pim, form)).status).toBe(200);
  });

  it('reads JSON as well, but not the query', async () => {
    const test = await testPim();
    const form = tokenForm(test.app, await obtainCode(test));
    const url = `${test.pim.url}/connect/apps/v1/oauth2/token`;
    const query = new URLSearchParams(form).toString();
    expect((await fetch(`${url}?${query}`, { method: 'POST' })).status).toBe(400);
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(form) });
    expect(response.status).toBe(200);
  });

  it('reads multipart/form-data as well', async () => {
    const test = await testPim();
    const body = new FormData();
    const form = tokenForm(test.app, await obtainCode(test));
    for (const [name, value] of Object.entries(form)) body.append(name, value);
    const url = `${test.pim.url}/connect/apps/v1/oauth2/token`;
    expect((await fetch(url, { method: 'POST', body })).status).toBe(200);
  });

  it('reads no parameter of a malformed multipart body, nor of a file', async () => {
    const { pim } = await testPim();
    const url = `${pim.url}/connect/apps/v1/oauth2/token`;
    const headers = { 'content-type': 'multipart/form-data; boundary=x' };
    const malformed = await fetch(url, { method: 'POST', headers, body: 'client_id=a' });
    expect(await malformed.json()).toEqual({ error: 'invalid_request' });
    const body = new FormData();
    body.append('client_id', new Blob(['a']));
    const file = await fetch(url, { method: 'POST', body });
    expect(await file.json()).toEqual({ error: 'invalid_request' });
  });

  it('refuses malformed JSON, and every method but POST', async () => {
    const { pim } = await testPim();
    const url = `${pim.url}/connect/apps/v1/oauth2/token`;
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(url, { method: 'POST', headers, body: '{' });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ message: 'Invalid json message received' });
    expect((await fetch(url)).status).toBe(405);
  });
});
