import { describe, expect, it } from 'vitest';
import { AkeneoAppActivationStack } from '../../infra/stack.ts';
import { resolver } from './support/resolve.ts';
import { synthesize, testApp } from './support/synthesis.ts';

const template = synthesize();
const { Outputs } = template.toJSON() as {
  Outputs: Record<string, { Value: unknown; Description?: string }>;
};

describe('the outputs', () => {
  it('are what the operator’s command line looks for', () => {
    const resolve = resolver(template);
    const values = Object.entries(Outputs).map(([name, { Value }]) => [name, resolve(Value)]);
    expect(Object.fromEntries(values)).toEqual({
      ActivateUrl: 'Api/HttpApi.ApiEndpoint/activate',
      CallbackUrl: 'Api/HttpApi.ApiEndpoint/callback',
      PimsTable: 'Pims/Table',
      FlowsTable: 'Flows/Table',
      ConnectionsTable: 'Connections/Table',
      ClientsTable: 'ClientSecrets/Table',
      ClientSecretKeyArn: 'ClientSecrets/Key.Arn',
      TokenKeyArn: 'TokenKey/Key.Arn',
      ReadConnectionsPolicyArn: 'Outputs/ReadConnections',
      UndeliveredEventsQueue: 'Events/Undelivered',
      Stage: 'production',
    });
  });

  it('each say what they are for', () => {
    for (const { Description } of Object.values(Outputs)) expect(Description).toMatch(/\w+ \w+/);
  });
});

describe('the stack', () => {
  const stackOf = (props: ConstructorParameters<typeof AkeneoAppActivationStack>[2]) =>
    new AkeneoAppActivationStack(testApp(), 'Test', props);

  it('is protected from deletion in production only', () => {
    expect(stackOf({}).terminationProtection).toBe(true);
    expect(stackOf({ stage: 'development' }).terminationProtection).toBe(false);
  });
});
