import type { Readable, Writable } from 'node:stream';
import { CANCEL_SYMBOL, confirm, password, text } from '@clack/prompts';
import { cancelled } from '../operator-error.ts';
import type { Prompts } from './io.ts';

/** Prompts by clack, between the given streams. */
export function clackPrompts(streams: { input: Readable; output: Writable }): Prompts {
  return {
    text: (message, check = () => undefined) =>
      answered(text({ ...streams, message, validate: (answer) => check(answer ?? '') })),
    secret: (message) => answered(password({ ...streams, message })),
    confirm: (message) => answered(confirm({ ...streams, message, initialValue: false })),
  };
}

/** @throws {OperatorError} for Ctrl-C, which clack returns as a symbol. */
async function answered<Answer extends string | boolean>(
  question: Promise<Answer | typeof CANCEL_SYMBOL>,
): Promise<Answer> {
  const answer = await question;
  if (answer === CANCEL_SYMBOL) throw cancelled();
  return answer;
}
