import { interrupted } from '../operator-error.ts';
import type { Io } from './io.ts';

/** What is under way may take seconds, in which a person would press the keys again. */
const STOPPING = '\nStopping after what is under way. Ctrl-C once more ends at once.\n';

/**
 * Runs work that Ctrl-C ends cleanly: the first one aborts the signal, whose reason is the error to end
 * with, so that the work can finish the step that is under way and report what was done; a second one ends the process at once.
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
