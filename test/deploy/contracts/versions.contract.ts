import {
  type LambdaClient,
  ListVersionsByFunctionCommand,
  UpdateAliasCommand,
} from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { LIVE_ALIAS } from '../../../functions/stack-outputs.ts';
import type { DeployedWorld } from '../support/deployed-world.ts';
import { functionName } from '../support/functions.ts';

/** Whose variables the deployment below changes, of those that answer URLs. */
const ENDPOINTS = ['ActivationActivate', 'ActivationCallback'];

/** What a second deployment changes, and how `docs/operate.md` goes back from one that turns out bad. */
export function versionChecks(world: () => DeployedWorld): void {
  describe('a second deployment', () => {
    it('changes nothing with the same settings', async () => {
      const { stdout, stderr, outputs } = await world().deployment.cdk.deploy();

      expect(stdout + stderr).toContain('(no changes)');
      expect(Object.values(outputs)).toEqual([world().deployment.outputs]);
    });

    it('is what the URLs serve with others, until somebody goes back to the versions before', async () => {
      const listed = await world().startPim();
      const user = world().user(listed);
      const activate = async () => user.session.get(await user.activateUrl(listed.clientId));
      const { cdk, lambda } = world().deployment;
      // The simulated PIM is at plain http, so whoever has this setting refuses it.
      await cdk.deploy({ dangerouslyAllowHttpPimOnLoopback: 'false' });
      const refused = await activate();
      for (const endpoint of ENDPOINTS) await goBack(lambda, endpoint);
      const page = await user.connect(listed.clientId);

      expect(refused.body).toContain('pim_url_malformed');
      expect(page.body).toContain('<h1>Connected</h1>');
    });
  });
}

async function goBack(client: LambdaClient, part: string): Promise<void> {
  const FunctionName = await functionName(client, part);
  const list = new ListVersionsByFunctionCommand({ FunctionName });
  const { Versions: [, ...published] = [] } = await client.send(list);
  const FunctionVersion = published.at(-2)?.Version;
  await client.send(new UpdateAliasCommand({ FunctionName, Name: LIVE_ALIAS, FunctionVersion }));
}
