import { createHash } from 'node:crypto';

/** More than any scenario draws. */
const DRAWS = 40;
const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/**
 * Puts placeholders in the place of what was drawn at random under a seed, and of the hash of it, whatever the order of
 * the draws: the value that is met first is `<random 1>`, and its hash `<hash of random 1>`.
 */
export function maskDraws(text: string, seed: string): string {
  const draws = Array.from({ length: DRAWS }, (_, index) => drawnAt(seed, index + 1));
  const met = draws
    .map((value) => ({ value, at: firstOf(text, [value, hash(value)]) }))
    .filter(({ at }) => at >= 0)
    .sort((one, other) => one.at - other.at);
  return met.reduce(
    (masked, { value }, index) =>
      masked
        .replaceAll(value, `<random ${index + 1}>`)
        .replaceAll(hash(value), `<hash of random ${index + 1}>`),
    maskEach(text, UUID, 'uuid'),
  );
}

/** Numbers what a pattern matches; the same text gets the same number. */
export function maskEach(text: string, pattern: RegExp, name: string): string {
  const numbers = new Map<string, number>();
  return text.replace(pattern, (match) => {
    const number = numbers.get(match) ?? numbers.size + 1;
    numbers.set(match, number);
    return `<${name} ${number}>`;
  });
}

/** Without the port of a server of the recording's own. */
export function maskPort(text: string, host: string): string {
  const port = host.split(':').at(-1) ?? '';
  return text.replaceAll(`:${port}`, ':PORT').replaceAll(`%3A${port}`, '%3APORT');
}

/** The lines of a stack change with every edit of the code; that there are some does not. */
export function maskFrames(key: string, value: unknown): unknown {
  const isStack = Array.isArray(value) && value.length > 0 && value.every(isFrame);
  return isStack ? [`<${key}>`] : value;
}

/** A token request as a PIM reads it: the challenge is checked and named by the secret that it was made with. */
export function challengeOf(
  form: URLSearchParams,
  secrets: Readonly<Record<string, readonly string[]>>,
): Readonly<Record<string, string>> {
  const { code_identifier: identifier = '', code_challenge: challenge } = Object.fromEntries(form);
  const secret = Object.values(secrets)
    .flat()
    .find((one) => sha256(identifier + one).digest('hex') === challenge);
  return {
    ...Object.fromEntries(form),
    code_challenge: `made with ${secret ?? 'no known secret'}`,
  };
}

function isFrame(line: unknown): boolean {
  return typeof line === 'string' && line.startsWith('at ');
}

/** By the rule of lambda.mjs. */
function drawnAt(seed: string, number: number): string {
  return sha256(`${seed} ${number}`).digest('base64url');
}

function hash(text: string): string {
  return sha256(text).digest('base64url');
}

function sha256(text: string) {
  return createHash('sha256').update(text);
}

function firstOf(text: string, parts: readonly string[]): number {
  const places = parts.map((part) => text.indexOf(part)).filter((place) => place >= 0);
  return places.length > 0 ? Math.min(...places) : -1;
}
