import {
  CancelKeyDeletionCommand,
  DisableKeyCommand,
  EnableKeyCommand,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Connections } from '../../../reader/index.ts';
import { openConnections } from '../../../reader/index.ts';
import { type ListedPim, SCOPES, untilCallback } from '../../support/journeys/journey-world.ts';
import type { DeployedWorld } from '../support/deployed-world.ts';
import { readLogs } from '../support/functions.ts';
import { openWithNewScopes } from './events.contract.ts';

const NEW_SCOPE = 'write_channel_settings';
const VERSION = '/api/rest/v1/system-information';
/** A running function may know the old row for a minute. */
const NOTICED_MS = 75_000;
const CONNECTED = /<h1>(Connected|You are connected)<\/h1>/;

/** The steps of `docs/incidents.md`, as far as the emulator reaches: it throttles nobody and sends no mail. */
export function incidentDrills(world: () => DeployedWorld): void {
  describe('an incident', () => {
    leakedToken(world);
    leakedSecret(world);
    hostilePim(world);
    unusableKey(world);
  });
}

function leakedToken(world: () => DeployedWorld): void {
  it('of a leaked token ends with other scopes: the PIM refuses the old token, the new one is stored', async () => {
    const listed = await world().startPim();
    const { pim, clientId } = listed;
    const { operator } = world().deployment;
    await world().user(listed).connect(clientId);
    const leaked = await tokenOf(world(), listed);
    const backEnd = backEndOf(world());
    expect((await backEnd.fetch(pim.url, VERSION, { clientId })).status).toBe(200);
    await operator.json(['pims', 'update', pim.url, '--scopes', `${SCOPES} ${NEW_SCOPE}`]);
    await operator.json(['connections', 'notify-scopes', pim.url, '--yes']);
    expect(await statusFor(listed, leaked)).toBe(200);
    await openWithNewScopes(world(), listed, NEW_SCOPE);

    expect(await statusFor(listed, leaked)).toBe(401);
    expect(await statusFor(listed, await tokenOf(world(), listed))).toBe(200);
    expect((await backEnd.fetch(pim.url, VERSION, { clientId })).status).toBe(200);
  });

  it('of a leaked token ends at once when the App is disconnected, and the next user connects anew', async () => {
    const listed = await world().startPim();
    const user = world().user(listed);
    await user.connect(listed.clientId);
    const leaked = await tokenOf(world(), listed);
    const before = await shown(world(), listed);
    await user.disconnect(listed.clientId);
    expect(await statusFor(listed, leaked)).toBe(401);
    const { url } = listed.pim;
    const call = () => backEndOf(world()).fetch(url, VERSION, { clientId: listed.clientId });
    await expect(call()).rejects.toMatchObject({ code: 'app_disconnected' });
    const page = await user.connect(listed.clientId);

    expect(page.body).toMatch(CONNECTED);
    expect(await shown(world(), listed)).not.toEqual(before);
    expect((await call()).status).toBe(200);
    expect(await statusFor(listed, leaked)).toBe(401);
    expect(await statusFor(listed, await tokenOf(world(), listed))).toBe(200);
  });
}

function leakedSecret(world: () => DeployedWorld): void {
  it('of a leaked secret ends with a new one: no user who comes afterwards and no token notices', async () => {
    const listed = await world().startPim();
    const { pim, clientId } = listed;
    const user = world().user(listed);
    await user.connect(clientId);
    const token = await tokenOf(world(), listed);
    const secret = await pim.regenerateSecret(clientId);
    await world().deployment.operator.json(['pims', 'rotate-secret', pim.url], secret);
    const page = await user.openApp(clientId);

    expect(page.body).toMatch(CONNECTED);
    expect(await tokenOf(world(), listed)).toBe(token);
    expect(await statusFor(listed, token)).toBe(200);
  });
}

function hostilePim(world: () => DeployedWorld): void {
  it('of a hostile PIM ends with its removal: whoever is on the way there is refused, and sends no code', async () => {
    const listed = await world().startPim();
    const { user, callback } = await untilCallback(world(), listed);
    const { operator } = world().deployment;
    const removed = await operator.json(['pims', 'remove', listed.pim.url, '--yes']);
    const page = await user.session.get(callback);
    await vi.waitFor(
      async () => {
        const again = await user.session.get(await user.activateUrl(listed.clientId));
        expect(again.body).toContain('pim_not_listed');
      },
      { timeout: NOTICED_MS, interval: 1_000 },
    );

    expect(removed).toMatchObject({ removed: true, flows: 1, secret: 'deleted' });
    expect(page.body).toContain('state_unknown');
    expect(listed.pim.requests.filter(({ path }) => path.endsWith('/oauth2/token'))).toEqual([]);
  });
}

function unusableKey(world: () => DeployedWorld): void {
  describe('of the token key', () => {
    const KeyId = () => world().output('TokenKeyArn');
    let kms: DeployedWorld['deployment']['kms'];
    beforeEach(() => {
      ({ kms } = world().deployment);
    });
    // Also after a failure: every other journey needs the key.
    afterEach(() => kms.send(new EnableKeyCommand({ KeyId: KeyId() })));

    it('that is disabled shows on the page and in the log, and ends when the key is enabled', async () => {
      const listed = await world().startPim();
      const user = world().user(listed);
      await kms.send(new DisableKeyCommand({ KeyId: KeyId() }));
      const refused = await user.connect(listed.clientId);
      expect([refused.status, refused.body]).toEqual([
        503,
        expect.stringContaining('token_not_saved'),
      ]);
      expect(await lineOf(world(), 'token_not_saved', listed)).toMatchObject({
        dependency: 'kms',
        errorName: 'DisabledException',
      });
      await kms.send(new EnableKeyCommand({ KeyId: KeyId() }));
      const page = await user.openApp(listed.clientId);

      expect(page.body).toMatch(CONNECTED);
      expect(await statusFor(listed, await tokenOf(world(), listed))).toBe(200);
      expect(listed.tokensIssued()).toBe(1);
    });

    it('that is scheduled for deletion is noticed by the health check, and saved by cancelling that', async () => {
      const listed = await world().startPim();
      const user = world().user(listed);
      await user.connect(listed.clientId);
      await kms.send(new ScheduleKeyDeletionCommand({ KeyId: KeyId(), PendingWindowInDays: 7 }));
      await world().sweep();
      const opened = await user.openApp(listed.clientId);
      await kms.send(new CancelKeyDeletionCommand({ KeyId: KeyId() }));
      await kms.send(new EnableKeyCommand({ KeyId: KeyId() }));

      // Of all connections that fail for this reason, a sweep names twenty.
      expect(await linesOf(world(), 'check_failed')).toContainEqual(
        expect.objectContaining({ problem: 'KMSInvalidStateException' }),
      );
      expect(opened.body).toMatch(CONNECTED);
      expect(await statusFor(listed, await tokenOf(world(), listed))).toBe(200);
    });
  });
}

async function tokenOf(world: DeployedWorld, listed: ListedPim): Promise<string> {
  const connection = await world.connection(listed);
  if (!connection) throw new Error(`${listed.pim.url} has not connected.`);
  return connection.accessToken;
}

/** What `connections show` says of the token, which it does not show. */
async function shown({ deployment }: DeployedWorld, { pim }: ListedPim): Promise<unknown> {
  const [row] = (await deployment.operator.json(['connections', 'show', pim.url])) as {
    tokenFingerprint: string;
  }[];
  return row?.tokenFingerprint;
}

/** A back end with the library, which has called no PIM yet. */
function backEndOf(world: DeployedWorld): Connections {
  const { dynamoDb, kms } = world.deployment;
  return openConnections({
    tableName: world.tables.connections,
    tokenKeyId: world.output('TokenKeyArn'),
    dynamoDb,
    kms,
    dangerouslyAllowHttpPimOnLoopback: true,
  });
}

/** What the PIM answers to whoever holds the token. */
async function statusFor({ pim }: ListedPim, token: string): Promise<number> {
  const { status } = await fetch(pim.url + VERSION, {
    headers: { authorization: `Bearer ${token}` },
  });
  return status;
}

/** The log's line of that message about the PIM. */
async function lineOf(world: DeployedWorld, message: string, { pim }: ListedPim): Promise<unknown> {
  const line = (await linesOf(world, message)).find((one) => one['pim'] === pim.url);
  if (line === undefined) throw new Error(`The log has no ${message} of ${pim.url}.`);
  return line;
}

/** The log's lines of that message. */
async function linesOf(
  { deployment }: DeployedWorld,
  message: string,
): Promise<Readonly<Record<string, unknown>>[]> {
  const lines = await readLogs(deployment.logs);
  return lines
    .filter((line) => line.includes(`"message":"${message}"`))
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}
