import { randomBytes } from 'node:crypto';

/** An App that a manager connected. */
export interface ConnectedApp {
  readonly clientId: string;
  /** The connection's code, `app_` and random letters, at most 30 characters. */
  readonly code: string;
  /** The user group that the PIM made for the App. */
  readonly userGroup: string;
  /** Granted authorization scopes, sorted, without the implied ones. A change takes effect at once. */
  scopes: readonly string[];
  /** Whether the App asked for more scopes and no manager has opened it since. */
  hasOutdatedScopes: boolean;
}

/**
 * The connected Apps, by client id.
 *
 * @see docs/pim-contract.md §8
 */
export class ConnectedApps {
  readonly #apps: Map<string, ConnectedApp>;

  /** @param apps what the PIM remembers */
  constructor(apps: Map<string, ConnectedApp>) {
    this.#apps = apps;
  }

  /** The connected App; `undefined` when the App is not connected. */
  find(clientId: string): ConnectedApp | undefined {
    return this.#apps.get(clientId);
  }

  /** All connected Apps, in the order of their connection. */
  all(): ConnectedApp[] {
    return [...this.#apps.values()];
  }

  /** Connects the App, or gives a connected one exactly these scopes. */
  grant(clientId: string, scopes: readonly string[]): ConnectedApp {
    const app = this.#apps.get(clientId) ?? newConnectedApp(clientId);
    app.scopes = scopes;
    this.#apps.set(clientId, app);
    return app;
  }

  /** Removes the App. */
  delete(clientId: string): void {
    this.#apps.delete(clientId);
  }
}

function newConnectedApp(clientId: string): ConnectedApp {
  const code = `app_${randomBytes(12).toString('hex')}`;
  return { clientId, code, userGroup: code, scopes: [], hasOutdatedScopes: false };
}
