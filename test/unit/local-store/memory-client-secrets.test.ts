import { describe, expect, it } from 'vitest';
import { ClientSecret } from '../../../functions/pim/credentials.ts';
import { MemoryClientSecrets } from '../../../local/store/memory-client-secrets.ts';

function secretOf(text: string): ClientSecret {
  const secret = ClientSecret.parse(text);
  if (!secret) throw new Error('not usable');
  return secret;
}

describe('MemoryClientSecrets', () => {
  it('finds the last secret of each client and no other', async () => {
    const secrets = new MemoryClientSecrets();
    secrets.set('a', secretOf('old'));
    secrets.set('a', secretOf('new'));
    secrets.set('b', secretOf('other'));
    expect((await secrets.find('a'))?.reveal()).toBe('new');
    expect((await secrets.find('b'))?.reveal()).toBe('other');
    expect(await secrets.find('c')).toBeUndefined();
  });
});
