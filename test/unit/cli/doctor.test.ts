import { describe, expect, it } from 'vitest';
import { callbackIdOf } from '../../../functions/pim/callback-id.ts';
import { pimUrl } from '../../support/pim-url.ts';
import { testDeployment } from './support/deployment.ts';
import { failedChecks, simulatedPim } from './support/doctor.ts';
import { operate, operateJson } from './support/operate.ts';
import { addPim, CLIENT_ID } from './support/pims.ts';

describe('doctor', () => {
  it('is green for a deployment that works', async () => {
    const { activateUrl, requests } = await testDeployment();
    const pim = await simulatedPim();
    await addPim({ pim });
    const { exit, stdout, stderr } = await operate(['doctor']);
    expect(stderr).toBe('');
    expect(exit).toBe(0);
    expect(stdout).not.toContain('✗');
    expect(stdout).toContain(`✓ Activate URL  ${activateUrl}\n`);
    const callbackUrl = activateUrl.replace('activate', 'callback');
    expect(stdout).toContain(`✓ Callback URL  ${callbackUrl} (of an App Store App; a custom App's`);
    expect(stdout).toContain('✓ Callback of one PIM  is refused with 400 state_malformed');
    expect(stdout).toContain(
      `✓ URLs of a PIM  ${pim}: ${activateUrl} and ${callbackUrl}/${callbackIdOf(pimUrl(pim))}\n`,
    );
    expect(stdout).toContain('✓ Empty callback  is refused with 400 state_malformed\n');
    expect(stdout).toContain('✓ Other spellings  of the two URLs: a slash at the end');
    expect(stdout).toContain('✓ Headers of the callback  cache-control, ');
    expect(stdout).toContain('✓ Throttling  50 requests a second, bursts of 100');
    expect(stdout).toContain('✓ Concurrency  this account runs 1000 functions at once');
    expect(stdout).toContain(`✓ PIM answers  ${pim} has Apps switched on`);
    expect(stdout).toContain(`✓ Client secret  of ${CLIENT_ID} is stored`);
    expect(requests.map(({ headers }) => headers.host)).toEqual(
      Array.from({ length: 7 }, () => new URL(activateUrl).host),
    );
  });

  it('prints a list for programs', async () => {
    const { activateUrl } = await testDeployment();
    await addPim({ pim: await simulatedPim() });
    const findings = await operateJson(['doctor']);
    expect(findings).toContainEqual({
      check: 'Activate URL',
      ok: true,
      detail: activateUrl,
      next: null,
    });
    expect(findings).toHaveLength(16);
  });

  it('is coloured on a terminal', async () => {
    await testDeployment();
    const { stdout } = await operate(['doctor'], { isTTY: true });
    expect(stdout).toContain('\u001B[32m✓\u001B[39m');
    expect(stdout).toContain('\u001B[31m✗\u001B[39m');
  });

  it('refuses URLs that a PIM would not take', async () => {
    const { cloudFormation, activateUrl } = await testDeployment();
    const long = `${activateUrl}/`.padEnd(229, 'x');
    cloudFormation.outputs['CallbackUrl'] = long;
    expect((await failedChecks())['Callback URL']?.detail).toContain(
      'it has 256 characters, and a PIM takes 255',
    );
    cloudFormation.outputs['CallbackUrl'] = long.slice(0, -1);
    expect((await failedChecks())['Callback URL']).toBeUndefined();
  });

  it('refuses plain http in production', async () => {
    const { cloudFormation } = await testDeployment();
    cloudFormation.outputs['Stage'] = 'production';
    expect((await failedChecks())['Activate URL']?.detail).toContain('not an https address');
  });

  it.each([
    ['{"Resources":{"Stage":{"Type":"AWS::ApiGatewayV2::Stage","Properties":{}}}}'],
    ['{"Resources":{}}'],
    ['Resources: {}'],
  ])('notices an API without limits in %s', async (template) => {
    const { cloudFormation } = await testDeployment();
    cloudFormation.template = template;
    expect((await failedChecks())['Throttling']?.detail).toContain('no rate and burst limit');
  });

  it('goes on when the template may not be read', async () => {
    const { cloudFormation } = await testDeployment();
    await addPim({ pim: await simulatedPim() });
    cloudFormation.template = undefined;
    const red = await failedChecks();
    expect(Object.keys(red)).toEqual(['Throttling']);
    expect(red['Throttling']?.detail).toContain('cloudformation:GetTemplate is missing');
  });

  it('warns of an account that runs few functions at once, and fails nothing', async () => {
    const { lambda } = await testDeployment();
    await addPim({ pim: await simulatedPim() });
    lambda.concurrency = 10;
    const { exit, stdout } = await operate(['doctor']);
    expect(exit).toBe(0);
    expect(stdout).toContain('! Concurrency  this account runs 10 functions at once');
    expect(stdout).toContain('next: More requests at the same moment get a bare error.');
  });

  it('fails nothing where nobody may ask for that', async () => {
    const { lambda } = await testDeployment();
    await addPim({ pim: await simulatedPim() });
    lambda.concurrency = undefined;
    const { exit, stdout } = await operate(['doctor']);
    expect(exit).toBe(0);
    expect(stdout).toContain('✓ Concurrency  could not be checked: ');
    expect(stdout).toContain('lambda:GetAccountSettings is missing');
  });

  it('stops with one clear line when AWS cannot be asked', async () => {
    const { cloudFormation } = await testDeployment();
    cloudFormation.outputs['PimsTable'] = 'NoSuchTable';
    const { exit, stderr } = await operate(['doctor']);
    expect(exit).toBe(1);
    expect(stderr).toContain('A table of the stack does not exist.');
  });
});
