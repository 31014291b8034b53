import {
  type ContextEntry,
  type IAMClient,
  SimulatePrincipalPolicyCommand,
} from '@aws-sdk/client-iam';
import { CONFIRM_ATTRIBUTES, HEALTH_ATTRIBUTES } from '../../functions/tables/connections.ts';
import type { Stack } from '../stack.ts';
import { resourceAt, type Subject, unproved } from './subject.ts';

/** A request that a function could make. */
export interface RightsRequest {
  readonly role: 'Activate' | 'Callback' | 'Health';
  readonly action: string;
  readonly on: 'connections' | 'flows' | 'tokenKey' | 'clientSecretKey';
  /** What AWS would know of the request; a list for a condition key that holds a set. */
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
  readonly isAllowed: boolean;
}

/** An update that names these attributes and returns what it has updated of them. */
function returning(attributes: readonly string[]) {
  return { 'dynamodb:ReturnValues': 'UPDATED_NEW', 'dynamodb:Attributes': attributes };
}

/** The context of an encryption. */
function boundTo(...keys: readonly string[]) {
  const values = keys.map((key) => [`kms:EncryptionContext:${key}`, 'any']);
  return { 'kms:EncryptionContextKeys': keys, ...Object.fromEntries(values) };
}

const CONFIRM = { role: 'Callback', action: 'dynamodb:UpdateItem', on: 'connections' } as const;
const ENCRYPT = { role: 'Callback', action: 'kms:Encrypt', on: 'tokenKey' } as const;
const RECORD = { role: 'Health', action: 'dynamodb:UpdateItem', on: 'connections' } as const;
const CONNECTION = boundTo('pim', 'clientId');

/** Each thing that a function must not do, beside one like it that it does: a role without rights refuses everything. */
export const RIGHTS: readonly RightsRequest[] = [
  { ...CONFIRM, context: returning(CONFIRM_ATTRIBUTES), isAllowed: true },
  { ...CONFIRM, context: returning([...CONFIRM_ATTRIBUTES, 'encryptedToken']), isAllowed: false },
  { ...CONFIRM, context: { 'dynamodb:ReturnValues': 'UPDATED_NEW' }, isAllowed: false },
  { ...CONFIRM, context: { 'dynamodb:ReturnValues': 'ALL_NEW' }, isAllowed: false },
  { ...CONFIRM, action: 'dynamodb:GetItem', isAllowed: false },
  { ...ENCRYPT, context: CONNECTION, isAllowed: true },
  { ...ENCRYPT, isAllowed: false },
  { ...ENCRYPT, context: boundTo('pim', 'clientId', 'more'), isAllowed: false },
  { ...ENCRYPT, action: 'kms:Decrypt', context: CONNECTION, isAllowed: false },
  { ...RECORD, context: { 'dynamodb:Attributes': HEALTH_ATTRIBUTES }, isAllowed: true },
  { ...RECORD, context: { 'dynamodb:Attributes': ['encryptedToken'] }, isAllowed: false },
  { ...RECORD, isAllowed: false },
  { role: 'Activate', action: 'dynamodb:PutItem', on: 'flows', isAllowed: true },
  { role: 'Activate', action: 'dynamodb:GetItem', on: 'connections', isAllowed: false },
  {
    role: 'Activate',
    action: 'kms:Decrypt',
    on: 'clientSecretKey',
    context: boundTo('clientId'),
    isAllowed: false,
  },
];

/**
 * Asks IAM what the deployed roles may do. It decides as for a real request, of which it is told what the service would
 * tell: so this shows that IAM understands the conditions as they were meant.
 *
 * @returns how many requests are refused.
 * @throws {OperatorError} naming what is decided in another way.
 * @see {@link https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html SimulatePrincipalPolicy}
 */
export async function refusedRights(subject: Subject, iam: IAMClient): Promise<number> {
  // A stage may do without the health check.
  const asked = RIGHTS.filter(({ role }) => resourceAt(`${role}Role`, subject.resources));
  for (const request of asked) {
    subject.signal.throwIfAborted();
    if ((await decision(request, subject, iam)) === request.isAllowed) continue;
    const { role, action, on, isAllowed } = request;
    const verb = isAllowed ? 'may not' : 'may';
    throw unproved(
      `the role of ${role} ${verb} call ${action} on ${on}: ${JSON.stringify(request.context ?? {})}`,
    );
  }
  return asked.filter(({ isAllowed }) => !isAllowed).length;
}

async function decision(
  { role, action, on, context = {} }: RightsRequest,
  { session: { stack }, resources }: Subject,
  iam: IAMClient,
): Promise<boolean> {
  const command = new SimulatePrincipalPolicyCommand({
    PolicySourceArn: roleArn(resourceAt(`${role}Role`, resources) ?? '', stack),
    ActionNames: [action],
    ResourceArns: [resourceArns(stack)[on]],
    ContextEntries: Object.entries(context).map(contextEntry),
  });
  const { EvaluationResults = [] } = await iam.send(command);
  return EvaluationResults[0]?.EvalDecision === 'allowed';
}

function contextEntry([ContextKeyName, value]: [string, string | readonly string[]]): ContextEntry {
  return typeof value === 'string'
    ? { ContextKeyName, ContextKeyType: 'string', ContextKeyValues: [value] }
    : { ContextKeyName, ContextKeyType: 'stringList', ContextKeyValues: [...value] };
}

/** Partition, region and account are those of the key. */
function roleArn(name: string, { tokenKeyArn }: Stack): string {
  const [, partition, , , account] = tokenKeyArn.split(':');
  return `arn:${partition}:iam::${account}:role/${name}`;
}

function resourceArns(stack: Stack): Readonly<Record<RightsRequest['on'], string>> {
  const [, partition, , region, account] = stack.tokenKeyArn.split(':');
  const table = (name: string) => `arn:${partition}:dynamodb:${region}:${account}:table/${name}`;
  return {
    connections: table(stack.connectionsTable),
    flows: table(stack.flowsTable),
    tokenKey: stack.tokenKeyArn,
    clientSecretKey: stack.clientSecretKeyArn,
  };
}
