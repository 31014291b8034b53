/** An access token that works. It never expires. */
export interface AccessToken {
  readonly clientId: string;
  /** The authorization scopes when it was issued. Only a lookup key: the App's scopes decide about rights. */
  readonly scope: string;
}

/**
 * The tokens of all connected Apps. A token belongs to the App, not to a user: whoever comes
 * through the flow gets the same one, as long as the App's scopes do not change.
 *
 * @see docs/pim-contract.md §4.4
 */
export class AccessTokens {
  readonly #tokens = new Map<string, AccessToken>();
  readonly #revoked = new Set<string>();
  readonly #generate: () => string;

  /** @param generate makes the next token */
  constructor(generate: () => string) {
    this.#generate = generate;
  }

  /** The App's token for exactly these scopes: the one it has, or a new one in place of all others. */
  issue(clientId: string, scope: string): string {
    for (const [token, issued] of this.#tokens) {
      if (issued.clientId === clientId && issued.scope === scope) return token;
    }
    this.#delete(clientId);
    const token = this.#generate();
    this.#tokens.set(token, { clientId, scope });
    return token;
  }

  /** The token's row; `undefined` when unknown, replaced or revoked. */
  find(token: string): AccessToken | undefined {
    return this.#tokens.get(token);
  }

  /** Whether the App has a token, whatever its scopes. */
  hasAny(clientId: string): boolean {
    return [...this.#tokens.values()].some((token) => token.clientId === clientId);
  }

  /** Whether the token belonged to an App that was disconnected since. That holds for ever. */
  isRevoked(token: string): boolean {
    return this.#revoked.has(token);
  }

  /** Revokes the App's tokens, as its disconnection does. */
  revokeAll(clientId: string): void {
    for (const token of this.#delete(clientId)) this.#revoked.add(token);
  }

  #delete(clientId: string): string[] {
    const ofApp = [...this.#tokens].filter(([, issued]) => issued.clientId === clientId);
    for (const [token] of ofApp) this.#tokens.delete(token);
    return ofApp.map(([token]) => token);
  }
}
