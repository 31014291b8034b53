import type { Command, CommanderError } from 'commander';
import { type OperatorError, usageError } from '../operator-error.ts';

/** `'--name=value'` as Commander quotes it. The value may be anything, quotes too, so it is never repeated. */
const OPTION_WITH_VALUE = /'(--?[\w-]+)=.*'/s;

/** What Commander says of a wrong command line, as one sentence, and which help to read. */
export function wrongUsage(
  { message }: CommanderError,
  argv: readonly string[],
  root: Command,
): OperatorError {
  const commands = namedCommands(argv, root);
  const next = `See: ${commands.map((command) => command.name()).join(' ')} --help`;
  const option = OPTION_WITH_VALUE.exec(message)?.[1];
  // Commander takes an option that it knows for unknown when it has a value and should have none.
  const isKnown = commands.some((command) => command.options.some(({ long }) => long === option));
  if (option !== undefined && isKnown) return usageError(`${option} takes no value.`, next);
  return usageError(sentence(message.replace(OPTION_WITH_VALUE, "'$1'")), next);
}

/** The command that was meant, as far as it was named, after those that it belongs to. */
function namedCommands(argv: readonly string[], root: Command): readonly Command[] {
  const commands = [root];
  for (const word of argv) {
    const child = commands.at(-1)?.commands.find((command) => command.name() === word);
    if (child) commands.push(child);
  }
  return commands;
}

function sentence(text: string): string {
  const [first = '', ...others] = text.replace(/^error: /, '').split('\n');
  return [`${first.charAt(0).toUpperCase()}${first.slice(1).replace(/\.$/, '')}.`, ...others].join(
    ' ',
  );
}
