import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { type TestAws, testAws } from './support/aws.ts';
import { connect } from './support/connections.ts';
import { NOON, operate, operateJson } from './support/operate.ts';
import { CLIENT_ID, PIM } from './support/pims.ts';

/** Sets attributes of the connection of {@link PIM}, as a check or a curious person does. */
async function setConnection(
  { dynamoDb }: TestAws,
  attributes: Readonly<Record<string, string>>,
): Promise<void> {
  const entries = Object.entries(attributes);
  const command = new UpdateItemCommand({
    TableName: 'Connections',
    Key: { pim: { S: PIM }, clientId: { S: CLIENT_ID } },
    UpdateExpression: `SET ${entries.map(([name]) => `#${name} = :${name}`).join(', ')}`,
    ExpressionAttributeNames: Object.fromEntries(entries.map(([name]) => [`#${name}`, name])),
    ExpressionAttributeValues: Object.fromEntries(
      entries.map(([name, value]) => [`:${name}`, { S: value }]),
    ),
  });
  await dynamoDb.send(command);
}

describe('connections list', () => {
  it('prints who connected, what was granted and what is missing', async () => {
    const aws = await testAws();
    await connect(aws);
    const { stdout } = await operate(['connections', 'list']);
    expect(stdout.split('\n')[1]).toBe(
      `${PIM}  ${CLIENT_ID}  connected  -       -        0123456789ab  2030-01-01T12:00:00Z  2030-01-01T12:00:00Z  1 granted, missing write_categories`,
    );
  });

  it('reads every page, and never a token', async () => {
    const aws = await testAws();
    const pims = Array.from({ length: 40 }, (_, index) => `https://p${index}.example.com`);
    for (const pim of pims) await connect(aws, { pim, bytes: 64 * 1024 });
    const rows = await operateJson(['connections', 'list']);
    expect(rows).toHaveLength(pims.length);
    expect(rows).toContainEqual({
      pim: 'https://p7.example.com',
      clientId: CLIENT_ID,
      status: 'connected',
      statusAt: null,
      health: null,
      checkedAt: null,
      requestedScopes: ['read_products', 'write_categories'],
      grantedScopes: ['read_products'],
      missingScopes: ['write_categories'],
      tokenFingerprint: '0123456789ab',
      firstConnectedAt: '2030-01-01T12:00:00.000Z',
      lastOpenedAt: '2030-01-01T12:00:00.000Z',
    });
  });

  it('reads one status from its index, every page of it', async () => {
    const aws = await testAws();
    const pims = Array.from({ length: 3 }, (_, index) => `https://p${index}.example.com`);
    for (const pim of pims) await connect(aws, { pim, granted: 'x'.repeat(390 * 1024) });
    await connect(aws);
    await setConnection(aws, { status: 'replaced' });
    const replaced = await operateJson(['connections', 'list', '--status', 'replaced']);
    expect(replaced).toEqual([expect.objectContaining({ pim: PIM, status: 'replaced' })]);
    const connected = await operateJson(['connections', 'list', '--status', 'connected']);
    expect(connected).toHaveLength(pims.length);
    const { stdout } = await operate(['connections', 'list', '--status', 'disconnected']);
    expect(stdout).toBe('No connection is disconnected.\n');
  });

  it('knows the statuses that there are', async () => {
    const { exit, stderr } = await operate(['connections', 'list', '--status', 'dead']);
    expect(exit).toBe(2);
    expect(stderr).toContain('connected, disconnected, replaced');
  });

  it('shows what the last check found, and when', async () => {
    const aws = await testAws();
    await connect(aws);
    await setConnection(aws, { health: 'unreachable', checkedAt: '2030-01-02T03:04:05.678Z' });
    const { stdout } = await operate(['connections', 'list']);
    expect(stdout).toContain('connected  unreachable  2030-01-02T03:04:05Z  0123456789ab');
    const rows = await operateJson(['connections', 'show', PIM]);
    expect(rows).toMatchObject([{ health: 'unreachable', checkedAt: '2030-01-02T03:04:05.678Z' }]);
  });

  it('shows since when a connection is dead, and no health that was found before', async () => {
    const aws = await testAws();
    await connect(aws);
    await setConnection(aws, { health: 'connected', checkedAt: '2030-01-02T03:04:05.678Z' });
    await setConnection(aws, { status: 'disconnected', statusAt: '2030-01-02T04:00:00.000Z' });
    const dead = 'disconnected since 2030-01-02T04:00:00Z';
    expect((await operate(['connections', 'list'])).stdout).toContain(`${dead}  -       -  `);
    const { stdout } = await operate(['connections', 'show', PIM]);
    expect(stdout).toContain(`Status           ${dead}\n`);
    expect(stdout).not.toContain('Health');
    const context = { status: 'disconnected', statusAt: '2030-01-02T04:00:00.000Z' };
    const hidden = { health: null, checkedAt: null };
    for (const argv of [
      ['connections', 'show', PIM],
      ['connections', 'list', '--status', 'disconnected'],
    ])
      expect(await operateJson(argv)).toMatchObject([{ ...context, ...hidden }]);
  });

  it('says how to connect when nobody has', async () => {
    await testAws();
    expect((await operate(['connections', 'list'])).stdout).toContain('Connect > App Store');
  });

  it('shows a count on a terminal once it takes a second, and erases it', async () => {
    const aws = await testAws();
    for (const pim of [PIM, 'https://b.example.com']) await connect(aws, { pim });
    let time = NOON;
    const now = () => (time += 600);
    const { stdout, stderr } = await operate(['connections', 'list'], { isTTY: true, now });
    expect(stderr).toBe('\r\u001B[2KReading connections: 2\r\u001B[2K');
    expect(stdout).not.toContain('Reading');
    const piped = await operate(['connections', 'list'], { now });
    expect(piped.stderr).toBe('');
  });

  it('prints no control character that a PIM may have granted', async () => {
    const aws = await testAws();
    await connect(aws);
    await setConnection(aws, { health: '\u001B[2Jgone', checkedAt: new Date(NOON).toISOString() });
    expect((await operate(['connections', 'list'])).stdout).toContain('\\u001b[2Jgone');
  });

  it('prints no C1 control or mark of writing direction, for programs neither', async () => {
    const aws = await testAws();
    await connect(aws);
    const health = '\u009B2J\u202Egone\u2028';
    await setConnection(aws, { health, checkedAt: new Date(NOON).toISOString() });
    for (const flags of [[], ['--json']]) {
      const { stdout } = await operate(['connections', 'list', ...flags]);
      expect(stdout).toContain('\\u009b2J\\u202egone\\u2028');
    }
    expect(JSON.stringify(await operateJson(['connections', 'list']))).toContain(health);
  });
});

describe('connections show', () => {
  it('prints every connection of a PIM, or the one of a client id', async () => {
    const aws = await testAws();
    await connect(aws, { granted: 'read_products write_categories' });
    await connect(aws, { clientId: 'other' });
    await connect(aws, { pim: 'https://b.example.com' });
    expect(await operateJson(['connections', 'show', `${PIM}/`])).toHaveLength(2);
    const argv = ['connections', 'show', PIM, '--client-id', CLIENT_ID];
    const { stdout } = await operate(argv);
    expect(stdout).toMatch(/Missing +nothing\n/);
    expect(stdout).toMatch(/Health +not checked yet; check it: npm run app -- connections check\n/);
    expect(stdout).not.toContain('other');
  });

  it('says that a PIM has not connected, and what to do', async () => {
    await testAws();
    const { exit, stderr } = await operate(['connections', 'show', PIM, '--client-id', 'other']);
    expect(exit).toBe(1);
    expect(stderr).toContain(`${PIM} has not connected with client id other.`);
    expect(stderr).toContain('Connect > App Store');
  });

  it('wants one PIM, not a suffix', async () => {
    await testAws();
    expect((await operate(['connections', 'show', '*.cloud.akeneo.com'])).exit).toBe(2);
  });
});
