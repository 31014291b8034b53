import type { SecretListener } from './apps/custom-apps.ts';
import type { KeyPair } from './openid/openid-keys.ts';

/** How a simulated PIM starts. Everything has a default that suits a person with a browser. */
export interface SimulatedPimOptions {
  /** @default 0, any free port of the loopback interface */
  readonly port?: number;
  /** The PIM's path on its host, such as `/pim`. @default '' */
  readonly path?: string;
  /** Milliseconds since the epoch; the lifetime of codes is measured with it. @default Date.now */
  readonly now?: () => number;
  /** Whether the scopes of catalogs exist. @default true */
  readonly catalogs?: boolean;
  /** Whether the scopes of the Enterprise Edition exist. @default true */
  readonly enterprise?: boolean;
  /** Makes the next client secret, so that a test can mark it. @default 86 random characters */
  readonly clientSecret?: () => string;
  /** Is told of each secret that replaces another one, whoever asked for it. @default nobody is told */
  readonly onSecretRegenerated?: SecretListener;
  /** Makes the next authorization code. @default 86 random characters */
  readonly authorizationCode?: () => string;
  /** Makes the next access token. @default 86 random characters */
  readonly accessToken?: () => string;
  /** Makes the next key pair for id tokens, so that many PIMs of a test can share one. @default a new one */
  readonly openIdKeyPair?: () => Promise<KeyPair>;
}
