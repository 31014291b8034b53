import { Stack, Validations } from 'aws-cdk-lib';
import {
  AwsSolutionsChecks,
  HIPAASecurityChecks,
  type NagPack,
  NIST80053R4Checks,
  NIST80053R5Checks,
  PCIDSS321Checks,
  ServerlessChecks,
} from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { explainedRules, type Linter } from '../../docs/linters.ts';
import { AkeneoAppActivation, type AkeneoAppActivationProps } from '../../infra/index.ts';
import { testApp } from './support/synthesis.ts';

type PackOfNag = Exclude<Linter, 'checkov'>;

const PACKS: Readonly<Record<PackOfNag, () => NagPack>> = {
  AwsSolutions: () => new AwsSolutionsChecks(),
  Serverless: () => new ServerlessChecks(),
  'NIST.800.53.R4': () => new NIST80053R4Checks(),
  'NIST.800.53.R5': () => new NIST80053R5Checks(),
  'HIPAA.Security': () => new HIPAASecurityChecks(),
  'PCI.DSS.321': () => new PCIDSS321Checks(),
};

/** A construct in a stack of somebody else. */
function guest(props: AkeneoAppActivationProps = {}): Stack {
  const stack = new Stack(testApp(), 'Theirs');
  const activation = new AkeneoAppActivation(stack, 'Activation', props);
  expect(activation.node.scope).toBe(stack);
  return stack;
}

/** The rules that a pack finds broken and nobody has acknowledged. */
function findingsIn(stack: Stack, pack: PackOfNag): readonly string[] {
  return PACKS[pack]()
    .validateScope(stack)
    .violations.map(({ ruleName }) => ruleName);
}

/** With no settings, and with what adds resources. */
const GUESTS = [guest(), guest({ monitoring: 'full', alarmEmail: 'team@example.com' })];

describe('in the app of somebody else', () => {
  it.each(Object.keys(PACKS) as PackOfNag[])(
    'the pack %s finds what docs/linters.md explains, and all of it',
    (pack) => {
      const found = GUESTS.flatMap((stack) => findingsIn(stack, pack));
      expect(new Set(found)).toEqual(new Set(explainedRules(pack)));
    },
  );

  it('a finding is acknowledged at the construct, with a reason of theirs', () => {
    const stack = guest();
    const id = 'HIPAA.Security-LambdaDLQ';
    expect(findingsIn(stack, 'HIPAA.Security')).toContain(id);
    const activation = stack.node.findChild('Activation');
    Validations.of(activation).acknowledge({ id, reason: 'Browsers wait for these functions.' });
    expect(findingsIn(stack, 'HIPAA.Security')).not.toContain(id);
  });
});
