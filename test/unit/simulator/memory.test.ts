import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startSimulatedPim } from '../../../simulator/index.ts';
import { BrowserSession, PimUser } from '../../../simulator/user/index.ts';
import { httpServer } from '../../support/http-server.ts';

function newFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'pim-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'pim.json');
}

async function started(file: string) {
  const pim = await startSimulatedPim({ file });
  onTestFinished(() => pim.close());
  return pim;
}

/** An App that is registered; its address answers and does nothing. */
async function registered(file: string) {
  const { url } = await httpServer((response) => response.end());
  const form = { name: 'My App', activateUrl: url, callbackUrl: url };
  const pim = await started(file);
  return { pim, form, ...pim.registerApp(form) };
}

/** The status of an App on the PIM's page. */
async function statusIn(pimUrl: string): Promise<unknown> {
  const session = new BrowserSession();
  await session.follow(`${pimUrl}/`);
  const { body } = await session.follow(`${pimUrl}/rest/simulator/state`);
  return (JSON.parse(body) as { apps: { status: string }[] }).apps.map(({ status }) => status);
}

describe('a simulated PIM with a file', () => {
  it('remembers Apps and their credentials after a restart, and takes new URLs for one', async () => {
    const file = newFile();
    const { pim, form, clientId, clientSecret } = await registered(file);
    await pim.close();
    const again = await started(file);
    expect(() => again.registerApp({ ...form, clientId })).toThrow('registered already');
    const moved = { ...form, activateUrl: 'http://localhost:1/activate' };
    expect(again.updateApp(clientId, moved)).toEqual({ clientId, clientSecret });
    const user = new PimUser(new BrowserSession(), again.url);
    expect(await user.activateUrl(clientId)).toContain('http://localhost:1/activate?pim_url=');
    expect(again.updateApp('unknown', moved)).toBeUndefined();
    expect(await statusIn(again.url)).toEqual(['available']);
  });

  // A back end that verified logins yesterday refused them today.
  it('keeps the key of its id tokens until it is told to replace it', async () => {
    const file = newFile();
    const publicKey = async ({ url }: { readonly url: string }) =>
      (await fetch(`${url}/connect/apps/v1/openid/public-key`)).json();
    const pim = await started(file);
    const key = await publicKey(pim);
    await pim.close();
    const again = await started(file);
    expect(await publicKey(again)).toEqual(key);
    again.rotateOpenIdKeys();
    await again.close();
    expect(await publicKey(await started(file))).not.toEqual(key);
  });

  it('refuses a change that a PIM would refuse', async () => {
    const { pim, form, clientId } = await registered(newFile());
    expect(() => pim.updateApp(clientId, { ...form, name: '' })).toThrow('not_blank');
  });

  it('keeps the file from all others', async () => {
    const file = newFile();
    const { clientSecret } = await registered(file);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).toContain(clientSecret);
  });

  it('says what to do about a file that it cannot read', async () => {
    const file = newFile();
    writeFileSync(file, '{');
    await expect(startSimulatedPim({ file })).rejects.toThrow(`${file} is not what the simulated`);
  });
});
