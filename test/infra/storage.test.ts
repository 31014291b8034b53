import { describe, expect, it } from 'vitest';
import { resourcesOf, synthesize, theResource } from './support/synthesis.ts';

const TABLE = 'AWS::DynamoDB::GlobalTable';
const template = synthesize();
const destroyable = synthesize({ stage: 'development', dangerouslyDestroyTables: true });

describe('every table', () => {
  it('is billed on demand and encrypted by DynamoDB’s own key', () => {
    for (const { Properties } of resourcesOf(template, TABLE))
      expect(Properties).toMatchObject({
        BillingMode: 'PAY_PER_REQUEST',
        SSESpecification: { SSEEnabled: false },
      });
  });
});

describe('Flows', () => {
  const flows = theResource(template, TABLE, 'Flows/Table');

  it('is keyed by the hash of the state and swept by its expiry', () => {
    expect(flows.Properties).toMatchObject({
      KeySchema: [{ AttributeName: 'stateHash', KeyType: 'HASH' }],
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
    });
  });

  it('has no backups and goes with the stack', () => {
    expect(flows.DeletionPolicy).toBe('Delete');
    expect(flows.Properties).toMatchObject({ Replicas: [{ Region: { Ref: 'AWS::Region' } }] });
    expect(JSON.stringify(flows.Properties)).not.toContain('PointInTimeRecovery');
  });
});

describe('Connections', () => {
  const connections = theResource(template, TABLE, 'Connections/Table');

  it('is keyed by PIM and client id', () => {
    expect(connections.Properties).toMatchObject({
      KeySchema: [
        { AttributeName: 'pim', KeyType: 'HASH' },
        { AttributeName: 'clientId', KeyType: 'RANGE' },
      ],
    });
  });

  it('streams what a row was and what it became', () => {
    expect(connections.Properties).toMatchObject({
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
    });
  });
});

describe('Pims', () => {
  it('is keyed by the PIM’s address or suffix', () => {
    expect(theResource(template, TABLE, 'Pims/Table').Properties).toMatchObject({
      KeySchema: [{ AttributeName: 'pim', KeyType: 'HASH' }],
    });
  });
});

describe('Clients', () => {
  it('is keyed by the client id', () => {
    expect(theResource(template, TABLE, 'ClientSecrets/Table').Properties).toMatchObject({
      KeySchema: [{ AttributeName: 'clientId', KeyType: 'HASH' }],
    });
  });
});

describe.each(['Connections/Table', 'Pims/Table', 'ClientSecrets/Table'])('%s', (name) => {
  it('can be restored, refuses to be deleted and so outlives the stack and every rollback', () => {
    const table = theResource(template, TABLE, name);
    expect(table).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    expect(table.Properties).toMatchObject({
      Replicas: [
        {
          DeletionProtectionEnabled: true,
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        },
      ],
    });
  });

  it('goes with a development stack that asks for it', () => {
    const table = theResource(destroyable, TABLE, name);
    expect(table).toMatchObject({ DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' });
    expect(table.Properties).toMatchObject({ Replicas: [{ DeletionProtectionEnabled: false }] });
  });
});

describe.each([
  ['TokenKey', 'tokens'],
  ['ClientSecrets', 'client-secrets'],
])('the key of %s', (owner, alias) => {
  const key = theResource(template, 'AWS::KMS::Key', `${owner}/Key`);

  it('outlives the stack, but not a first deployment that fails', () => {
    expect(key).toMatchObject({
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
    });
  });

  it('rotates and has a name', () => {
    expect(key.Properties).toMatchObject({ EnableKeyRotation: true });
    const { Properties } = theResource(template, 'AWS::KMS::Alias', `${owner}/Key/Alias`);
    expect(Properties).toMatchObject({ AliasName: `alias/AkeneoAppActivation/${alias}` });
  });

  it('goes with the tables of a development stack, whose ciphertexts it is for', () => {
    const { DeletionPolicy } = theResource(destroyable, 'AWS::KMS::Key', `${owner}/Key`);
    expect(DeletionPolicy).toBe('Delete');
  });
});

describe('the template', () => {
  it('holds no secret, because secrets are made after the deployment', () => {
    expect(resourcesOf(template, 'AWS::SecretsManager::Secret')).toEqual([]);
  });
});
