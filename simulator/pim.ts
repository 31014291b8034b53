import { ConnectedApps } from './apps/connected-apps.ts';
import { CustomApps } from './apps/custom-apps.ts';
import { FaultQueue } from './faults/fault-queue.ts';
import { AccessTokens } from './oauth/access-tokens.ts';
import { AuthorizationCodes } from './oauth/authorization-codes.ts';
import { randomCode } from './oauth/random-code.ts';
import { OpenIdKeys } from './openid/openid-keys.ts';
import type { SimulatedPimOptions } from './options.ts';
import { knownAuthorizationScopes } from './scopes/catalogue.ts';
import { UserConsents } from './users/consents.ts';
import { PimSessions } from './users/sessions.ts';

/** Everything that one simulated PIM remembers. No part uses another. */
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
}

/** An empty PIM at a URL. */
export function createPim(url: string, options: SimulatedPimOptions): Pim {
  const { now = Date.now, catalogs = true, enterprise = true } = options;
  return {
    url,
    path: options.path ?? '',
    now,
    knownScopes: knownAuthorizationScopes({ catalogs, enterprise }),
    customApps: new CustomApps(options.clientSecret ?? randomCode, options.onSecretRegenerated),
    connectedApps: new ConnectedApps(),
    oauthClients: new Set(),
    sessions: new PimSessions(),
    consents: new UserConsents(),
    codes: new AuthorizationCodes(options.authorizationCode ?? randomCode, now),
    tokens: new AccessTokens(options.accessToken ?? randomCode),
    openIdKeys: new OpenIdKeys(now, options.openIdKeyPair),
    faults: new FaultQueue(),
  };
}
