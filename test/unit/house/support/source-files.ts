import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../../../..');

/** A file of the project. */
export interface SourceFile {
  /** Its path from the project's folder. */
  readonly file: string;
  readonly text: string;
}

/**
 * All files of a folder and of the folders below it.
 *
 * @param extension the end of their names, as a pattern.
 */
export function filesIn(folder: string, extension: RegExp): SourceFile[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => extension.test(name) && !name.endsWith('.d.ts'))
    .map((name) => join(folder, name))
    .map((file) => ({ file, text: readFileSync(join(ROOT, file), 'utf8') }));
}
