/**
 * Marked secrets. Every secret of a flow bears its mark again and again, so that a leak is found wherever a part
 * of it turns up that is longer than {@link LONGEST_UNMARKED} characters: as it is, in hex, in base64 or
 * base64url at any alignment, or percent-encoded.
 */
import { randomBytes } from 'node:crypto';

export const MARKS = {
  random: 'CANARYRANDOM',
  code: 'CANARYCODEXX',
  token: 'CANARYTOKENX',
  secret: 'CANARYSECRET',
  person: 'CANARYPERSON',
} as const;

export type Mark = keyof typeof MARKS;

/** Random characters between two marks. */
const RANDOM = 8;
/** A part of a marked secret of this length may miss every mark. */
export const LONGEST_UNMARKED = 2 * (MARKS.random.length - 1) + RANDOM;

/** A value of the given length: the mark and some random characters, over and over. */
export function marked(mark: Mark, length: number): string {
  const piece = () => MARKS[mark] + randomBytes(RANDOM / 2).toString('hex');
  const pieces = Array.from({ length: Math.ceil(length / piece().length) }, piece);
  return pieces.join('').slice(0, length);
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
