import type { Texts } from '../../functions/pages/language.ts';
import english from '../../functions/pages/languages/en.ts';

/** BCP 47 keeps the region `XA` for private use; pseudo-locales of accents have this tag elsewhere, too. */
export const PSEUDO_TAG = 'en-XA';

const ACCENTED: Readonly<Record<string, string>> = {
  a: 'á',
  c: 'ç',
  e: 'ë',
  g: 'ğ',
  i: 'ï',
  n: 'ñ',
  o: 'ô',
  s: 'š',
  u: 'ü',
  y: 'ý',
};

/**
 * English in brackets, with accents, and longer by half. What is cut off lacks a bracket, and what is not among the texts
 * has no accents.
 */
export const pseudoLanguage = JSON.parse(JSON.stringify(english), (_key, value: unknown) =>
  typeof value === 'string' ? pseudo(value) : value,
) as Texts;

function pseudo(text: string): string {
  // Every second part is a placeholder.
  const parts = text.split(/(\{\w+\})/);
  const accented = parts.map((part, index) =>
    index % 2 === 0 ? part.replace(/[a-z]/g, (letter) => ACCENTED[letter] ?? letter) : part,
  );
  const filling = ' ĺöñğ'.repeat(Math.ceil(text.length / 10));
  return `[${accented.join('')}${filling}]`;
}
