import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A path in this project, absolute. */
export function inProject(...parts: string[]): string {
  return join(fileURLToPath(new URL('../../..', import.meta.url)), ...parts);
}

/** What is kept between two runs: git-ignored, and safe to delete. */
export const CACHE = inProject('.cache');

/** The project's own command line tools. */
export const TOOLS = inProject('node_modules', '.bin');
