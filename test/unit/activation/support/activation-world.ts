import type { CallbackDeps } from '../../../../functions/activation/complete.ts';
import { FailedFlows } from '../../../../functions/activation/failed-flows.ts';
import { type ConsumedFlow, randomText, State } from '../../../../functions/activation/flow.ts';
import { AccessToken, ClientSecret } from '../../../../functions/pim/credentials.ts';
import { isMalformed, wellFormed } from '../../../../functions/pim/malformed.ts';
import { PimUrl } from '../../../../functions/pim/pim-url.ts';
import { parseScope } from '../../../../functions/pim/scopes.ts';
import type { Exchanged } from '../../../../functions/pim/token-endpoint.ts';
import type { TrialResult } from '../../../../functions/pim/token-trial.ts';

const STATE = 'A'.repeat(43);
const NOW = Date.parse('2026-03-01T12:00:00Z');

/** The query of a callback as a PIM sends it. */
export const QUERY = `code=abc&state=${STATE}`;

interface Behaviour {
  readonly attempt?: number;
  /** How long after its start the flow is consumed. */
  readonly consumedAfterMs?: number;
  readonly exchange?: Exchanged;
  /** @default that of a function that has just started */
  readonly failedFlows?: FailedFlows;
  /** The text whose hash names the flow. @default that of {@link QUERY} */
  readonly state?: string;
  readonly reopens?: boolean;
  readonly save?: () => Promise<boolean>;
  readonly storedFingerprint?: string;
  readonly trial?: TrialResult;
  readonly replace?: boolean;
  /** What is granted by the connection that is stored. */
  readonly confirmed?: readonly string[];
  readonly isKnown?: boolean;
}

/** Ports that do as they are told and write down the order in which they are called. */
export function activationWorld(behaviour: Behaviour = {}) {
  const calls: string[] = [];
  const call = <T>(name: string, value: T): Promise<T> => {
    calls.push(name);
    return Promise.resolve(value);
  };
  const flow = consumedFlow(behaviour);
  const granted = {
    kind: 'granted',
    accessToken: wellFormed(AccessToken.parse('token')),
    scopes: flow.scopes,
    tokenRequestedAt: NOW,
  } as const;
  const deps: CallbackDeps = {
    flows: {
      put: ({ attempt }) => call(`put attempt ${attempt}`, undefined),
      consume: () => call('consume', { kind: 'consumed', flow }),
      show: () => call('show', true),
      find: () => call('find', behaviour.isKnown ? { status: 'consumed', flow } : undefined),
    },
    secrets: {
      find: (_clientId, options) =>
        call(options?.fresh ? 'fresh secret' : 'secret', wellFormed(ClientSecret.parse('secret'))),
    },
    tokenEndpoint: { open: () => () => call('exchange', behaviour.exchange ?? granted) },
    failedFlows: behaviour.failedFlows ?? new FailedFlows(),
    connections: {
      reopen: () => call('reopen', behaviour.reopens ?? false),
      save: () => call('save', true).then(behaviour.save ?? ((saved) => saved)),
      storedFingerprint: () => call('fingerprint', behaviour.storedFingerprint),
      replace: (_grant, _token, fingerprint) =>
        call(`replace ${fingerprint}`, behaviour.replace ?? true),
      confirm: () =>
        call(
          'confirm',
          behaviour.confirmed && {
            grantedScopes: parseScope(behaviour.confirmed.join(' ')),
            firstConnectedAt: NOW,
          },
        ),
    },
    cipher: { keyId: 'key', encrypt: () => call('encrypt', new Uint8Array()) },
    tokenTrial: () => call('trial', behaviour.trial ?? 'unclear'),
    now: () => NOW,
    random: randomText,
  };
  return { calls, deps };
}

function consumedFlow(behaviour: Behaviour): ConsumedFlow {
  const { attempt = 1, consumedAfterMs = 60_000, state = STATE } = behaviour;
  const parsed = PimUrl.parse('https://my.pim.example', {
    dangerouslyAllowHttpOnLoopback: false,
  });
  if (isMalformed(parsed)) throw new Error(parsed.problem);
  return {
    id: wellFormed(State.parse(state)).hash(),
    pim: parsed,
    clientId: 'client',
    scopes: parseScope('read_products'),
    browserHash: 'hash',
    attempt,
    startedAt: NOW - consumedAfterMs,
    expiresAt: NOW + 60_000,
    consumedAt: NOW,
    wasShown: false,
  };
}
