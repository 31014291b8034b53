import { Command } from 'commander';
import { pimArgument } from '../command-line.ts';
import { PROGRAM } from '../operator-error.ts';
import { secretUse, secretUseText } from '../pims/client-secrets.ts';
import { CLIENT_SECRET_VARIABLE, readClientSecret } from '../pims/credentials.ts';
import { listedPim } from '../pims/registrations.ts';
import type { DefineCommand, Session } from '../session.ts';

const AFTER_HELP = `
Example:
  ${PROGRAM} pims rotate-secret https://pim.example.com
      asks for the new secret without echo, or takes it from
      ${CLIENT_SECRET_VARIABLE}

Regenerate the secret in the PIM first, then run this at once: who opens the App
in between is told that its credentials need the operator, and opening it again
afterwards works. Nothing has to be deployed: the service reads the secret
afresh when the PIM refuses the one that it knows. Connections that exist keep
their tokens.
`;

/** Stores a new client secret. */
export const pimsRotateSecret: DefineCommand = (open) =>
  new Command('rotate-secret')
    .summary('store a new client secret')
    .description('Stores the new client secret of a listed PIM in place of the old one.')
    .argument('<url>', 'address of the PIM, or its suffix', pimArgument)
    .addHelpText('after', AFTER_HELP)
    .action(async (url: string, _flags: unknown, command: Command) =>
      rotate(url, await open(command)),
    );

async function rotate(url: string, session: Session): Promise<void> {
  const { pim, clientId } = await listedPim(url, session);
  const secret = await readClientSecret(clientId, session.io);
  const stored = await session.clientSecrets.put(clientId, secret);
  const use = await secretUse(clientId, stored, session);
  session.report(
    { pim, clientId, ...use },
    `${secretUseText({ pim, clientId }, use)}\nCheck it: open the App from the PIM, then ${PROGRAM} connections list\n`,
  );
}
