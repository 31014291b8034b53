import { describe, expect, it } from 'vitest';
import { parseScope } from '../../../functions/pim/scopes.ts';
import { readHttpUrl, readRedirectUrl } from '../../../local/identity-options.ts';
import { readPort } from '../../../local/network-options.ts';
import {
  readLanguage,
  readLanguages,
  readPim,
  readScopes,
  readStartOptions,
} from '../../../local/options.ts';
import { unknownScopes } from '../../../local/simulator.ts';

describe('an option of npm start', () => {
  it.each([
    ['--port', readPort, '65536', 'a number from 0'],
    ['--port', readPort, '3000x', 'a number from 0'],
    ['--pim', readPim, 'http://pim.example', 'not-https'],
    ['--app-url', readHttpUrl, 'javascript:alert(1)', 'an absolute http or https URL'],
    ['--redirect-url', readRedirectUrl, 'http://localhost/#/done', 'without a fragment'],
    ['--languages', readLanguages, 'en,tlh', 'There are pages in en, '],
    ['--default-language', readLanguage, 'EN', 'There are pages in en, '],
    ['--scopes', readScopes, '', 'at least one scope'],
    ['--scopes', readScopes, 'read_products,write_products', 'separated by blanks'],
    ['--scopes', readScopes, 'x'.repeat(1_001), 'at most 1000 characters'],
  ])('%s refuses what it cannot use, and says what it can', (_option, read, value, reason) => {
    expect(() => read(value)).toThrow(reason);
  });

  it('takes what it can use', () => {
    expect(['0', 'auto', '65535'].map(readPort)).toEqual([0, 0, 65535]);
    expect(readPim('https://My.pim.example/').toString()).toBe('https://my.pim.example');
    expect(readScopes(' read_products  openid ')).toEqual(['openid', 'read_products']);
    expect(readLanguages('de, en')).toEqual(['de', 'en']);
    expect(readHttpUrl('http://localhost:5173/welcome')).toBe('http://localhost:5173/welcome');
  });
});

describe('--identity', () => {
  it('logs people in at the example, with their names and addresses, unless told otherwise', () => {
    const { scopes, login } = readStartOptions(['--identity'], {});
    expect(scopes).toEqual(expect.arrayContaining(['email', 'openid', 'profile', 'read_products']));
    expect(login).toEqual({
      loginUrl: 'http://localhost:8080/login',
      redirectUrl: 'http://localhost:8080/login/done',
    });
  });

  it('takes scopes and addresses as they are given', () => {
    const urls = { loginUrl: 'https://app.example/in', redirectUrl: 'https://app.example/done' };
    const flags = ['--login-url', urls.loginUrl, '--redirect-url', urls.redirectUrl];
    const scopes = ['--scopes', 'openid read_products'];
    expect(readStartOptions(['--identity', ...flags, ...scopes], {})).toMatchObject({
      scopes: ['openid', 'read_products'],
      login: urls,
    });
  });

  it('is off by default', () => {
    const { scopes, login } = readStartOptions([], {});
    expect(login).toBeUndefined();
    expect(scopes).not.toContain('openid');
  });
});

it.each([
  ['read_products write_catalogs read_assets openid email profile', []],
  ['read_produkts write_products Read_products', ['Read_products', 'read_produkts']],
])('of "%s", the simulated PIM does not know %j', (scopes, unknown) => {
  expect(unknownScopes(parseScope(scopes))).toEqual(unknown);
});
