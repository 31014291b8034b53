import { describe, expect, it } from 'vitest';
import { authorizeUrl, testPim } from './setup.ts';

const APPS = 'akeneo_connectivity.connection.connect.apps';

describe('authorize with an error', () => {
  it.each([
    ['client_id', 'nobody', `${APPS}.error.app_not_found`],
    ['client_id', '', `${APPS}.error.app_not_found`],
    ['response_type', '', `${APPS}.constraint.response_type.not_blank`],
    ['response_type', 'token', `${APPS}.constraint.response_type.must_be_code`],
    ['scope', 'a'.repeat(1001), `${APPS}.constraint.scope.too_long`],
  ])('%s=%.10s stays inside the PIM', async (name, value, error) => {
    const test = await testPim();
    expect(await test.user.authorize(authorizeUrl(test, { [name]: value }))).toEqual({ error });
  });

  it('answers 302 with the exact location', async () => {
    const { pim } = await testPim();
    const response = await fetch(`${pim.url}/connect/apps/v1/authorize`, { redirect: 'manual' });
    const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? '';
    expect(cookie).toMatch(/^simulated_pim_\d+=/);
    expect(response.status).toBe(302);
    expect(response.headers.get('location')).toBe(
      `/#/connect/apps/authorize?error=${APPS}.error.app_not_found`,
    );
  });

  it('accepts a scope of exactly 1000 characters', async () => {
    const test = await testPim();
    const url = authorizeUrl(test, { scope: 'a'.repeat(1000) });
    expect(await test.user.authorize(url)).toEqual({ wizard: test.app.clientId });
  });
});
