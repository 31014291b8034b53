import { describe, expect, it } from 'vitest';
import { rows } from '../../support/all-rows.ts';
import { loginApp } from '../../support/login-app.ts';
import { LOGIN_SCOPES } from '../../support/login-world.ts';
import { STACKS } from '../support/cdk.ts';
import type { DeployedWorld } from '../support/deployed-world.ts';

/** What changes for a stack in use when it begins to tell Apps who opens them. */
export function loginJourneys(world: () => DeployedWorld): void {
  describe('a stack with identity', () => {
    it('hands a login over to the App that asks, once, and keeps nothing of it', async () => {
      const {
        app: { url },
        tables,
        deployment,
      } = world();
      const { cdk, dynamoDb } = deployment;
      const outputs = (await cdk.deploy({ identity: 'true' })).outputs[STACKS.development] ?? {};
      const { LoginUrl, LoginsTable = '' } = outputs;
      expect(LoginUrl).toBe(`${url}/login`);

      const reader = { dynamoDb, tableName: tables.connections, loginsTableName: LoginsTable };
      const app = await loginApp({ url, reader });
      const { loginUrl, redirectUrl } = app;
      const listed = await world().startPim({ scopes: LOGIN_SCOPES, loginUrl, redirectUrl });
      const user = world().user(listed);
      expect((await user.connect(listed.clientId)).body).toMatch(/^Hello [\w-]{43}$/);
      expect((await user.openApp(listed.clientId)).body).toMatch(/^Hello [\w-]{43}$/);

      const [first, again] = app.logins;
      expect(first).toMatchObject({
        pim: listed.pim.url,
        clientId: listed.clientId,
        givenName: expect.stringMatching(/Julia$/),
        emailVerified: false,
      });
      expect(again).toMatchObject({ sub: first?.sub, tenant: first?.tenant });
      expect(await rows({ client: dynamoDb }, LoginsTable)).toEqual([]);
    });
  });
}
