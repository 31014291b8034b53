import { describe, expect, it } from 'vitest';
import { LEAST_BOOTSTRAP_VERSION } from '../../cli/preflight/bootstrap.ts';
import { takenNames } from '../../cli/preflight/other-names.ts';
import { dashboardName } from '../../infra/fixed-names.ts';
import { AkeneoAppActivationStack } from '../../infra/stack.ts';
import { resolver } from './support/resolve.ts';
import { resourcesOf, synthesize, testApp } from './support/synthesis.ts';

const template = synthesize({
  monitoring: 'full',
  customDomain: {
    domainName: 'connect.example.com',
    certificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/1',
  },
});
const resolve = resolver(template);

function named(type: string, property: string): readonly string[] {
  return resourcesOf(template, type).map(({ Properties }) => String(resolve(Properties[property])));
}

describe('what preflight expects of a deployment', () => {
  const taken = takenNames('AkeneoAppActivation');

  it.each([
    ['AWS::KMS::Alias', 'AliasName', taken.aliases],
    ['AWS::SSM::Parameter', 'Name', taken.parameters],
    ['AWS::CloudWatch::Alarm', 'AlarmName', taken.alarms],
    [
      'AWS::CloudWatch::Dashboard',
      'DashboardName',
      [dashboardName('AkeneoAppActivation', '<AWS::Region>')],
    ],
  ])('is every name of an %s, those of settings too', (type, property, names) => {
    const found = named(type, property);
    expect(found).not.toEqual([]);
    expect(names).toEqual(expect.arrayContaining([...found]));
  });

  it('is the version of the bootstrap that the assembly asks for', () => {
    const app = testApp();
    new AkeneoAppActivationStack(app, 'AkeneoAppActivation');
    const { requiresBootstrapStackVersion } = app.synth().getStackByName('AkeneoAppActivation');
    expect(requiresBootstrapStackVersion).toBe(LEAST_BOOTSTRAP_VERSION);
  });
});
