import { expect } from 'vitest';
import { cancelled } from '../../../../cli/operator-error.ts';
import { run } from '../../../../cli/run.ts';
import type { Io, Output } from '../../../../cli/terminal/io.ts';
import { AWS_SECRET_KEY } from './aws.ts';

/** Marked, so that it is found wherever it leaks to. */
export const CLIENT_SECRET = 'CANARYclientSecret0123456789';
/** A second one, for a rotation. */
export const OTHER_SECRET = 'CANARYotherClientSecret9876543210';
/** Marked as well. */
export const TOKEN = 'CANARYaccessToken';
/** The time at which commands run, unless a test has its own clock. */
export const NOON = Date.UTC(2030, 0, 1, 12);

const CANARIES = [CLIENT_SECRET, OTHER_SECRET, TOKEN, AWS_SECRET_KEY, 'CANARY'];

/** Who sits at the terminal, if anybody does. */
interface Person {
  /** What is answered, question by question; `Ctrl-C` cancels. Nobody is there if absent. */
  readonly answers?: readonly (string | boolean)[];
  readonly env?: Readonly<Record<string, string>>;
  /** Whether both outputs are a terminal. */
  readonly isTTY?: boolean;
  readonly now?: () => number;
  /** How wide the terminal is. @default 100 */
  readonly columns?: number;
  readonly keyboard?: Keyboard;
}

/** Presses Ctrl-C while a command listens for it. */
export interface Keyboard {
  ctrlC?: () => void;
}

/** What came out of a run. */
export interface Outcome {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
  /** The questions that were asked, those without echo marked. */
  readonly questions: readonly string[];
}

/** Runs one command in this process, and proves that nothing secret came out of it. */
export async function operate(argv: readonly string[], person: Person = {}): Promise<Outcome> {
  const questions: string[] = [];
  const written = { stdout: '', stderr: '' };
  const io = terminalOf(person, written, questions);
  const exit = await run(argv, { io, now: person.now ?? (() => NOON) });
  for (const canary of CANARIES) expect(written.stdout + written.stderr).not.toContain(canary);
  return { exit, ...written, questions };
}

function terminalOf(person: Person, written: Written, questions: string[]): Io {
  const { isTTY = false, columns = 100 } = person;
  return {
    stdout: outputTo(written, 'stdout', { isTTY, columns }),
    stderr: outputTo(written, 'stderr', { isTTY, columns }),
    env: person.env ?? {},
    isInteractive: person.answers !== undefined,
    prompts: answering([...(person.answers ?? [])], questions),
    onInterrupt: (listener) => listening(listener, person.keyboard ?? {}),
  };
}

type Written = Record<'stdout' | 'stderr', string>;

function outputTo(
  written: Written,
  name: keyof Written,
  screen: Pick<Output, 'isTTY' | 'columns'>,
): Output {
  const write = (text: string) => {
    written[name] += text;
  };
  const writeOut = async (text: string) => {
    write(text);
    return true;
  };
  return { ...screen, write, writeOut };
}

/** The result of a command with `--json`. */
export async function operateJson(argv: readonly string[], person: Person = {}): Promise<unknown> {
  const { stdout } = await operate([...argv, '--json'], person);
  return JSON.parse(stdout);
}

function listening(listener: () => void, keyboard: Keyboard): () => void {
  keyboard.ctrlC = listener;
  return () => delete keyboard.ctrlC;
}

function answering(answers: (string | boolean)[], questions: string[]): Io['prompts'] {
  const next = (question: string) => {
    questions.push(question);
    const answer = answers.shift();
    if (answer === 'Ctrl-C') throw cancelled();
    return answer;
  };
  return {
    text: async (message) => String(next(message)),
    secret: async (message) => String(next(`[no echo] ${message}`)),
    confirm: async (message) => next(message) === true,
  };
}
