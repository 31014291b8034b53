import { describe, expect, it } from 'vitest';
import { problemsOf } from '../../infra/configuration/settings.ts';
import { encryption } from './support/access-requests.ts';
import { isAllowed } from './support/policy-evaluator.ts';
import { resolver } from './support/resolve.ts';
import { type RawStatement, statement } from './support/role-statements.ts';
import { synthesize, theResource } from './support/synthesis.ts';

interface Policies {
  readonly Replicas: readonly {
    readonly ResourcePolicy: { readonly PolicyDocument: Document };
  }[];
  readonly KeyPolicy: Document;
}

interface Document {
  readonly Statement: readonly RawStatement[];
}

const template = synthesize({ backEndAccounts: ['111122223333', '444455556666'] });

const ACCOUNTS = {
  AWS: ['111122223333', '444455556666'].map((id) => `arn:<AWS::Partition>:iam::${id}:root`),
};

function propertiesOf(type: string, name: string): Policies {
  return resolver(template)(theResource(template, type, name).Properties) as Policies;
}

const tablePolicies = (name: string) =>
  propertiesOf('AWS::DynamoDB::GlobalTable', `${name}/Table`).Replicas.map(
    (replica) => replica.ResourcePolicy?.PolicyDocument.Statement,
  );
const keyStatements = propertiesOf('AWS::KMS::Key', 'TokenKey/Key').KeyPolicy.Statement;

describe('back ends in other accounts', () => {
  it('may read the table of connections and its index, and write nothing', () => {
    expect(tablePolicies('Connections')).toEqual([
      [
        {
          Effect: 'Allow',
          Principal: ACCOUNTS,
          Action: ['dynamodb:GetItem', 'dynamodb:Query'],
          Resource: '*',
        },
      ],
    ]);
  });

  it.each(['Pims', 'Flows'])('are not let into the table %s', (name) => {
    expect(tablePolicies(name)).toEqual([undefined]);
  });

  it('may decrypt the token of a connection, and use the key for nothing else', () => {
    const [, ofAccounts, ...others] = keyStatements;
    expect(ofAccounts).toMatchObject({
      Effect: 'Allow',
      Principal: ACCOUNTS,
      Action: 'kms:Decrypt',
      Resource: '*',
    });
    expect(others).toEqual([]);
  });

  it('may not decrypt without the context of a connection', () => {
    const statements = keyStatements.slice(1).map(statement);
    const decrypts = (context: Readonly<Record<string, string>>) =>
      isAllowed(statements, { ...encryption(context), action: 'kms:Decrypt' });
    expect(decrypts({ pim: 'https://p', clientId: 'c' })).toBe(true);
    expect(decrypts({})).toBe(false);
    expect(decrypts({ pim: 'https://p' })).toBe(false);
    expect(decrypts({ pim: 'https://p', clientId: 'c', more: 'm' })).toBe(false);
  });

  // A text from JavaScript ended in a TypeError of ours.
  it('are refused where they are no list, which no type would let through', () => {
    expect(problemsOf({ backEndAccounts: '111122223333' })).toMatchObject([
      { what: 'backEndAccounts is "111122223333", which is no list.' },
    ]);
  });
});
