import { randomUUID } from 'node:crypto';

/**
 * Characters with which a text could rewrite or reorder what a terminal shows: controls (C0, DEL, C1), line and
 * paragraph separators, and the controls of writing direction.
 */
const UNSAFE = /[\p{Cc}\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/gu;

/** Text from a table or from the network, made safe to print on one line: unsafe characters become `\u009b` and so on. */
export function plain(text: string): string {
  return text.replaceAll(UNSAFE, escaped);
}

/** The same escape in text and in JSON, where these characters stand in strings only. */
function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Stands for a sequence of ours until it is written. Nobody else can know it, so no data can hold one. */
const MARK = randomUUID();
const MARKED = new RegExp(`<${MARK}:([\\da-f]+)>`, 'g');

/** A control sequence of our own, which {@link printable} lets through to a terminal. */
export function ours(sequence: string): string {
  return `<${MARK}:${Buffer.from(sequence).toString('hex')}>`;
}

/** Escapes all that is not ours. Line ends stay, because our own texts have them. */
export function printable(text: string): string {
  return text
    .split('\n')
    .map(plain)
    .join('\n')
    .replaceAll(MARKED, (_mark, hex: string) => Buffer.from(hex, 'hex').toString());
}

/** Prints a text, or JSON, behind {@link printable}. */
export function print(output: NodeJS.WritableStream, text: string): void {
  output.write(printable(text));
}
