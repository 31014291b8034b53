import { connectionsCheck } from './connections-check.ts';
import { connectionsForget } from './connections-forget.ts';
import { connectionsList } from './connections-list.ts';
import { connectionsNotifyScopes } from './connections-notify-scopes.ts';
import { connectionsShow } from './connections-show.ts';
import { doctor } from './doctor.ts';
import type { OperatorCommand } from './operator-command.ts';
import { pimsAdd } from './pims-add.ts';
import { pimsList } from './pims-list.ts';
import { pimsRemove } from './pims-remove.ts';
import { pimsRotateSecret } from './pims-rotate-secret.ts';
import { pimsShow } from './pims-show.ts';
import { pimsUpdate } from './pims-update.ts';

/** Every command, in the order of the help. A new one is a file of its own and a line here. */
export const COMMANDS: readonly OperatorCommand[] = [
  pimsAdd,
  pimsList,
  pimsShow,
  pimsUpdate,
  pimsRotateSecret,
  pimsRemove,
  connectionsList,
  connectionsShow,
  connectionsCheck,
  connectionsNotifyScopes,
  connectionsForget,
  doctor,
];
