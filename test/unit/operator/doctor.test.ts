import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startSimulatedPim } from '../../../local/simulated-pim/index.ts';
import type { Finding } from '../../../operator/doctor/finding.ts';
import { testDeployment } from './support/deployment.ts';
import { serve } from './support/http-server.ts';
import { operate, operateJson } from './support/operate.ts';
import { addPim, CLIENT_ID } from './support/pims.ts';

async function simulatedPim(): Promise<string> {
  const pim = await startSimulatedPim();
  onTestFinished(() => pim.close());
  return pim.url;
}

/** The red lines, by what they check. */
async function ill(): Promise<Record<string, Finding>> {
  // The command's own output is what is tested; its shape is asserted once, below.
  const findings = (await operateJson(['doctor'])) as Finding[];
  return Object.fromEntries(findings.filter(({ ok }) => !ok).map((found) => [found.check, found]));
}

/** A PIM that answers everything in one way. */
async function pimThatAnswers(status: number, headers = {}, body = ''): Promise<string> {
  const { port } = await serve((_request, response) => {
    response.writeHead(status, headers).end(body);
  });
  return `http://127.0.0.1:${port}`;
}

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
    expect(stdout).toContain(`✓ Callback URL  ${activateUrl.replace('activate', 'callback')}\n`);
    expect(stdout).toContain('✓ Empty callback  is refused with 400 state_malformed\n');
    expect(stdout).toContain('✓ Headers of the callback  cache-control, ');
    expect(stdout).toContain('✓ Throttling  50 requests a second, bursts of 100');
    expect(stdout).toContain(`✓ PIM answers  ${pim} has Apps switched on`);
    expect(stdout).toContain(`✓ Client secret  of ${CLIENT_ID} is stored`);
    expect(requests.map(({ headers }) => headers.host)).toEqual(
      Array.from({ length: 3 }, () => new URL(activateUrl).host),
    );
  });

  it('shows neither the state nor the cookie', async () => {
    const { dynamoDb } = await testDeployment();
    await addPim({ pim: await simulatedPim() });
    const { stdout } = await operate(['doctor']);
    const { Items = [] } = await dynamoDb.send(new ScanCommand({ TableName: 'Flows' }));
    expect(Items).toHaveLength(1);
    expect(stdout).not.toContain('state=');
    expect(stdout).not.toMatch(/[A-Za-z0-9_-]{43}/);
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
    expect(findings).toHaveLength(12);
  });

  it('is coloured on a terminal', async () => {
    await testDeployment();
    const { stdout } = await operate(['doctor'], { isTTY: true });
    expect(stdout).toContain('\u001B[32m✓\u001B[39m');
    expect(stdout).toContain('\u001B[31m✗\u001B[39m');
  });

  it('says how to list the first PIM, and fails until there is one', async () => {
    await testDeployment();
    const { exit, stdout, stderr } = await operate(['doctor']);
    expect(exit).toBe(1);
    expect(stdout).toContain('✗ Listed PIM  no PIM is listed, so nobody can connect\n    next: ');
    expect(stderr).toContain('1 of 8 checks failed.');
  });

  it('opens a suffix by a name that no PIM has, and asks no PIM', async () => {
    await testDeployment();
    await addPim({ pim: '*.cloud.akeneo.com', more: ['--allow-suffix'] });
    const { exit, stdout } = await operate(['doctor']);
    expect(exit).toBe(0);
    expect(stdout).toContain('✓ Listed PIM  https://activation-probe.cloud.akeneo.com is sent');
    expect(stdout).not.toContain('PIM answers');
  });

  it('refuses URLs that a PIM would not take', async () => {
    const { cloudFormation, activateUrl } = await testDeployment();
    const long = `${activateUrl}/${'x'.repeat(240)}/callback`;
    cloudFormation.outputs['CallbackUrl'] = long;
    expect((await ill())['Callback URL']?.detail).toContain(`it has ${long.length} characters`);
  });

  it('refuses plain http in production', async () => {
    const { cloudFormation } = await testDeployment();
    cloudFormation.outputs['Stage'] = 'production';
    expect((await ill())['Activate URL']?.detail).toContain('not an https address');
  });

  it('says that the activation URL does not answer', async () => {
    const { cloudFormation } = await testDeployment();
    await addPim({ pim: await simulatedPim() });
    cloudFormation.outputs['ActivateUrl'] = 'http://127.0.0.1:1/activate';
    const red = await ill();
    expect(red['Unlisted PIM']?.detail).toBe('the Activate URL refuses connections');
    expect(red['Listed PIM']?.detail).toBe('the Activate URL refuses connections');
  });

  it('says that the callback URL does not answer, or that something else does', async () => {
    const { cloudFormation } = await testDeployment();
    cloudFormation.outputs['CallbackUrl'] = 'http://127.0.0.1:1/callback';
    expect((await ill())['Empty callback']?.detail).toBe('the Callback URL refuses connections');
    cloudFormation.outputs['CallbackUrl'] = `${await pimThatAnswers(404)}/callback`;
    const red = await ill();
    expect(red['Empty callback']).toMatchObject({
      detail: 'answered with 404 instead of state_malformed',
      next: expect.stringContaining('the log of the callback function'),
    });
    expect(red['Headers of the callback']?.detail).toContain('content-security-policy');
  });

  it('notices that something else answers', async () => {
    const { cloudFormation } = await testDeployment();
    await addPim({ pim: await simulatedPim() });
    cloudFormation.outputs['ActivateUrl'] = `${await pimThatAnswers(404)}/activate`;
    const red = await ill();
    expect(red['Unlisted PIM']?.detail).toBe('answered with 404 instead of pim_not_listed');
    expect(red['Listed PIM']?.detail).toContain('instead of a redirect');
    expect(red['Browser cookie']?.detail).toContain('is not set');
    expect(red['Headers of pages']?.detail).toContain('content-security-policy');
  });

  it.each([
    ['Secure; ', '', 'secure is missing'],
    ['HttpOnly', 'x', 'httponly is missing'],
    ['SameSite=Lax', 'SameSite=None', 'samesite=lax is missing'],
    ['Path=/', 'Path=/activate', 'path=/ is missing'],
    ['Path=/', 'Path=/; Domain=example.com', 'it has a Domain'],
    ['__Host-', '', 'is not set'],
  ])('notices a cookie that lost %s to %j', async (from, to, problem) => {
    await testDeployment((name, value) =>
      name === 'set-cookie' ? value.replace(from, to) : value,
    );
    await addPim({ pim: await simulatedPim() });
    expect((await ill())['Browser cookie']?.detail).toContain(problem);
  });

  it.each([
    ['cache-control', 'public'],
    ['referrer-policy', 'origin'],
    ['strict-transport-security', 'max-age=0'],
    ['x-content-type-options', ''],
  ])('notices a weakened %s', async (header, weak) => {
    await testDeployment((name, value) => (name === header ? weak : value));
    await addPim({ pim: await simulatedPim() });
    const red = await ill();
    expect(red['Headers of redirects']?.detail).toContain(header);
    expect(red['Headers of pages']?.detail).toContain(header);
    expect(red['Headers of the callback']?.detail).toContain(header);
  });

  it.each([
    ['state=', 'x=', 'the state is not 256 bits long'],
    ['client_id=', 'client_id=x', 'client_id is not the one that is listed'],
    ['response_type=code', 'response_type=token', 'response_type is not'],
    ['/connect/apps', '/elsewhere', 'the browser is sent to'],
  ])('notices a redirect whose %s became %s', async (from, to, problem) => {
    await testDeployment((name, value) => (name === 'location' ? value.replace(from, to) : value));
    await addPim({ pim: await simulatedPim() });
    expect((await ill())['Listed PIM']?.detail).toContain(problem);
  });

  it.each([
    ['{"Resources":{"Stage":{"Type":"AWS::ApiGatewayV2::Stage","Properties":{}}}}'],
    ['{"Resources":{}}'],
    ['Resources: {}'],
  ])('notices an API without limits in %s', async (template) => {
    const { cloudFormation } = await testDeployment();
    cloudFormation.template = template;
    expect((await ill())['Throttling']?.detail).toContain('no rate and burst limit');
  });

  it('goes on when the template may not be read', async () => {
    const { cloudFormation } = await testDeployment();
    await addPim({ pim: await simulatedPim() });
    cloudFormation.template = undefined;
    const red = await ill();
    expect(Object.keys(red)).toEqual(['Throttling']);
    expect(red['Throttling']?.detail).toContain('cloudformation:GetTemplate is missing');
  });

  it.each([
    [404, {}, '', 'Apps are switched off'],
    [302, { location: 'https://login.example.com/x?CANARY' }, '', 'https://login.example.com)'],
    [403, {}, '', 'asks for a login'],
    [500, {}, 'broken', 'look at its log'],
  ])('says what a PIM means that answers %i', async (status, headers, body, advice) => {
    await testDeployment();
    await addPim({ pim: await pimThatAnswers(status, headers, body) });
    expect((await ill())['PIM answers']?.next).toContain(advice);
  });

  it('takes a PIM that has no OpenID keys yet', async () => {
    await testDeployment();
    await addPim({ pim: await pimThatAnswers(500, {}, '"No OpenId keys"') });
    expect(await ill()).toEqual({});
  });

  it('says which PIM does not answer, of any number', async () => {
    await testDeployment();
    const up = await pimThatAnswers(200);
    const paths = Array.from({ length: 9 }, (_, index) => `${up}/${index}`);
    for (const pim of [...paths, 'http://127.0.0.1:1']) await addPim({ pim });
    const { stdout } = await operate(['doctor']);
    expect(stdout.match(/✓ PIM answers/g)).toHaveLength(9);
    expect(stdout).toContain('✗ PIM answers  http://127.0.0.1:1 refuses connections');
  });

  it('notices a row that this stack would never serve', async () => {
    const { cloudFormation } = await testDeployment();
    await addPim({ pim: await simulatedPim() });
    cloudFormation.outputs['Stage'] = 'production';
    expect((await ill())['PIM answers']?.detail).toContain(
      'not an address that this stack accepts',
    );
  });

  it('says which secret is missing or being deleted', async () => {
    const { secretsManager } = await testDeployment();
    const pim = await simulatedPim();
    await addPim({ pim });
    for (const secret of secretsManager.secrets.values()) secret.deletedIn = 7;
    expect((await ill())['Client secret']?.detail).toBe(`of ${CLIENT_ID} is being deleted`);
    secretsManager.secrets.clear();
    expect((await ill())['Client secret']).toMatchObject({
      detail: `of ${CLIENT_ID} is missing`,
      next: expect.stringContaining(`pims rotate-secret ${pim}`),
    });
  });

  it('stops with one clear line when AWS cannot be asked', async () => {
    const { cloudFormation } = await testDeployment();
    cloudFormation.outputs['PimsTable'] = 'NoSuchTable';
    const { exit, stderr } = await operate(['doctor']);
    expect(exit).toBe(1);
    expect(stderr).toContain('A table or secret of the stack does not exist.');
  });
});
