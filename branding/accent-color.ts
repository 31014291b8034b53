import { CARD, LEAST_CONTRAST, type Scheme } from '../functions/pages/branding.ts';
import type { Refusal } from './app.ts';

/** Red, green and blue, each from 0 to 255. */
type Color = readonly [number, number, number];

const WHITE: Color = [255, 255, 255];
const BLACK: Color = [0, 0, 0];

/** What is wrong with an accent colour, on which white text has to be readable. */
export function accentColorProblem(text: string): Refusal | undefined {
  const color = parse(text);
  if (!color) return { why: 'is no colour in hexadecimal', fix: 'Write it as #rrggbb.' };
  const ratio = contrast(color, WHITE);
  if (ratio >= LEAST_CONTRAST) return undefined;
  return {
    why: `has a contrast of only ${Math.floor(ratio * 100) / 100} with white, and text needs ${LEAST_CONTRAST}`,
    fix: `The nearest colour that works is ${readable(color, WHITE, BLACK)}.`,
  };
}

/** A checked accent colour by scheme: as it is, and as the nearest tint that is readable on the dark card. */
export function accentOf(text: string): Readonly<Record<Scheme, string>> {
  const color = parse(text) ?? BLACK;
  return { light: format(color), dark: readable(color, parse(CARD.dark) ?? BLACK, WHITE) };
}

/** The first mixture of a colour with a growing share of another one that is readable on the ground. */
function readable(color: Color, ground: Color, other: Color): string {
  const shares = Array.from({ length: 256 }, (_, index) => index / 255);
  const mixtures = shares.map((share) => mix(color, other, share));
  return format(mixtures.find((mixed) => contrast(mixed, ground) >= LEAST_CONTRAST) ?? other);
}

function mix(color: Color, other: Color, share: number): Color {
  const [red, green, blue] = color.map((channel, index) =>
    Math.round(channel + ((other[index] ?? 0) - channel) * share),
  );
  return [red ?? 0, green ?? 0, blue ?? 0];
}

/** From 1 to 21. @see {@link https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio Contrast ratio} */
function contrast(one: Color, other: Color): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** @see {@link https://www.w3.org/TR/WCAG22/#dfn-relative-luminance Relative luminance} */
function luminance(color: Color): number {
  const [red = 0, green = 0, blue = 0] = color.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** `#rrggbb`, or `#rgb` for short. */
function parse(text: string): Color | undefined {
  const digits = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(text)?.[1];
  if (digits === undefined) return undefined;
  const six = digits.length === 6 ? digits : digits.replace(/./g, '$&$&');
  const channel = (at: number) => Number.parseInt(six.slice(at, at + 2), 16);
  return [channel(0), channel(2), channel(4)];
}

function format(color: Color): string {
  return `#${color.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}
