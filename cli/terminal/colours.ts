import { styleText } from 'node:util';
import type { Io, Output } from './io.ts';

/** Paints text for a terminal, or returns it as it is. */
export interface Colours {
  green(text: string): string;
  red(text: string): string;
  bold(text: string): string;
}

/**
 * Colours for one output: only on a terminal, and not when `NO_COLOR` is set to anything.
 *
 * @see {@link https://no-color.org NO_COLOR}
 */
export function colours(output: Output, env: Io['env']): Colours {
  const enabled = output.isTTY && !env['NO_COLOR'];
  const paint = (style: Parameters<typeof styleText>[0]) => (text: string) =>
    enabled ? styleText(style, text, { validateStream: false }) : text;
  return {
    green: paint('green'),
    red: paint('red'),
    bold: paint('bold'),
  };
}
