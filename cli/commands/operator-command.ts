import type { Command } from 'commander';
import type { OpenSession } from '../session.ts';

/** The first word of a command of two words. */
export type Group = 'pims' | 'connections';

/** One command in one file; `commands/index.ts` lists them. */
export interface OperatorCommand {
  /** Absent for a command of one word. */
  readonly group?: Group;
  /** The command with its options, its help and its action. */
  readonly define: (open: OpenSession) => Command;
}
