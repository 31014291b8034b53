import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { UserConsent } from './accounts/consents.ts';
import type { ConnectedApp } from './apps/connected-apps.ts';
import type { CustomApp } from './apps/custom-apps.ts';
import type { AccessToken, AuthorizationCode } from './oauth/codes-and-tokens.ts';
import type { OpenIdKey } from './openid.ts';

/** What a PIM has in its database: all that outlives a restart. */
export interface PimMemory {
  /** By client id. */
  readonly customApps: Map<string, CustomApp>;
  /** By client id. */
  readonly connectedApps: Map<string, ConnectedApp>;
  /** Client ids. */
  readonly oauthClients: Set<string>;
  /** By account and client id. */
  readonly consents: Map<string, UserConsent>;
  /** By the code itself. */
  readonly codes: Map<string, AuthorizationCode>;
  /** By the token itself. */
  readonly tokens: Map<string, AccessToken>;
  readonly revokedTokens: Set<string>;
  /** The current one, once somebody has needed it. */
  readonly openIdKeys: Map<string, OpenIdKey>;
}

/** The memory, and what keeps its present state. */
export interface KeptMemory {
  readonly memory: PimMemory;
  /** Writes the file if anything has changed. */
  readonly save: () => void;
}

/**
 * Remembers what the file holds, or nothing yet.
 *
 * @param file for its owner alone: it holds secrets and tokens. Nothing is kept if absent.
 * @throws {Error} with what to do when the file is not what a PIM has written
 */
export function rememberIn(file: string | undefined): KeptMemory {
  if (file === undefined) return { memory: memoryOf({}), save: () => {} };
  let written = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const memory = memoryOf(written === '' ? {} : parse(file, written));
  const save = (): void => {
    const text = `${JSON.stringify(memory, entriesOf, 1)}\n`;
    if (text === written) return;
    // A process that ends in between leaves the file of before.
    writeFileSync(`${file}.new`, text, { mode: 0o600 });
    renameSync(`${file}.new`, file);
    written = text;
  };
  return { memory, save };
}

/** The file's own shape: the entries of each map, the members of each set. */
type Entries = { readonly [Part in keyof PimMemory]?: Iterable<never> };

function memoryOf(entries: Entries): PimMemory {
  return {
    customApps: new Map(entries.customApps),
    connectedApps: new Map(entries.connectedApps),
    oauthClients: new Set(entries.oauthClients),
    consents: new Map(entries.consents),
    codes: new Map(entries.codes),
    tokens: new Map(entries.tokens),
    revokedTokens: new Set(entries.revokedTokens),
    openIdKeys: new Map(entries.openIdKeys),
  };
}

function parse(file: string, text: string): Entries {
  try {
    return JSON.parse(text) as Entries;
  } catch (cause) {
    const message = `${file} is not what the simulated PIM has written. Remove it; then connect the App again.`;
    throw new Error(message, { cause });
  }
}

function entriesOf(_name: string, value: unknown): unknown {
  return value instanceof Map || value instanceof Set ? [...value] : value;
}
