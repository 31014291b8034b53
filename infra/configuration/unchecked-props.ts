import type { StackProps } from 'aws-cdk-lib';
import type { DomainSettings } from './domain-settings.ts';
import type { AkeneoAppActivationProps, ThrottleProps } from './props.ts';

type UncheckedName =
  | 'stage'
  | 'healthCheck'
  | 'throttle'
  | 'memorySize'
  | 'backEndAccounts'
  | 'dangerouslyAllowHttpPimOnLoopback'
  | 'dangerouslyDestroyTables';

/** {@link ThrottleProps} before anybody has checked them. */
export type UncheckedThrottle = Readonly<Record<keyof ThrottleProps, unknown>>;

/**
 * The props of the construct before anybody has checked them. A command line gives any text as the value of a
 * setting, and JavaScript any value at all.
 */
export interface UncheckedProps extends Omit<AkeneoAppActivationProps, UncheckedName> {
  readonly stage?: unknown;
  readonly healthCheck?: unknown;
  readonly throttle?: UncheckedThrottle;
  readonly memorySize?: unknown;
  readonly backEndAccounts?: unknown;
  readonly dangerouslyAllowHttpPimOnLoopback?: unknown;
  readonly dangerouslyDestroyTables?: unknown;
}

/** The props of the stack before anybody has checked them. */
export interface UncheckedStackProps extends StackProps, Omit<UncheckedProps, 'customDomain'> {
  /** Any of the names may be missing. */
  readonly customDomain?: Partial<DomainSettings>;
}
