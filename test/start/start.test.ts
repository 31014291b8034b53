import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readStartOptions } from '../../local/options.ts';
import { startSimulatedPim } from '../../simulator/index.ts';
import { BrowserSession, PimUser } from '../../simulator/user/index.ts';
import { marked } from '../support/canary.ts';
import { closedPort, httpServer, listen } from '../support/http-server.ts';
import { type Ready, runStart, startApp } from '../support/started-app.ts';

/** The rows of a table, read where `--json` says that the tables are. */
async function rows(ready: Ready, table: keyof Ready['dynamodb']['tables']) {
  const { endpoint, region, tables } = ready.dynamodb;
  const credentials = { accessKeyId: 'any', secretAccessKey: 'any' };
  const client = new DynamoDBClient({ endpoint, region, credentials });
  const { Items = [] } = await client.send(new ScanCommand({ TableName: tables[table] }));
  client.destroy();
  return Items;
}

describe('npm start', () => {
  it('brings an App and a simulated PIM that connect at once', async () => {
    const { ready } = await startApp(['--port', '0']);
    const [row] = await rows(ready, 'pims');
    const user = new PimUser(new BrowserSession(), ready.pimUrl);
    const page = await user.connect(row?.['clientId']?.S ?? '');
    expect(page).toMatchObject({ status: 200, body: expect.stringContaining('Connected') });
    expect(await rows(ready, 'connections')).toHaveLength(1);
  });

  it('tells the App who opens it, if that is asked for', async () => {
    const [loginUrl, redirectUrl] = ['http://localhost:1/in', 'http://localhost:1/done'];
    const urls = ['--login-url', loginUrl, '--redirect-url', redirectUrl];
    const { ready } = await startApp(['--port', '0', '--identity', ...urls]);
    const [row] = await rows(ready, 'pims');
    expect(row).toMatchObject({ loginUrl: { S: loginUrl }, redirectUrl: { S: redirectUrl } });
    expect(row?.['scopes']?.S?.split(' ')).toEqual(
      expect.arrayContaining(['openid', 'profile', 'email', 'read_products']),
    );
    const pimUrl = encodeURIComponent(ready.pimUrl);
    const question = `pim_url=${pimUrl}&state=s&code_challenge=${'a'.repeat(43)}&code_challenge_method=S256`;
    const answer = await fetch(`${ready.loginUrl}?${question}`, { redirect: 'manual' });
    expect(answer.headers.get('location')).toBe(
      `${redirectUrl}?error=login_required&state=s&iss=${pimUrl}`,
    );
  });

  it('prints one line of JSON on standard output and all else on standard error', async () => {
    const { ready, interrupt } = await startApp(['--port', '0']);
    const { stdout, stderr } = await interrupt();
    expect(JSON.parse(stdout)).toEqual({
      activateUrl: expect.stringMatching(/^http:\/\/localhost:\d+\/activate$/),
      callbackUrl: expect.stringMatching(/^http:\/\/localhost:\d+\/callback\/[a-z2-7]{26}$/),
      pimUrl: expect.stringMatching(/^http:\/\/localhost:\d+$/),
      dynamodb: {
        endpoint: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
        region: 'eu-west-1',
        tables: {
          pims: 'Pims',
          clients: 'Clients',
          flows: 'Flows',
          connections: 'Connections',
          logins: 'Logins',
        },
      },
      kms: {
        endpoint: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
        keyId: expect.stringMatching(/^arn:aws:kms:eu-west-1:000000000000:key\/[\da-f-]{36}$/),
      },
    });
    expect(stderr).toContain(ready.activateUrl);
    expect(stderr).toMatch(/^\s+akeneo-app-activation \d+\.\d+\.\d+\n/);
    expect(stderr).toContain(`\n  → ${ready.pimUrl}\n`);
  });

  it('gives the App its name and its logo in the simulated PIM', async () => {
    const logo = join(mkdtempSync(join(tmpdir(), 'logo-')), 'logo.svg');
    onTestFinished(() => rmSync(dirname(logo), { recursive: true }));
    writeFileSync(logo, '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>');
    const { ready } = await startApp(['--port', '0', '--app-name', 'Acme', '--app-logo', logo]);
    const state = await fetch(`${ready.pimUrl}/rest/simulator/state`);
    const { apps } = (await state.json()) as { apps: unknown };
    expect(apps).toEqual([
      expect.objectContaining({ name: 'Acme', logo: expect.stringMatching(/^data:image\/svg/) }),
    ]);
  });

  it('stops everything at Ctrl-C, with a browser still connected', async () => {
    const { ready, interrupt } = await startApp(['--port', '0']);
    await fetch(ready.pimUrl);
    await fetch(ready.activateUrl);
    expect(await interrupt()).toMatchObject({ exit: 0 });
    const left = [ready.pimUrl, ready.activateUrl, ready.dynamodb.endpoint];
    for (const url of left) await expect(fetch(url)).rejects.toThrow(TypeError);
  });

  it('uses the PIM that it is told, with the secret from the environment, and keeps connections in a folder', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'activation-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const pim = await startSimulatedPim({ port: 0 });
    onTestFinished(() => pim.close());
    const [clientId, clientSecret] = ['client', marked('secret', 86)];
    const args = ['--port', '0', '--data', folder, '--pim', pim.url, '--client-id', clientId];
    const env = { AKENEO_CLIENT_SECRET: clientSecret };

    const first = await startApp(args, env);
    pim.registerApp({ name: 'Mine', ...first.ready, clientId, clientSecret });
    await new PimUser(new BrowserSession(), pim.url).connect(clientId);
    const connections = await rows(first.ready, 'connections');
    const { stdout, stderr } = await first.interrupt();
    expect(first.ready.pimUrl).toBe(pim.url);
    expect(connections).toHaveLength(1);
    expect(stdout + stderr).not.toContain(clientSecret);

    const again = await startApp(args, env);
    expect(await rows(again.ready, 'connections')).toEqual(connections);
  });

  it.each([
    ['the App', '--port', 'choose others: --port <number> for four in a row'],
    ['the simulated PIM', '--pim-port', 'choose others: --pim-port <number>, --port'],
    ['DynamoDB', '--dynamodb-port', 'choose others: --dynamodb-port <number>, --port'],
    ['KMS', '--kms-port', 'choose others: --kms-port <number>, --port'],
  ])('says that the port of %s is taken, and how to take another', async (name, flag, advice) => {
    const { port } = new URL(await listen(createServer()));
    // The ports beside it may be taken, too, as tests run at the same time.
    const anyPort = ['--port', '--pim-port', '--dynamodb-port', '--kms-port'].flatMap((one) => [
      one,
      '0',
    ]);
    const { exit, stdout, stderr } = await runStart([...anyPort, flag, port]);
    expect(stderr).toContain(`error: Port ${port} (${name}) is taken by another program. Stop`);
    expect(stderr).toContain(advice);
    expect(stderr).toContain('--port auto');
    expect({ exit, stdout }).toEqual({ exit: 1, stdout: '' });
  });

  // It named the port of DynamoDB alone, and advised to move that one.
  it('names every port that another start has', async () => {
    const { ready } = await startApp(['--port', '0']);
    const urls = [ready.activateUrl, ready.pimUrl, ready.dynamodb.endpoint, ready.kms.endpoint];
    const [app = '', pim = '', dynamodb = '', kms = ''] = urls.map((url) => new URL(url).port);
    const flags = ['--pim-port', pim, '--dynamodb-port', dynamodb, '--kms-port', kms];
    const { stderr } = await runStart(['--port', app, ...flags]);
    expect(stderr).toContain(
      `Ports ${app} (the App), ${pim} (the simulated PIM), ${dynamodb} (DynamoDB), ${kms} (KMS) are taken`,
    );
  });

  it('says that a folder is in use, and leaves it to the one who uses it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'activation-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const { ready } = await startApp(['--port', '0', '--data', folder]);
    const { exit, stdout, stderr } = await runStart(['--port', '0', '--data', folder]);

    expect(stderr).toBe(
      `error: ${folder} is in use by another npm start. Stop that one, or choose another folder with --data.\n`,
    );
    expect({ exit, stdout }).toEqual({ exit: 1, stdout: '' });
    expect(await rows(ready, 'pims')).toHaveLength(1);
  });

  it('keeps events that no listener has taken, and delivers them at the next start', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'activation-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const args = ['--port', '0', '--data', folder, '--events'];
    const { ready, interrupt } = await startApp([...args, await closedPort()]);
    const [row] = await rows(ready, 'pims');
    await new PimUser(new BrowserSession(), ready.pimUrl).connect(row?.['clientId']?.S ?? '');
    expect((await interrupt()).stderr).toContain('Not delivered: 1 event.');

    const { url, received } = await httpServer((response) => response.end());
    await startApp([...args, url]);
    await expect
      .poll(() => received.map(({ body }) => JSON.parse(body) as unknown))
      .toEqual([expect.objectContaining({ 'detail-type': 'App Connected' })]);
  });

  it('says how to give the client secret where nobody can be asked', async () => {
    const pim = ['--pim', 'https://pim.example', '--client-id', 'id'];
    const { exit, stderr } = await runStart([...pim, '--port', '0']);
    expect(stderr).toContain('Set AKENEO_CLIENT_SECRET');
    expect(exit).toBe(1);
  });

  // A PIM hands out the credentials only once both URLs are registered, so nobody can know them before.
  it('prints the two URLs for a real PIM before it asks for the credentials', async () => {
    const { exit, stderr } = await runStart(['--pim', 'https://pim.example', '--port', '0']);
    expect(exit).toBe(1);
    expect(stderr).toMatch(/Activate URL {3}http:\/\/localhost:\d+\/activate\n/);
    expect(stderr).toMatch(/Callback URL {3}http:\/\/localhost:\d+\/callback\/[a-z2-7]{26}\n/);
    expect(stderr).toContain('Give it with --client-id: there is no terminal');
  });

  it.each([
    [['--pim', 'http://pim.example', '--client-id', 'id'], 'not-https'],
    [['--secret', 'x'], "unknown option '--secret'"],
    [['--login-url', 'http://localhost/login'], 'need --identity'],
    [['--identity', '--login-url', 'http://localhost/login'], 'belong together'],
    [['--identity', '--scopes', 'read_products'], 'needs the scope openid'],
    [['--host', '0.0.0.0'], 'Add --dangerously-allow-other-machines'],
    [['--host', 'somewhere'], 'It has to be an address of this machine'],
    [['--dangerously-allow-other-machines'], 'needs --host'],
    [['--events', 'ftp://localhost/events'], 'It has to be a file, or an http URL'],
  ])('refuses %j and says why', async (args, reason) => {
    const { exit, stderr } = await runStart(args);
    expect(stderr).toContain(reason);
    expect(exit).toBe(2);
  });

  it.each([
    [
      ['--port', '0', '--host', '192.0.2.1', '--dangerously-allow-other-machines'],
      'This machine has no address 192.0.2.1.',
    ],
    [['--port', '6000', '--kms-port', '6001'], 'Port 6001 is that of the simulated PIM and KMS.'],
    [['--port', '0', '--events', 'absent/events.jsonl'], 'absent/events.jsonl takes no events'],
  ])('cannot start with %j and says why', async (args, reason) => {
    const { exit, stderr } = await runStart(args);
    expect(stderr).toContain(reason);
    expect(exit).toBe(1);
  });

  // A misspelt scope was taken without a word, and its right was missing later.
  it('warns of scopes that the simulated PIM does not know', async () => {
    const { interrupt } = await startApp(['--port', '0', '--scopes', 'read_produkts openid']);
    const { stderr } = await interrupt();
    expect(stderr).toContain(
      'warning: the simulated PIM will not offer read_produkts: it knows no such scope.\n',
    );
  });

  it('teaches its use', async () => {
    const { exit, stdout } = await runStart(['--help']);
    expect(stdout).toContain('npm start -- --port 4000 --data .data');
    expect(stdout).toContain('npm start --silent -- --json');
    expect(exit).toBe(0);
  });

  // The help showed a JSON list, whose commas `--scopes` refuses.
  it('shows the scopes that it asks for as they are typed', async () => {
    const { stdout } = await runStart(['--help']);
    const [, shown = ''] = /--scopes[^"]*\(default:\s+"([^"]+)"\)/.exec(stdout) ?? [];
    const typed = shown.replaceAll(/\s+/g, ' ');
    expect(typed).toMatch(/^[a-z_]+( [a-z_]+)+$/);
    expect(readStartOptions(['--scopes', typed])).toEqual(readStartOptions([]));
  });
});
