import { AuthorizationCode } from '../pim/credentials.ts';
import { State } from './keys.ts';
import { type Refused, refused } from './result.ts';

/** The parameters that the flow reads; each may occur once (RFC 6749, section 3.1). */
const PARAMETERS = ['state', 'code', 'error', 'flow'] as const;

/**
 * The PIM's answer as the browser carries it. Only the state is checked so far; error and code are
 * out of reach until the flow is consumed, because until then anybody may have written them.
 */
export class AuthorizationResponse {
  readonly state: State;
  readonly #parameters: URLSearchParams;

  private constructor(state: State, parameters: URLSearchParams) {
    this.state = state;
    this.#parameters = parameters;
  }

  /** Step 1: each parameter at most once. Step 2: `state` has the right shape. */
  static read(parameters: URLSearchParams): AuthorizationResponse | Refused {
    if (PARAMETERS.some((name) => parameters.getAll(name).length > 1))
      return refused('callback_parameter_repeated');
    const state = State.parse(parameters.get('state') ?? '');
    return state ? new AuthorizationResponse(state, parameters) : refused('state_malformed');
  }

  /**
   * Step 4: `error`, although the PIMs of today never send one. Step 5: `code` has a sane shape. Call
   * it with the flow in hand: its refusals are this flow's end.
   *
   * @see docs/pim-contract.md §2.4 and §2.5
   */
  authorizationCode(): AuthorizationCode | Refused {
    if (this.#parameters.has('error')) return refused('authorization_denied');
    const code = AuthorizationCode.parse(this.#parameters.get('code') ?? '');
    return code ?? refused('code_malformed');
  }
}
