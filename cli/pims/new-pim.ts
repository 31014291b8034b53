import type { ScopeSet } from '../../functions/pim/scopes.ts';
import { usageError } from '../operator-error.ts';
import { requestedScopes, scopesProblem } from '../scopes/requested-scopes.ts';
import { readClientId } from '../secrets/client-credentials.ts';
import type { Session } from '../session.ts';
import type { PimSettings } from '../stores/pim-row.ts';
import type { Io } from '../terminal/io.ts';
import { parseAppUrl } from './app-url.ts';

/** The options that describe a PIM, each checked by itself; what is needed and absent is asked for. */
export interface PimFlags {
  readonly clientId?: string;
  readonly scopes?: string;
  readonly appUrl?: string;
  readonly label?: string;
  readonly allowUnknownScopes?: boolean;
}

/**
 * Completes the settings of a new PIM. Options are checked before the first question, so that nobody types a secret
 * only to learn that a scope was misspelt.
 *
 * @throws {OperatorError} for an unusable option, or one that is absent with nobody there to ask.
 */
export async function readSettings(
  flags: PimFlags,
  { io, stack }: Pick<Session, 'io' | 'stack'>,
): Promise<PimSettings> {
  const optional = {
    ...(flags.appUrl !== undefined && { appUrl: parseAppUrl(flags.appUrl, stack.stage) }),
    ...(flags.label !== undefined && { label: flags.label }),
  };
  const given = flags.scopes === undefined ? undefined : requestedScopes(flags.scopes, flags);
  const clientId = await readClientId(flags.clientId, io);
  return { clientId, scopes: given ?? (await askForScopes(flags, io)), ...optional };
}

async function askForScopes(flags: PimFlags, io: Io): Promise<ScopeSet> {
  if (!io.isInteractive)
    throw usageError(
      'The scopes are missing, and there is no terminal to ask for them.',
      'Name all that the App needs: --scopes "read_products write_products"',
    );
  const typed = await io.prompts.text(
    'Scopes that the App needs, with blanks between them (such as: read_products read_categories)',
    (answer) => scopesProblem(answer, flags),
  );
  return requestedScopes(typed, flags);
}
