import { beforeAll, describe, expect, it } from 'vitest';
import { redirectTarget } from '../../../simulator/user/browser-session.ts';
import { rows } from '../../support/all-rows.ts';
import { marksIn } from '../../support/canary.ts';
import { loginApp } from '../../support/login-app.ts';
import { LOGIN_SCOPES } from '../../support/login-world.ts';
import { STACKS } from '../support/cdk.ts';
import type { DeployedWorld } from '../support/deployed-world.ts';

/** What changes for a stack in use when it begins to tell Apps who opens them. */
export function loginJourneys(world: () => DeployedWorld): void {
  describe('a stack with identity', () => {
    let table: string;
    const waiting = () => rows({ client: world().deployment.dynamoDb }, table);

    beforeAll(async () => {
      const { cdk } = world().deployment;
      const outputs = (await cdk.deploy({ identity: 'true' })).outputs[STACKS.development] ?? {};
      expect(outputs['LoginUrl']).toBe(`${world().app.url}/login`);
      table = outputs['LoginsTable'] ?? '';
    });

    /** An App that logs PIM users in, and one of its PIMs. */
    async function appInPim() {
      const { url } = world().app;
      const { dynamoDb } = world().deployment;
      const tableName = world().tables.connections;
      const app = await loginApp({ url, reader: { dynamoDb, tableName, loginsTableName: table } });
      const { loginUrl, redirectUrl } = app;
      const listed = await world().startPim({ scopes: LOGIN_SCOPES, loginUrl, redirectUrl });
      const user = world().user(listed);
      expect((await user.connect(listed.clientId)).body).toMatch(/^Hello [\w-]{43}$/);
      return { app, listed, user };
    }

    it('hands a login over to the App that asks, once, and keeps nothing of it', async () => {
      const { app, listed, user } = await appInPim();
      expect((await user.openApp(listed.clientId)).body).toMatch(/^Hello [\w-]{43}$/);

      const [first, again] = app.logins;
      expect(first).toMatchObject({
        pim: listed.pim.url,
        clientId: listed.clientId,
        givenName: expect.stringMatching(/Julia$/),
        emailVerified: false,
      });
      expect(again).toMatchObject({ sub: first?.sub, tenant: first?.tenant });
      expect(await waiting()).toEqual([]);
    });

    it('names nobody in its table, and tells no other browser who waits', async () => {
      const { listed, user } = await appInPim();
      const activate = await user.openAppUrl(listed.clientId);
      const step = await user.authorize(await user.startActivation(activate));
      const target = step.kind === 'callback' && redirectTarget(await user.session.get(step.url));
      const [row, ...others] = await waiting();
      expect(Object.keys(row ?? {}).sort()).toEqual(['expiresAt', 'id', 'sealed']);
      expect(marksIn(Buffer.from(row?.['sealed']?.B ?? []).toString('latin1'))).toEqual([]);
      expect(others).toEqual([]);

      const start = String(target);
      expect((await world().browser().follow(start)).body).toBe('Open the App in your PIM');
      expect((await user.session.follow(start)).body).toMatch(/^Hello [\w-]{43}$/);
      expect(await waiting()).toEqual([]);
    });

    it('opens the App without a login when the PIM’s word is forged', async () => {
      const { listed, user } = await appInPim();
      const { pim, clientId } = listed;
      pim.orderFault({ at: 'token', kind: 'forged-id-token', forgery: 'other-key' });
      expect((await user.openApp(clientId)).body).toBe('Open the App in your PIM');
      expect((await user.openApp(clientId)).body).toMatch(/^Hello [\w-]{43}$/);
    });
  });
}
