import { interrupted } from '../operator-error.ts';

/** One of the two output streams of a process. */
export interface Output {
  /** Whether a person reads it. */
  readonly isTTY: boolean;
  /** Width in characters; 80 if it is not known. */
  readonly columns: number;
  write(text: string): void;
  /**
   * Writes, and waits until the text is out of this process's memory.
   *
   * @returns false when nobody reads it any more.
   */
  writeOut(text: string): Promise<boolean>;
}

/** Questions to a person. Each throws the `cancelled` error when the answer is Ctrl-C. */
export interface Prompts {
  /** @param check says what is wrong with an answer, or nothing. */
  text(message: string, check?: (answer: string) => string | undefined): Promise<string>;
  /** Never shows what is typed. */
  secret(message: string): Promise<string>;
  /** Enter alone means no. */
  confirm(message: string): Promise<boolean>;
}

/**
 * Everything a command sees of the terminal and the process, so that a test can be the terminal. Results go to
 * `stdout`; questions, progress, warnings and errors go to `stderr`, so that a pipe gets results alone.
 */
export interface Io {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether somebody can answer a prompt. */
  readonly isInteractive: boolean;
  readonly prompts: Prompts;
  /**
   * Calls the listener at the next Ctrl-C, in place of ending the process.
   *
   * @returns a function that stops listening.
   */
  onInterrupt(listener: () => void): () => void;
}

/** The same terminal, which tells something before the first question, if there is one. */
export function tellBeforeQuestions({ prompts, ...io }: Io, told: () => string): Io {
  let isTold = false;
  const afterTelling = <Answer>(ask: () => Answer): Answer => {
    if (!isTold) io.stderr.write(told());
    isTold = true;
    return ask();
  };
  return {
    ...io,
    prompts: {
      text: (message, check) => afterTelling(() => prompts.text(message, check)),
      secret: (message) => afterTelling(() => prompts.secret(message)),
      confirm: (message) => afterTelling(() => prompts.confirm(message)),
    },
  };
}

/** The step that is under way may take seconds, in which a person would press the keys again. */
const STOPPING = '\nStopping after what is under way. Ctrl-C once more ends at once.\n';

/**
 * Runs work that Ctrl-C ends cleanly. The first Ctrl-C aborts the signal, so that the work can finish its step and report
 * what was done; the signal's reason is the error to end with. The second one ends the process at once.
 */
export async function interruptible<Result>(
  io: Io,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController();
  const stopListening = io.onInterrupt(() => {
    if (io.stderr.isTTY) io.stderr.write(STOPPING);
    controller.abort(interrupted());
  });
  try {
    return await work(controller.signal);
  } finally {
    stopListening();
  }
}
