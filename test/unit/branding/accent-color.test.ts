import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accentColorProblem, accentOf } from '../../../branding/accent-color.ts';
import { CARD, LEAST_CONTRAST } from '../../../functions/pages/branding.ts';

/** Written after the definition, apart from the code that it judges. */
function contrast(one: string, other: string): number {
  const luminance = (color: string) =>
    [0.2126, 0.7152, 0.0722]
      .map((weight, index) => {
        const share = Number.parseInt(color.slice(1 + index * 2, 3 + index * 2), 16) / 255;
        return weight * (share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4);
      })
      .reduce((sum, part) => sum + part, 0.05);
  const ratio = luminance(one) / luminance(other);
  return Math.max(ratio, 1 / ratio);
}

const color = fc
  .integer({ min: 0, max: 0xffffff })
  .map((number) => `#${number.toString(16).padStart(6, '0')}`);

const suggested = (text: string) => /#[0-9a-f]{6}/.exec(accentColorProblem(text)?.fix ?? '')?.[0];

describe('an accent colour', () => {
  it.each(['#6b3fa0', '#000000', '#d00', '#767676', '#D0021B'])('may be %s', (text) => {
    expect(accentColorProblem(text)).toBeUndefined();
  });

  it.each(['red', '6b3fa0', '#6b3fa', '#6b3fa0ff', 'rgb(1,2,3)', '', '#6b3fa0;}', '#gggggg'])(
    'is not %j',
    (text) => {
      expect(accentColorProblem(text)?.why).toBe('is no colour in hexadecimal');
    },
  );

  it('on which white is hard to read is refused with the nearest one that works', () => {
    expect(accentColorProblem('#777777')).toEqual({
      why: 'has a contrast of only 4.47 with white, and text needs 4.5',
      fix: 'The nearest colour that works is #767676.',
    });
    expect(suggested('#ffffff')).toBe('#767676');
  });

  it('is readable on the card of both schemes, whatever it was', () => {
    fc.assert(
      fc.property(color, (text) => {
        const usable = suggested(text) ?? text;
        expect(accentColorProblem(usable)).toBeUndefined();
        const { light, dark } = accentOf(usable);
        expect(light).toBe(usable);
        expect(contrast(light, CARD.light)).toBeGreaterThanOrEqual(LEAST_CONTRAST);
        expect(contrast(dark, CARD.dark)).toBeGreaterThanOrEqual(LEAST_CONTRAST);
      }),
    );
  });
});
