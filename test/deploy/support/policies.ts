/** A template, as far as policies need it. */
export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
}

interface Resource {
  readonly Type: string;
  readonly Properties?: { readonly PolicyDocument?: PolicyDocument };
}

interface PolicyDocument {
  readonly Statement: readonly unknown[];
}

/** An ARN of each type that a policy names; what a resource is called does not matter to a linter. */
const ARNS: Readonly<Record<string, string>> = {
  'AWS::DynamoDB::GlobalTable': 'dynamodb:us-east-1:111122223333:table/name',
  'AWS::KMS::Key': 'kms:us-east-1:111122223333:key/id',
  'AWS::Logs::LogGroup': 'logs:us-east-1:111122223333:log-group:name:*',
  'AWS::SQS::Queue': 'sqs:us-east-1:111122223333:name',
};

const ATTRIBUTES: Readonly<Record<string, string>> = {
  Arn: '',
  StreamArn: '/stream/label',
};

/** What a `Ref` gives: of a parameter by its name, of a resource by its type. */
const REFERENCES: Readonly<Record<string, string>> = {
  'AWS::AccountId': '111122223333',
  'AWS::Lambda::Alias': 'arn:aws:lambda:us-east-1:111122223333:function:name:live',
  'AWS::Partition': 'aws',
  'AWS::Region': 'us-east-1',
};

/**
 * All that the policies of roles and back ends allow, as one policy, as CloudFormation would make it.
 *
 * @throws {Error} for a reference that it cannot fill in.
 */
export function policyOf({ Resources }: Template): object {
  const documents = Object.values(Resources)
    .filter(({ Type }) => ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'].includes(Type))
    .flatMap(({ Properties }) => Properties?.PolicyDocument ?? []);
  const Statement = documents.flatMap((document) => document.Statement);
  return { Version: '2012-10-17', Statement: resolve(Statement, Resources) };
}

function resolve(value: unknown, resources: Template['Resources']): unknown {
  if (Array.isArray(value)) return value.map((item) => resolve(item, resources));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(
    ([name, inner]) => [name, resolve(inner, resources)] as const,
  );
  const [name, argument] = entries[0] ?? [];
  if (name === 'Ref')
    return known(REFERENCES, resources[String(argument)]?.Type ?? String(argument));
  const [first, second] = (Array.isArray(argument) ? argument : []) as [string, string | string[]];
  if (name === 'Fn::Join' && Array.isArray(second)) return second.join(first);
  if (name === 'Fn::GetAtt')
    return `arn:aws:${known(ARNS, resources[first]?.Type)}${known(ATTRIBUTES, String(second))}`;
  return Object.fromEntries(entries);
}

function known(table: Readonly<Record<string, string>>, name = 'nothing'): string {
  const found = table[name];
  if (found === undefined) throw new Error(`No policy was expected to name ${name}.`);
  return found;
}
