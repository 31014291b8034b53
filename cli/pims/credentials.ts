import { ClientSecret } from '../../functions/pim/credentials.ts';
import { isMalformed } from '../../functions/pim/malformed.ts';
import { PROGRAM, usageError } from '../operator-error.ts';
import type { Io } from '../terminal/io.ts';

/** Environment variable for the client id, in place of `--client-id`. */
export const CLIENT_ID_VARIABLE = 'AKENEO_CLIENT_ID';
/** Environment variable for the client secret, the only way to give it without a terminal. */
export const CLIENT_SECRET_VARIABLE = 'AKENEO_CLIENT_SECRET';

/** What a PIM makes is letters, digits, `_` and `-`; the rest is room for those to come. */
const CLIENT_ID = /^[A-Za-z0-9_+=.@-]{1,200}$/;

/**
 * The client id: from the option, else from the environment, else asked for.
 *
 * @throws {OperatorError} when nobody can be asked, or it cannot be a client id.
 */
export async function readClientId(option: string | undefined, io: Io): Promise<string> {
  const given = option ?? io.env[CLIENT_ID_VARIABLE];
  if (given !== undefined) return checkedClientId(given);
  if (!io.isInteractive) throw nobodyToAsk('client id', `--client-id or ${CLIENT_ID_VARIABLE}`);
  return checkedClientId(await io.prompts.text('Client id, as the PIM shows it', clientIdProblem));
}

/** @throws {OperatorError} when it cannot be a client id. */
export function checkedClientId(raw: string): string {
  const problem = clientIdProblem(raw);
  if (problem) throw usageError(problem, 'Copy it from the PIM: Connect > App Store > the App.');
  return raw.trim();
}

/**
 * The client secret: from the environment, else asked for without echo. There is no option for it: arguments are
 * shown to every user of the machine by `ps`, and kept in the shell's history.
 *
 * @throws {OperatorError} when nobody can be asked, or it cannot be a client secret.
 */
export async function readClientSecret(clientId: string, io: Io): Promise<ClientSecret> {
  const given = io.env[CLIENT_SECRET_VARIABLE];
  if (given === undefined && !io.isInteractive)
    throw nobodyToAsk('client secret', CLIENT_SECRET_VARIABLE);
  const raw = given ?? (await io.prompts.secret(`Client secret of ${clientId}`));
  const secret = ClientSecret.parse(raw.trim());
  if (isMalformed(secret) || secret.reveal() === clientId) throw unusableSecret();
  return secret;
}

function clientIdProblem(raw: string): string | undefined {
  return CLIENT_ID.test(raw.trim())
    ? undefined
    : 'A client id is letters, digits and the characters _ + = . @ - only.';
}

function nobodyToAsk(what: string, source: string): Error {
  return usageError(
    `The ${what} is missing, and there is no terminal to ask for it.`,
    `Set ${source}. Both at once: ${CLIENT_ID_VARIABLE} and ${CLIENT_SECRET_VARIABLE} in the environment, the secret never as an argument. The PIM shows them once the App is registered there, with the URLs of: ${PROGRAM} urls <pim>`,
  );
}

function unusableSecret(): Error {
  return usageError(
    'This cannot be the client secret: it is empty, holds blanks, or is the client id.',
    'Copy the secret from the PIM: Connect > App Store > the App. A lost one can be regenerated there.',
  );
}
