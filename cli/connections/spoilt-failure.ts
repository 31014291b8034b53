import { failure, type OperatorError } from '../operator-error.ts';
import { PROGRAM } from '../program-name.ts';
import type { SpoiltConnection } from '../stores/connection-row.ts';
import { plain } from '../terminal/plain.ts';

/** How a command ends that did its work for all connections but these: each is named, on a line of its own. */
export function spoiltFailure(spoilt: readonly SpoiltConnection[]): OperatorError {
  const count = spoilt.length === 1 ? '1 connection' : `${spoilt.length} connections`;
  const lines = spoilt.map(({ pim, clientId, problem }) =>
    plain(`${pim} (client id ${clientId}): ${problem}`),
  );
  return failure(
    [`${count} cannot be read, because somebody changed the table by hand:`, ...lines].join('\n  '),
    `Let a user open the App from that PIM once, which writes its row anew. Or remove what is stored of it: ${PROGRAM} connections forget <pim>`,
  );
}

/** @throws {OperatorError} naming the spoilt connections, if there are any; for the end of a command. */
export function failIfSpoilt(spoilt: readonly SpoiltConnection[]): void {
  if (spoilt.length > 0) throw spoiltFailure(spoilt);
}
