import { isatty } from 'node:tty';
import type { Io, Output } from './io.ts';
import { clackPrompts } from './prompts.ts';

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

/** A reader that went away, as `| head` does, is no error of the command. */
function output(stream: NodeJS.Process['stdout'] | NodeJS.Process['stderr']): Output {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  return {
    isTTY: isatty(stream.fd),
    columns: stream.columns || DEFAULT_COLUMNS,
    write: (text) => void stream.write(text),
  };
}
