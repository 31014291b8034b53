import { describe, expect, it } from 'vitest';
import { testDeployment } from './support/deployment.ts';
import { failedChecks, simulatedPim } from './support/doctor.ts';
import { addPim } from './support/pims.ts';

/** A label has at most 63 characters, so the resolver refuses this name without asking a name server. */
const UNKNOWN_HOST = `${'x'.repeat(64)}.example.com`;
const TARGET = 'd-abc123.execute-api.eu-west-1.amazonaws.com';
const CHECKS = ['Unlisted PIM', 'Empty callback', 'Listed PIM'];

async function adviceFor(host: string, outputs: Record<string, string>) {
  const { cloudFormation } = await testDeployment();
  await addPim({ pim: await simulatedPim() });
  const urls = {
    ActivateUrl: `https://${host}/activate`,
    CallbackUrl: `https://${host}/callback`,
  };
  Object.assign(cloudFormation.outputs, urls, outputs);
  const red = await failedChecks();
  return CHECKS.map((check) => red[check]?.next);
}

describe('doctor, of a custom domain', () => {
  // It said to deploy again, which makes no record where the stack has no hosted zone.
  it('says where to point one that does not resolve yet', async () => {
    const advice = `Point ${UNKNOWN_HOST} at ${TARGET} (a CNAME, or an alias record).`;
    expect(await adviceFor(UNKNOWN_HOST, { CustomDomainTarget: TARGET })).toEqual(
      CHECKS.map(() => expect.stringContaining(advice)),
    );
  });

  it.each([
    ['one that resolves', '127.0.0.1:1', { CustomDomainTarget: TARGET }],
    ['a generated address', UNKNOWN_HOST, {}],
  ])('says to deploy again for %s', async (_what, host, outputs) => {
    expect(await adviceFor(host, outputs)).toEqual(
      CHECKS.map(() => expect.stringContaining('npx cdk deploy')),
    );
  });
});
