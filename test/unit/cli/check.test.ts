import { describe, expect, it } from 'vitest';
import { progressBar } from '../../../cli/terminal/progress.ts';
import { httpServer } from '../../support/http-server.ts';
import { type TestAws, testAws } from './support/aws.ts';
import { connect, connectedPim, pimThatAnswers } from './support/connections.ts';
import { type Keyboard, NOON, operate, operateJson, TOKEN } from './support/operate.ts';
import { PIM } from './support/pims.ts';

const CHECK = ['connections', 'check'];
const SYSTEM_INFORMATION = '{"version":"master","edition":"CE"}';

/** A stack that takes PIMs on this machine. */
function development(): Promise<TestAws> {
  return testAws({ Stage: 'development' });
}

/** Every check begins a minute after the one before. */
function minuteByMinute(): () => number {
  let time = NOON;
  return () => (time += 60_000);
}

describe('connections check', () => {
  it('counts the tokens that work, and records when it was seen', async () => {
    const aws = await development();
    const { url } = await connectedPim(aws);
    const { exit, stdout, stderr } = await operate(CHECK);
    expect(exit).toBe(0);
    expect(stderr).toBe('');
    expect(stdout).toBe('HEALTH     COUNT  MEANING\nconnected  1      the token works\n');
    expect(await operateJson(['connections', 'show', url])).toMatchObject([
      { status: 'connected', health: 'connected', checkedAt: '2030-01-01T12:00:00.000Z' },
    ]);
  });

  it('marks a connection that two checks find dead, and says so', async () => {
    const aws = await development();
    const { url, pim, clientId } = await connectedPim(aws);
    pim.disconnect(clientId);
    const now = minuteByMinute();
    const first = await operate([...CHECK, url], { now });
    expect(first.exit).toBe(1);
    expect(first.stdout).toContain(`✗ ${url}  (client id ${clientId})  disconnected\n`);
    expect(first.stderr).toContain('1 of 1 connections are in trouble.');
    expect((await operate(['connections', 'list'])).stdout).toContain('connected  disconnected');
    const second = await operate([...CHECK, url], { now });
    expect(second.stdout).toContain('disconnected, for the second time: marked so');
    const third = await operate([...CHECK, url], { now });
    expect(third.exit).toBe(0);
    expect(third.stdout).toContain('no live connection');
    const dead = await operateJson(['connections', 'list', '--status', 'disconnected']);
    expect(dead).toMatchObject([{ pim: url, statusAt: expect.any(String) }]);
  });

  it('tells the classes apart, for programs', async () => {
    const aws = await development();
    await connectedPim(aws);
    const forbidden = await pimThatAnswers(aws, 403, {}, '{"code":403,"message":"no"}');
    const down = await pimThatAnswers(aws, 503);
    const page = await pimThatAnswers(aws, 200, {}, '<html>');
    const replaced = await connectedPim(aws);
    await connect(aws, { ...replaced, pim: replaced.url, token: `${TOKEN}Unknown` });
    const checked = await operateJson(CHECK);
    expect(checked).toMatchObject({
      isComplete: true,
      checks: 5,
      byHealth: { connected: 1, forbidden: 1, unreachable: 1, 'not-a-pim': 1, replaced: 1 },
      failed: 0,
      troubles: expect.arrayContaining([
        expect.objectContaining({ pim: forbidden.pim, health: 'forbidden' }),
        expect.objectContaining({ pim: down.pim, health: 'unreachable' }),
        expect.objectContaining({ pim: page.pim, health: 'not-a-pim' }),
        expect.objectContaining({ pim: replaced.url, health: 'replaced' }),
      ]),
    });
  });

  it('calls only the PIM that is named', async () => {
    const aws = await development();
    const named = await pimThatAnswers(aws, 200, {}, SYSTEM_INFORMATION);
    const other = await pimThatAnswers(aws, 200, {}, SYSTEM_INFORMATION);
    const { exit } = await operate([...CHECK, `${named.pim}/`]);
    expect(exit).toBe(0);
    expect(named.received).toMatchObject([
      { path: '/api/rest/v1/system-information', headers: { authorization: `Bearer ${TOKEN}` } },
    ]);
    expect(other.received).toEqual([]);
  });

  it('says that a PIM has not connected', async () => {
    await testAws();
    const { exit, stderr } = await operate([...CHECK, PIM]);
    expect(exit).toBe(1);
    expect(stderr).toContain(`${PIM} has not connected`);
  });

  it('names the rights that it needs when it lacks them', async () => {
    const aws = await development();
    await connect(aws);
    aws.kms.fail({ status: 400, body: '{"__type":"AccessDeniedException","message":"CANARY"}' });
    const { exit, stdout } = await operate(CHECK);
    expect(exit).toBe(1);
    expect(stdout).toContain('could not be checked: AccessDeniedException');
    expect(stdout).toContain('it needs kms:Decrypt and dynamodb:UpdateItem');
  });

  it('draws a bar on a terminal once it takes a second, and cleans up', async () => {
    const aws = await development();
    await pimThatAnswers(aws, 200, {}, SYSTEM_INFORMATION);
    const { stderr } = await operate(CHECK, { isTTY: true, now: minuteByMinute() });
    expect(stderr).toBe(`\r\u001B[2KChecking connections [${'█'.repeat(30)}] 1 of 1\r\u001B[2K`);
  });

  it('stops at Ctrl-C after the checks that are under way, and tells what was found', async () => {
    const aws = await development();
    const keyboard: Keyboard = {};
    const { url, received } = await httpServer((response) => {
      keyboard.ctrlC?.();
      response.end(SYSTEM_INFORMATION);
    });
    await connect(aws, { pim: url, clientId: 'a' });
    await connect(aws, { pim: url, clientId: 'b' });
    const { exit, stdout, stderr } = await operate(CHECK, { keyboard, isTTY: true });
    expect(exit).toBe(130);
    expect(stdout).toContain('connected  1 ');
    expect(stderr).toContain('Ctrl-C once more ends at once.');
    expect(stderr).toContain('Interrupted');
    expect(received).toHaveLength(1);
  });
});

describe('progressBar', () => {
  it('is never fuller than full', () => {
    expect(progressBar(1, 4)).toBe(`[${'█'.repeat(7)}${'░'.repeat(23)}] 1 of 4`);
    expect(progressBar(5, 4)).toBe(`[${'█'.repeat(30)}] 5 of 4`);
    expect(progressBar(0, 0)).toBe(`[${'█'.repeat(30)}] 0 of 0`);
  });
});
