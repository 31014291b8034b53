import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { App, Lazy, Stack } from 'aws-cdk-lib';
import { describe, expect, inject, it } from 'vitest';
import type { AppProps } from '../../branding/app.ts';
import { prebuiltCode } from '../../infra/bundling/handler-code.ts';
import { appProblems } from '../../infra/configuration/app-settings.ts';
import { readContext } from '../../infra/configuration/context.ts';
import { testApp } from './support/synthesis.ts';
import { synthesizedFunctions } from './support/synthesized-functions.ts';

const LOGO =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1z"/></svg>';

function folder(): string {
  return mkdtempSync(join(inject('synthesisFolder'), "it's a folder "));
}

function logo(): string {
  const file = join(folder(), 'logo.svg');
  writeFileSync(file, LOGO);
  return file;
}

const propsOf = (context: Readonly<Record<string, unknown>>) =>
  readContext(testApp(context).node).props;

describe('app', () => {
  it('goes with the functions that show pages, and into the names of their assets', () => {
    const names = ['Catalog Sync', 'Catalog Sync 2'];
    const [none, ...branded] = [
      synthesizedFunctions(),
      ...names.map((name) => synthesizedFunctions({ app: { name, logo: logo() } })),
    ];
    for (const handler of ['activate', 'callback'] as const) {
      for (const [index, stack] of branded.entries()) {
        const { asset = '', variables } = stack.get(handler) ?? {};
        expect(JSON.parse(readFileSync(join(asset, 'branding.json'), 'utf8'))).toEqual({
          name: names[index],
          logo: `data:image/svg+xml;base64,${Buffer.from(LOGO).toString('base64')}`,
        });
        expect(variables).toContain('"BRANDING":"branding.json"');
      }
      const assets = [none, ...branded].map((stack) => stack?.get(handler)?.asset ?? '');
      expect(new Set(assets.map((asset) => basename(asset))).size).toBe(3);
      expect(existsSync(join(assets[0] ?? '', 'branding.json'))).toBe(false);
    }
    for (const handler of ['events', 'health'] as const) {
      const [plain, same] = [none, branded[0]].map((stack) => stack?.get(handler));
      expect(same?.variables).toBe(plain?.variables);
      expect(basename(same?.asset ?? '')).toBe(basename(plain?.asset ?? '-'));
    }
  });

  it('goes with a bundle that the package brings', () => {
    const bundle = folder();
    writeFileSync(join(bundle, 'index.mjs'), 'export {}');
    const app = new App({ outdir: mkdtempSync(join(tmpdir(), 'prebuilt-')) });
    const assets = [{}, { 'branding.json': '{}' }, { 'branding.json': '{"name":"A"}' }].map(
      (files, index) =>
        prebuiltCode(bundle, files).bind(new Stack(app, `Test${index}`)).s3Location?.objectKey,
    );
    expect(new Set(assets).size).toBe(3);
  });

  it('is an object of the settings file, above which single names count', () => {
    const app = { name: 'Catalog Sync', supportEmail: 'a@b.example' };
    expect(propsOf({ app }).app).toEqual(app);
    expect(propsOf({ app, appName: 'Other', privacyUrl: 'https://a.example/' }).app).toEqual({
      name: 'Other',
      supportEmail: 'a@b.example',
      privacyUrl: 'https://a.example/',
    });
    expect(propsOf({}).app).toBeUndefined();
  });

  it.each<[unknown, string]>([
    ['Catalog Sync', 'app is "Catalog Sync", which is no object.'],
    [[], 'app is [], which is no object.'],
    [{ nam: 'A' }, 'app has "nam", which is no part of it.'],
    [{ name: '' }, 'app.name is "", which is empty'],
    [{ accentColor: '#ff0' }, 'app.accentColor is "#ff0", which has a contrast of only 1.07'],
    [{ logo: '/nowhere.svg' }, 'app.logo is "/nowhere.svg", which is no file that can be read.'],
    [{ supportUrl: 'http://a.example' }, 'app.supportUrl is "http://a.example", which is no'],
    [{ supportEmail: 'a' }, 'app.supportEmail is "a", which is no e-mail address.'],
    [
      { supportEmail: 'a@b.example', supportUrl: 'https://a.example/' },
      'app has both supportUrl and supportEmail.',
    ],
    [{ name: Lazy.string({ produce: () => 'A' }) }, 'app.name is only known at deployment.'],
  ])('is refused as %j', (app, what) => {
    expect(appProblems(app)).toMatchObject([{ what: expect.stringContaining(what) }]);
  });

  it('may be whole, or empty', () => {
    const app: AppProps = {
      name: 'Catalog Sync',
      logo: logo(),
      accentColor: '#0a6b5d',
      supportEmail: 'a@b.example',
      documentationUrl: 'https://a.example/docs',
      privacyUrl: 'https://a.example/privacy',
      failureUrl: 'https://a.example/failed',
    };
    expect([app, {}].flatMap(appProblems)).toEqual([]);
  });
});
