import { usageError } from '../operator-error.ts';
import { CLIENT_SECRET_VARIABLE } from '../secrets/client-credentials.ts';

/** What somebody would try first. */
const SECRET_OPTION = /^--?(client-?)?secret(=|$)/i;

/**
 * Refuses a secret in the arguments with the reason, instead of "unknown option", and without repeating it.
 *
 * @throws {OperatorError}
 */
export function refuseSecretArguments(argv: readonly string[]): void {
  if (!argv.some((argument) => SECRET_OPTION.test(argument))) return;
  throw usageError(
    'A client secret is never taken as an argument: every user of this machine can read arguments, and the shell keeps them.',
    `Leave it out to be asked for it, or set ${CLIENT_SECRET_VARIABLE}. Regenerate the secret in the PIM if it was real.`,
  );
}
