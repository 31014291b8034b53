import { describe, expect, it } from 'vitest';
import { authorizeUrl } from '../../../functions/pim/oauth.ts';
import { parseScope } from '../../../functions/pim/scopes.ts';
import { pimUrl } from '../../support/pim-url.ts';

const request = {
  clientId: '2ad8f1c0-0000-4000-8000-000000000000',
  scopes: parseScope('write_products openid read_categories'),
  state: 'x_-9',
};

describe('authorizeUrl', () => {
  it('names response type, client, all scopes and state, in this order and nothing else', () => {
    expect(authorizeUrl(pimUrl('https://pim.example'), request)).toBe(
      'https://pim.example/connect/apps/v1/authorize?response_type=code' +
        '&client_id=2ad8f1c0-0000-4000-8000-000000000000' +
        '&scope=openid+read_categories+write_products&state=x_-9',
    );
  });

  it.each([
    ['https://pim.example/tenant', 'https://pim.example/tenant/connect/apps/v1/authorize'],
    ['https://pim.example:8443', 'https://pim.example:8443/connect/apps/v1/authorize'],
    ['http://localhost:8080', 'http://localhost:8080/connect/apps/v1/authorize'],
  ])('stays at the PIM at %s', (pim, page) => {
    expect(authorizeUrl(pimUrl(pim), request).split('?')[0]).toBe(page);
  });

  it('encodes what would end or add a parameter', () => {
    const odd = { clientId: 'a&state=forged#?', scopes: parseScope('s&t= ü'), state: 'a+b%' };
    const url = new URL(authorizeUrl(pimUrl('https://pim.example'), odd));
    expect([...url.searchParams]).toEqual([
      ['response_type', 'code'],
      ['client_id', 'a&state=forged#?'],
      ['scope', 's&t= ü'],
      ['state', 'a+b%'],
    ]);
    expect(url.hash).toBe('');
  });

  it('sends an empty scope when there is none', () => {
    const url = authorizeUrl(pimUrl('https://pim.example'), {
      ...request,
      scopes: parseScope(''),
    });
    expect(new URL(url).searchParams.get('scope')).toBe('');
  });
});
