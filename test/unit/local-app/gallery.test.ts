import { describe, expect, it } from 'vitest';
import { knownLanguages } from '../../../functions/pages/known-languages.ts';
import { galleryFile, galleryPaths } from '../../../local/gallery.ts';
import { readStartOptions } from '../../../local/options.ts';

const OPTIONS = { branding: { name: 'Catalog Sync' }, languages: knownLanguages() };

describe('the gallery', () => {
  it('has a file at each of its paths, and at no other', async () => {
    for (const path of galleryPaths(OPTIONS))
      expect(await galleryFile(path, OPTIONS)).toMatch(/^<!doctype html>/);
    for (const path of ['', 'en', 'en/state_unknown.html', 'xx/index.html', '../index.html'])
      expect(await galleryFile(path, OPTIONS)).toBeUndefined();
  });

  it('shows a page in one scheme, whatever the browser prefers', async () => {
    const [light, dark] = await Promise.all(
      ['light', 'dark'].map((scheme) => galleryFile(`en/state_unknown.${scheme}.html`, OPTIONS)),
    );
    expect(light).toContain('@media not all{');
    expect(dark).toContain('@media all{');
    for (const file of [light, dark]) expect(file).not.toContain('prefers-color-scheme');
  });
});

describe('npm start', () => {
  it('takes the face of the App', () => {
    const argv = ['--app-name', 'Catalog Sync', '--accent-color', '#0a6b5d'];
    const more = [
      '--support-url',
      'http://localhost:3000/help',
      '--failure-url',
      'https://a.example/',
    ];
    expect(readStartOptions([...argv, ...more]).app).toEqual({
      name: 'Catalog Sync',
      accentColor: '#0a6b5d',
      supportUrl: 'http://localhost:3000/help',
      failureUrl: 'https://a.example/',
    });
    expect(readStartOptions([]).app).toEqual({});
  });
});
