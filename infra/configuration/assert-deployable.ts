import { domainSettingsProblems } from './domain-settings.ts';
import { problemsOf } from './problems.ts';
import type { AkeneoAppActivationProps } from './props.ts';
import { type Problem, refuseProblems } from './refuse-problems.ts';
import type { AkeneoAppActivationStackProps } from './stack-props.ts';
import type { UncheckedProps, UncheckedStackProps } from './unchecked-props.ts';

/**
 * Checks the props of the construct, those of {@link UncheckedProps} against their types as well.
 *
 * @throws {RefusedConfiguration} naming every problem of the props and its fix.
 */
export function assertDeployable(props: UncheckedProps): asserts props is AkeneoAppActivationProps {
  refuseProblems(problemsOf(props));
}

/**
 * Checks the props of the stack, those of {@link UncheckedStackProps} against their types as well.
 *
 * @param others problems from elsewhere, to be named in the same message.
 * @throws {RefusedConfiguration} naming every problem of the props and its fix.
 */
export function assertDeployableStack(
  props: UncheckedStackProps,
  others: readonly Problem[] = [],
): asserts props is AkeneoAppActivationStackProps {
  const { customDomain, ...rest } = props;
  const ofDomain = customDomain ? domainSettingsProblems(customDomain) : [];
  refuseProblems([...others, ...ofDomain, ...problemsOf(rest)]);
}
