import type { Readable, Writable } from 'node:stream';
import { isatty } from 'node:tty';
import { text as ask, CANCEL_SYMBOL, confirm, password } from '@clack/prompts';
import { cancelled } from '../operator-error.ts';
import type { Io, Output, Prompts } from './io.ts';

const DEFAULT_COLUMNS = 80;

/** The real terminal. Prompts are drawn on `stderr`, which leaves `stdout` to results. */
export function processIo(process: NodeJS.Process): Io {
  const { stdin, stdout, stderr, env } = process;
  return {
    stdout: output(stdout),
    stderr: output(stderr),
    env,
    isInteractive: isatty(stdin.fd) && isatty(stderr.fd),
    prompts: clackPrompts({ input: stdin, output: stderr }),
    onInterrupt: (listener) => {
      process.once('SIGINT', listener);
      return () => void process.off('SIGINT', listener);
    },
  };
}

/** A reader that stops early, as `| head` does, is no error of the command. */
function output(stream: NodeJS.Process['stdout'] | NodeJS.Process['stderr']): Output {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  return {
    isTTY: isatty(stream.fd),
    columns: stream.columns || DEFAULT_COLUMNS,
    write: (text) => void stream.write(text),
    writeOut: (text) => new Promise((resolve) => stream.write(text, (error) => resolve(!error))),
  };
}

/** Prompts by clack, between the given streams. */
export function clackPrompts(streams: { input: Readable; output: Writable }): Prompts {
  return {
    text: (message, check = () => undefined) =>
      answered(ask({ ...streams, message, validate: (answer) => check(answer ?? '') })),
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
