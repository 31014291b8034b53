import { expect } from 'vitest';
import { CLIENT_SECRET, operate } from './operate.ts';

/** The PIM that most tests are about. */
export const PIM = 'https://pim.example.com';
/** The client id of the App there. */
export const CLIENT_ID = '2f6c0b8e-7d1a-4c55-9a0e-3f1f5b1f7a11';

/** Lists a PIM by the command itself, as a test needs one that is there. */
export async function addPim(
  options: {
    readonly pim?: string;
    readonly clientId?: string;
    readonly scopes?: string;
    readonly more?: string[];
  } = {},
): Promise<void> {
  const { pim = PIM, clientId = CLIENT_ID, more = [] } = options;
  const { scopes = 'read_products write_categories' } = options;
  const argv = ['pims', 'add', pim, '--scopes', scopes, ...more];
  const env = { AKENEO_CLIENT_ID: clientId, AKENEO_CLIENT_SECRET: CLIENT_SECRET };
  const { exit, stderr } = await operate(argv, { env });
  expect(stderr).not.toContain('error:');
  expect(exit).toBe(0);
}
