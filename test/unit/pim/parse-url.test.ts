import { describe, expect, it } from 'vitest';
import { parseUrl } from '../../../functions/pim/parse-url.ts';

describe('parseUrl', () => {
  it('gives the URL that a text is', () => {
    expect(parseUrl('https://PIM.example')?.href).toBe('https://pim.example/');
  });

  it('gives nothing for other text', () => {
    expect(parseUrl('pim.example')).toBeUndefined();
  });

  it('reads a name in Latin-1 however often it was called, unlike URL.canParse on Node 20 and 22', () => {
    const names = Array.from({ length: 20_000 }, () => parseUrl('https://pim.bücher.example'));
    expect(names.findIndex((url) => url?.hostname !== 'pim.xn--bcher-kva.example')).toBe(-1);
  });
});
