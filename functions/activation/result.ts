import type { ConnectionFailure } from '../pim/connection-failure.ts';
import type { PimUrl } from '../pim/pim-url.ts';
import type { ScopeSet } from '../pim/scopes.ts';
import type { FailureKind } from '../pim/send.ts';
import type { BrowserKey, Flow, FlowId } from './flow.ts';
import type { IdentityProblem } from './identity.ts';
import { type Cause, OUTCOMES, type RefusalCode } from './outcomes.ts';
import type { Dependency, ServiceError } from './ports.ts';

/** What the page and the log may say of a request. Nothing in it is secret. */
export interface OutcomeContext {
  readonly pim?: PimUrl;
  readonly clientId?: string;
  readonly attempt?: number;
  readonly missingScopes?: ScopeSet;
  /** HTTP status of the PIM's last answer. */
  readonly pimStatus?: number;
  readonly failure?: FailureKind;
  /** Why there was no connection to the PIM. */
  readonly connectionFailure?: ConnectionFailure;
  /** Why nobody is logged in. */
  readonly identityProblem?: IdentityProblem;
  readonly dependency?: Dependency;
  /** Name of the error behind an outage or a defect, never its message. */
  readonly errorName?: string;
}

/** The browser is sent to the PIM. */
export interface ToPim {
  readonly kind: 'redirect';
  readonly code: 'authorization_requested' | 'authorization_restarted' | 'authorization_repeated';
  readonly location: string;
  /** Set when the browser has no usable cookie yet. */
  readonly newBrowserKey?: BrowserKey;
  readonly context: OutcomeContext;
}

/** The App's question is answered: the browser is sent back to it, with a code or without. */
export interface ToApp {
  readonly kind: 'answered';
  readonly code: 'login_handed_over' | 'login_required';
  /** It may hold the code of a login: send it to the browser and nowhere else. */
  readonly location: string;
  readonly context: OutcomeContext;
}

/** The connection is saved; the browser is sent away from the URL that holds the code. */
export interface Connected {
  readonly kind: 'connected';
  readonly code: 'connected' | 'connected_with_missing_scopes' | 'identity_unverified';
  /** Where the operator wants users to go; the page of this flow if absent. */
  readonly appUrl?: string;
  readonly flowId: FlowId;
  readonly context: OutcomeContext;
}

/** The page that tells of a saved connection. */
export interface Shown {
  readonly kind: 'shown';
  readonly code:
    | 'already_connected'
    | 'connection_shown'
    | 'opened_again'
    | 'rights_missing'
    | 'shown_before';
  /** Where the App is, if it has a page of its own. */
  readonly appUrl?: string;
  /** Whether this very user may manage Apps: the first connection of an App takes the right to. */
  readonly mayManageApps?: true;
  readonly context: OutcomeContext;
}

/** Nothing was connected; the code says why and what to do. */
export interface Refused {
  readonly kind: 'refused';
  readonly code: RefusalCode;
  /** Set when nobody has to look: a stranger alone can have caused it. */
  readonly raisesNoAlarm?: true;
  readonly context: OutcomeContext;
}

/** How a request to the activation URL can end. */
export type ActivateResult = ToPim | Refused;
/** How a request to the callback URL can end. */
export type CallbackResult = ToPim | Connected | Shown | Refused;
/** How a question of an App can end. */
export type LoginResult = ToApp | Refused;
/** How any request can end. */
export type Result = ActivateResult | CallbackResult | LoginResult;

/** A refusal by its code. @param context what is known of the request. */
export function refused(code: RefusalCode, context: OutcomeContext = {}): Refused {
  return { kind: 'refused', code, context };
}

/** A service failed. @param context what is known of the request beside it. */
export function outage(error: ServiceError, context: OutcomeContext = {}): Refused {
  const { dependency, causeName } = error;
  return refused('store_unavailable', { ...context, dependency, errorName: causeName });
}

/** The alarm that a request counts for, if somebody has to look at it. */
export function causeOf(result: Result): Cause | undefined {
  const isQuiet = result.kind === 'refused' && result.raisesNoAlarm === true;
  return isQuiet ? undefined : OUTCOMES[result.code].cause;
}

/** What the page and the log may say of a flow. */
export function contextOf({ pim, clientId, attempt }: Flow): OutcomeContext {
  return { pim, clientId, attempt };
}
