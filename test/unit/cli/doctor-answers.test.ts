import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { testDeployment } from './support/deployment.ts';
import { failedChecks, pimThatAnswers, simulatedPim } from './support/doctor.ts';
import { operate } from './support/operate.ts';
import { addPim } from './support/pims.ts';

describe('doctor, of what the two URLs answer', () => {
  it('shows neither the state nor the cookie', async () => {
    const { dynamoDb } = await testDeployment();
    await addPim({ pim: await simulatedPim() });
    const { stdout } = await operate(['doctor']);
    const { Items = [] } = await dynamoDb.send(new ScanCommand({ TableName: 'Flows' }));
    expect(Items).toHaveLength(1);
    expect(stdout).not.toContain('state=');
    expect(stdout).not.toMatch(/[A-Za-z0-9_-]{43}/);
  });

  it('says that the activation URL does not answer', async () => {
    const { cloudFormation } = await testDeployment();
    await addPim({ pim: await simulatedPim() });
    cloudFormation.outputs['ActivateUrl'] = 'http://127.0.0.1:1/activate';
    const red = await failedChecks();
    expect(red['Unlisted PIM']?.detail).toBe('the Activate URL refuses connections');
    expect(red['Listed PIM']?.detail).toBe('the Activate URL refuses connections');
  });

  it('says that the callback URL does not answer, or that something else does', async () => {
    const { cloudFormation } = await testDeployment();
    cloudFormation.outputs['CallbackUrl'] = 'http://127.0.0.1:1/callback';
    expect((await failedChecks())['Empty callback']?.detail).toBe(
      'the Callback URL refuses connections',
    );
    cloudFormation.outputs['CallbackUrl'] = `${await pimThatAnswers(404)}/callback`;
    const red = await failedChecks();
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
    const red = await failedChecks();
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
    expect((await failedChecks())['Browser cookie']?.detail).toContain(problem);
  });

  it.each([
    ['cache-control', 'public'],
    ['referrer-policy', 'origin'],
    ['strict-transport-security', 'max-age=0'],
    ['x-content-type-options', ''],
  ])('notices a weakened %s', async (header, weak) => {
    await testDeployment((name, value) => (name === header ? weak : value));
    await addPim({ pim: await simulatedPim() });
    const red = await failedChecks();
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
    expect((await failedChecks())['Listed PIM']?.detail).toContain(problem);
  });
});
