/**
 * Marked secrets. Every secret of a flow starts with its mark, so that a leak is found wherever a part
 * of it turns up: as it is, in hex, in base64 or base64url at any alignment, or percent-encoded.
 */
import { randomBytes } from 'node:crypto';

export const MARKS = {
  random: 'CANARYRANDOM',
  code: 'CANARYCODEXX',
  token: 'CANARYTOKENX',
  secret: 'CANARYSECRET',
} as const;

export type Mark = keyof typeof MARKS;

/** A value of the given length that starts with the mark and is random after it. */
export function marked(mark: Mark, length: number): string {
  const tail = randomBytes(length).toString('hex');
  return (MARKS[mark] + tail).slice(0, length);
}

/** The marks that occur in a text, in whatever form. */
export function marksIn(text: string): Mark[] {
  const lower = text.toLowerCase();
  return (Object.keys(MARKS) as Mark[]).filter((mark) => {
    const { caseless, exact } = formsOf(MARKS[mark]);
    return (
      caseless.some((form) => lower.includes(form)) || exact.some((form) => text.includes(form))
    );
  });
}

interface Forms {
  readonly caseless: readonly string[];
  readonly exact: readonly string[];
}

function formsOf(mark: string): Forms {
  const hex = Buffer.from(mark).toString('hex');
  const percent = hex.replaceAll(/../g, '%$&');
  return {
    caseless: [mark.toLowerCase(), hex, percent],
    exact: [0, 1, 2].map((n) => base64At(mark, n)),
  };
}

/** The part of the base64 text that does not depend on what stands around the mark. */
function base64At(mark: string, offset: number): string {
  const encoded = Buffer.from(`${'x'.repeat(offset)}${mark}`).toString('base64');
  const whole = Math.floor((offset + mark.length) / 3) * 4;
  return encoded.slice(offset === 0 ? 0 : 4, whole);
}
