import { describe, expect, it } from 'vitest';
import { obtainCode, postToken, testClock, testPim, tokenForm } from './setup.ts';

describe('authorization code', () => {
  it('is good in its 30th second', async () => {
    const clock = testClock();
    const test = await testPim({ now: clock.now });
    const code = await obtainCode(test);
    clock.advance(30_999);
    expect((await postToken(test.pim, tokenForm(test.app, code))).status).toBe(200);
  });

  it('has expired in its 31st', async () => {
    const clock = testClock();
    const test = await testPim({ now: clock.now });
    const code = await obtainCode(test);
    clock.advance(31_000);
    const response = await postToken(test.pim, tokenForm(test.app, code));
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      error: 'invalid_grant',
      error_description: 'Code has expired',
    });
  });

  it('works once', async () => {
    const test = await testPim();
    const form = tokenForm(test.app, await obtainCode(test));
    expect((await postToken(test.pim, form)).status).toBe(200);
    expect(await (await postToken(test.pim, form)).json()).toEqual({
      error: 'invalid_grant',
      error_description: 'Code is not valid',
    });
  });

  it('survives a failed exchange', async () => {
    const test = await testPim();
    const form = tokenForm(test.app, await obtainCode(test));
    await postToken(test.pim, { ...form, code_challenge: 'wrong' });
    await postToken(test.pim, { ...form, grant_type: 'password' });
    expect((await postToken(test.pim, form)).status).toBe(200);
  });
});
