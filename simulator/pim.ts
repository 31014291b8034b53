import { PimSessions } from './accounts/accounts.ts';
import { UserConsents } from './accounts/consents.ts';
import { ConnectedApps } from './apps/connected-apps.ts';
import { CustomApps, type SecretListener } from './apps/custom-apps.ts';
import { FaultQueue } from './faults.ts';
import type { PimMemory } from './memory.ts';
import { AccessTokens, AuthorizationCodes, randomCode } from './oauth/codes-and-tokens.ts';
import { type KeyPair, OpenIdKeys } from './openid.ts';
import { knownAuthorizationScopes } from './scopes.ts';

/** How a simulated PIM starts. Everything has a default that suits a person with a browser. */
export interface SimulatedPimOptions {
  /** @default 0, any free port of the loopback interface */
  readonly port?: number;
  /** Listens here in place of localhost, such as at `0.0.0.0`. Whoever reaches it is logged in. */
  readonly host?: string;
  /** How browsers and Apps reach it, without a slash at its end. @default `http://localhost:<port>` */
  readonly publicUrl?: string;
  /** Keeps Apps, tokens and consents in this file. They are in memory if absent. */
  readonly file?: string;
  /** The PIM's path on its host, such as `/pim`. @default '' */
  readonly path?: string;
  /** Milliseconds since the epoch; the lifetime of codes is measured with it. @default Date.now */
  readonly now?: () => number;
  /** Whether the scopes of catalogs exist. @default true */
  readonly catalogs?: boolean;
  /** Whether the scopes of the Enterprise Edition exist. @default true */
  readonly enterprise?: boolean;
  /**
   * Whether the token endpoint takes any challenge for the proof of the client secret. Nothing of an App may rest on the
   * PIM's check. @default false
   */
  readonly acceptsAnyChallenge?: boolean;
  /** Makes the next client secret, so that a test can mark it. @default 86 random characters */
  readonly clientSecret?: () => string;
  /** Called with each secret that replaces another one. */
  readonly onSecretRegenerated?: SecretListener;
  /** Makes the next authorization code. @default 86 random characters */
  readonly authorizationCode?: () => string;
  /** Makes the next access token. @default 86 random characters */
  readonly accessToken?: () => string;
  /** Makes the next key pair for id tokens, so that many PIMs of a test can share one. @default a new one */
  readonly openIdKeyPair?: () => Promise<KeyPair>;
  /** Changes each name and address in an id token, so that a test can mark them. @default as they are */
  readonly personalText?: (text: string) => string;
}

/** Everything that one simulated PIM remembers. The parts do not know each other. */
export interface Pim {
  /** The PIM's configured URL, which is `pim_url` and `iss`. No slash at its end. */
  readonly url: string;
  /** The part of {@link url} after the host, empty or `/…`. */
  readonly path: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly knownScopes: ReadonlySet<string>;
  readonly customApps: CustomApps;
  readonly connectedApps: ConnectedApps;
  /** The client ids with an OAuth client record: authorize makes it, a disconnection deletes it. */
  readonly oauthClients: Set<string>;
  readonly sessions: PimSessions;
  readonly consents: UserConsents;
  readonly codes: AuthorizationCodes;
  readonly tokens: AccessTokens;
  readonly openIdKeys: OpenIdKeys;
  readonly faults: FaultQueue;
  readonly acceptsAnyChallenge: boolean;
  readonly personalText: (text: string) => string;
}

/** A PIM at a URL. */
export function createPim(url: string, memory: PimMemory, options: SimulatedPimOptions): Pim {
  const { now = Date.now, catalogs = true, enterprise = true } = options;
  return {
    url,
    path: options.path ?? '',
    now,
    knownScopes: knownAuthorizationScopes({ catalogs, enterprise }),
    customApps: new CustomApps(
      memory.customApps,
      options.clientSecret ?? randomCode,
      options.onSecretRegenerated,
    ),
    connectedApps: new ConnectedApps(memory.connectedApps),
    oauthClients: memory.oauthClients,
    sessions: new PimSessions(),
    consents: new UserConsents(memory.consents),
    codes: new AuthorizationCodes(memory.codes, options.authorizationCode ?? randomCode, now),
    tokens: new AccessTokens(
      memory.tokens,
      memory.revokedTokens,
      options.accessToken ?? randomCode,
    ),
    openIdKeys: new OpenIdKeys(memory.openIdKeys, now, options.openIdKeyPair),
    faults: new FaultQueue(),
    acceptsAnyChallenge: options.acceptsAnyChallenge ?? false,
    personalText: options.personalText ?? ((text) => text),
  };
}

/**
 * Disconnects an App: its tokens are revoked forever, its codes, scopes and OAuth client record
 * are deleted. The App is not told; its registration, its secret and the users' consents stay.
 *
 * @see docs/pim-contract.md §6
 */
export function disconnectApp(pim: Pim, clientId: string): void {
  pim.tokens.revokeAll(clientId);
  pim.codes.deleteAll(clientId);
  pim.connectedApps.delete(clientId);
  pim.oauthClients.delete(clientId);
}

/**
 * Deletes a custom App, which disconnects it too.
 *
 * @see docs/pim-contract.md §7
 */
export function deleteCustomApp(pim: Pim, clientId: string): void {
  disconnectApp(pim, clientId);
  pim.customApps.delete(clientId);
}
