/** A PIM to develop and test against: see {@link startSimulatedPim}. */
export { InvalidCustomAppError, type Violation } from './apps/custom-app-checks.ts';
export type { AppRegistration } from './apps/custom-apps.ts';
export type { Fault, FaultKind, FaultPoint, TokenFaultKind } from './faults/fault.ts';
export { type KeyPair, newKeyPair } from './openid/openid-keys.ts';
export type { SimulatedPimOptions } from './options.ts';
export { AUTHENTICATION_SCOPES, knownAuthorizationScopes } from './scopes/catalogue.ts';
export type { RecordedRequest, SimulatedPim } from './simulated-pim.ts';
export { startSimulatedPim } from './start.ts';
export type { UserMode } from './users/accounts.ts';
