import Negotiator from 'negotiator';
import type { OfferedLanguages } from './known-languages.ts';

/** Browsers send well below it. What comes after is left out, so that no header takes long to read. */
const LONGEST_HEADER = 1_000;

/**
 * The language for a reader: of those that the header asks for, the first that is offered, by the weights. A language is
 * found for each of its regions, so `pt-PT` gets `pt-BR` rather than another language, unless the header refuses it by
 * `q=0`.
 *
 * `negotiator` reads the header. Its own choice holds the ranges of a language against each other: for
 * `en-US, de;q=0.9, en;q=0.8` it takes German.
 *
 * @param offered the first is for a reader who asks for none of them.
 * @see {@link https://www.rfc-editor.org/rfc/rfc4647#section-3.4 RFC 4647, lookup}
 * @see {@link https://github.com/jshttp/negotiator/issues/54 Why not the library's choice}
 */
export function chooseLanguage(acceptLanguage: string, offered: OfferedLanguages): string {
  const header = acceptLanguage.slice(0, LONGEST_HEADER);
  const negotiator = negotiatorOf(header);
  const notRefused = negotiatorOf(`${header},*;q=0.001`).languages([...offered]);
  const bearable = offered.filter((tag) => notRefused.includes(tag));
  for (const range of negotiator.languages()) {
    const found = range === '*' ? negotiator.language([...offered]) : lookUp(range, bearable);
    if (found !== undefined) return found;
  }
  return offered[0];
}

function negotiatorOf(acceptLanguage: string): Negotiator {
  return new Negotiator({ headers: { 'accept-language': acceptLanguage } });
}

/** The first offered tag that begins as the range does; the range gets shorter, subtag by subtag, until there is one. */
function lookUp(range: string, offered: readonly string[]): string | undefined {
  const subtags = range.toLowerCase().split('-');
  for (; subtags.length > 0; subtags.pop()) {
    const wanted = `${subtags.join('-')}-`;
    const found = offered.find((tag) => `${tag.toLowerCase()}-`.startsWith(wanted));
    if (found !== undefined) return found;
  }
  return undefined;
}
