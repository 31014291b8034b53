import type { DefineCommand } from '../session.ts';
import { connectionsCheck } from './connections-check.ts';
import { connectionsForget } from './connections-forget.ts';
import { connectionsList } from './connections-list.ts';
import { connectionsNotifyScopes } from './connections-notify-scopes.ts';
import { connectionsShow } from './connections-show.ts';
import { doctor } from './doctor.ts';
import { pimsAdd } from './pims-add.ts';
import { pimsList } from './pims-list.ts';
import { pimsMove } from './pims-move.ts';
import { pimsRemove } from './pims-remove.ts';
import { pimsRotateSecret } from './pims-rotate-secret.ts';
import { pimsShow } from './pims-show.ts';
import { pimsUpdate } from './pims-update.ts';
import { preflight } from './preflight.ts';
import { smoke } from './smoke.ts';
import { urls } from './urls.ts';

/** Commands that share their first word. */
interface Group {
  readonly name: string;
  readonly summary: string;
  readonly description: string;
  readonly commands: readonly DefineCommand[];
}

/** The commands of two words, in the order of the help. A new command is a file of its own and a line here. */
export const GROUPS: readonly Group[] = [
  {
    name: 'pims',
    summary: 'say which PIMs may connect, and with which credentials',
    description:
      'The allow-list: which PIMs may connect, with which credentials and for which scopes.',
    commands: [pimsAdd, pimsList, pimsShow, pimsUpdate, pimsRotateSecret, pimsMove, pimsRemove],
  },
  {
    name: 'connections',
    summary: 'see and check which PIMs have connected, and forget them',
    description:
      'The connections that PIM users made: who granted what, and whether it still works. Tokens are encrypted and never shown.',
    commands: [
      connectionsList,
      connectionsShow,
      connectionsCheck,
      connectionsNotifyScopes,
      connectionsForget,
    ],
  },
];

/** The commands of one word. */
export const COMMANDS: readonly DefineCommand[] = [preflight, urls, doctor, smoke];
