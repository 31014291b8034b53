import type { OperatorError } from '../operator-error.ts';
import { usageError } from '../operator-error.ts';

/** The options that say which stack is meant. */
const OPTIONS = ['stack', 'profile', 'region'];

/**
 * Without the two dashes, npm takes `--stack=other` for an option of its own, and a command that was meant for one stack
 * would run on another. npm tells in a variable what it has taken.
 *
 * @throws {OperatorError} naming the option.
 * @see {@link https://docs.npmjs.com/cli/v11/using-npm/config#environment-variables npm's configuration in variables}
 */
export function refuseSwallowedOptions(env: NodeJS.ProcessEnv): void {
  const swallowed = OPTIONS.find((name) => env[`npm_config_${name}`] !== undefined);
  if (swallowed !== undefined) throw notForNpm(swallowed);
}

function notForNpm(option: string): OperatorError {
  return usageError(
    `npm has taken --${option} for an option of its own.`,
    `Write two dashes before the command: npm run app -- … --${option} <${option}>`,
  );
}
