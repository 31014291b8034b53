import { readFileSync } from 'node:fs';
import { parseJsonObject } from '../../functions/pim/json-object.ts';

/** The version of this project, from its `package.json`. */
export function version(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return String(parseJsonObject(text)['version']);
}
