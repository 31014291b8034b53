import { describe, expect, it } from 'vitest';
import { type TestAws, testAws } from './support/aws.ts';
import { connect, damage, pimThatAnswers } from './support/connections.ts';
import { type Outcome, operate } from './support/operate.ts';
import { addPim, CLIENT_ID, PIM } from './support/pims.ts';

// One row that somebody changed by hand made each of these commands print nothing at all, and end with an error that did
// not say which PIM it was.

const GOOD_PIM = 'https://good.example.com';
const MALFORMED_ROW = `${PIM} (client id ${CLIENT_ID}): A row of Connections has no usable "grantedScopes".`;
const NEXT =
  'Let a user open the App from that PIM once, which writes its row anew. Or remove what is stored of it: npm run app -- connections forget <pim>';

/** Two connected PIMs, the row of one of them without its granted scopes. */
async function oneGoodOneMalformed(): Promise<TestAws> {
  const aws = await testAws();
  await connect(aws);
  await connect(aws, { pim: GOOD_PIM });
  await damage(aws, 'grantedScopes');
  return aws;
}

function expectMalformed({ exit, stderr }: Outcome, row = MALFORMED_ROW): void {
  expect(exit).toBe(1);
  expect(stderr).toContain('1 connection cannot be read, because somebody changed the table by');
  expect(stderr).toContain(`\n  ${row}\n  next: ${NEXT}\n`);
}

describe('connections list with a row that somebody changed by hand', () => {
  it.each([[[]], [['--status', 'connected']]])('shows every other with %j', async (options) => {
    await oneGoodOneMalformed();
    const outcome = await operate(['connections', 'list', ...options]);
    expect(outcome.stdout).toContain(GOOD_PIM);
    expect(outcome.stdout).not.toContain(PIM);
    expectMalformed(outcome);
  });

  it('stays JSON for programs, on both outputs', async () => {
    await oneGoodOneMalformed();
    const { exit, stdout, stderr } = await operate(['connections', 'list', '--json']);
    expect(exit).toBe(1);
    expect(JSON.parse(stdout)).toEqual([expect.objectContaining({ pim: GOOD_PIM })]);
    expect(JSON.parse(stderr)).toEqual({
      error: { kind: 'failure', message: expect.stringContaining(MALFORMED_ROW), next: NEXT },
    });
  });

  it('names every one of them, and does not say that nobody has connected', async () => {
    const aws = await oneGoodOneMalformed();
    await damage(aws, 'lastOpenedAt', { pim: GOOD_PIM });
    const { stdout, stderr } = await operate(['connections', 'list']);
    expect(stdout).toBe('');
    expect(stderr).toContain('2 connections cannot be read');
    expect(stderr).toContain(`\n  ${GOOD_PIM} (client id ${CLIENT_ID}): `);
    expect(stderr).toContain('no usable "lastOpenedAt"');
    expect(stderr).toContain(`\n  ${MALFORMED_ROW}\n`);
  });

  it('names one that has lost its status, by which the others are found', async () => {
    const aws = await oneGoodOneMalformed();
    await connect(aws);
    await damage(aws, 'status');
    const row = MALFORMED_ROW.replace('grantedScopes', 'status');
    const outcome = await operate(['connections', 'list']);
    expect(outcome.stdout).toContain(GOOD_PIM);
    expectMalformed(outcome, row);
  });
});

describe('connections show of a row that somebody changed by hand', () => {
  it('names it', async () => {
    await oneGoodOneMalformed();
    const outcome = await operate(['connections', 'show', PIM]);
    expect(outcome.stdout).toBe('');
    expectMalformed(outcome);
    expect((await operate(['connections', 'show', PIM, '--json'])).stdout).toBe('[]\n');
  });

  it('shows the other connection of the PIM all the same', async () => {
    const aws = await oneGoodOneMalformed();
    await connect(aws, { clientId: 'another' });
    const both = await operate(['connections', 'show', PIM]);
    expect(both.stdout).toMatch(/Client id +another\n/);
    expectMalformed(both);
    const one = await operate(['connections', 'show', PIM, '--client-id', 'another']);
    expect(one.exit).toBe(0);
  });

  it('shows it whole once a user has opened the App', async () => {
    const aws = await oneGoodOneMalformed();
    await connect(aws);
    expect((await operate(['connections', 'show', PIM])).exit).toBe(0);
  });
});

describe('connections notify-scopes with a row that somebody changed by hand', () => {
  it('asks every other PIM, then names it', async () => {
    const aws = await testAws({ Stage: 'development' });
    const { pim } = await pimThatAnswers(aws, 200, {}, '"Ok"');
    await addPim({ pim });
    await connect(aws);
    await damage(aws, 'grantedScopes');
    const outcome = await operate(['connections', 'notify-scopes', '--yes']);
    expect(outcome.stdout).toBe(`✓ ${pim}  was asked to prompt its users: write_categories\n`);
    expectMalformed(outcome);
  });

  it('names it along with the PIMs that could not be asked', async () => {
    const aws = await testAws({ Stage: 'development' });
    const { pim } = await pimThatAnswers(aws, 500);
    await addPim({ pim });
    await connect(aws);
    await damage(aws, 'grantedScopes');
    const outcome = await operate(['connections', 'notify-scopes', '--yes', '--json']);
    expect(JSON.parse(outcome.stdout)).toMatchObject([{ pim, outcome: 'unreachable' }]);
    const { error } = JSON.parse(outcome.stderr);
    expect(error.message).toContain('1 of 1 PIMs could not be asked. 1 connection cannot be read');
    expect(error.next).toContain(NEXT);
  });

  it.each([[[]], [[PIM]]])('names it when there is nothing else with %j', async (options) => {
    const aws = await testAws();
    await connect(aws);
    await damage(aws, 'grantedScopes');
    const outcome = await operate(['connections', 'notify-scopes', ...options]);
    expect(outcome.stdout).toBe('');
    expectMalformed(outcome);
  });

  // A row without a ciphertext ended the command at this PIM, and no PIM after it was asked.
  it('goes on after a row without its token', async () => {
    const aws = await testAws({ Stage: 'development' });
    const malformed = await pimThatAnswers(aws, 200, {}, '"Ok"');
    const good = await pimThatAnswers(aws, 200, {}, '"Ok"');
    for (const { pim } of [malformed, good]) await addPim({ pim, more: ['--app-store'] });
    await damage(aws, 'encryptedToken', { pim: malformed.pim });
    const { exit, stdout } = await operate(['connections', 'notify-scopes', '--yes']);
    expect(exit).toBe(1);
    expect(stdout).toContain(`✓ ${good.pim}  was asked`);
    expect(stdout).toContain(`✗ ${malformed.pim}  has a stored token that cannot be decrypted`);
    expect(stdout).toContain('disconnect the App in the PIM and connect it again');
    expect(malformed.received).toEqual([]);
  });
});
