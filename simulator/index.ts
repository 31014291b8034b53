/** A PIM to develop and test against: see {@link startSimulatedPim}. */
export type { UserMode } from './accounts/accounts.ts';
export {
  type AppRegistration,
  InvalidCustomAppError,
  type Violation,
} from './apps/custom-apps.ts';
export type { Fault, FaultKind, FaultPoint, TokenFaultKind } from './faults.ts';
export { ID_TOKEN_FORGERIES, type IdTokenForgery } from './id-token.ts';
export { type KeyPair, newKeyPair } from './openid.ts';
export type { SimulatedPimOptions } from './pim.ts';
export { AUTHENTICATION_SCOPES, knownAuthorizationScopes } from './scopes.ts';
export type { RecordedRequest } from './server.ts';
export { type SimulatedPim, startSimulatedPim } from './simulated-pim.ts';
