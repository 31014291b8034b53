import {
  type CloudFormationClient,
  type Stack as DescribedStack,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import type { StackOutput } from '../functions/stack-outputs.ts';
import { failure } from './operator-error.ts';

/** The outputs without which the command line does not work. */
const OUTPUTS = [
  'ActivateUrl',
  'CallbackUrl',
  'PimsTable',
  'FlowsTable',
  'ConnectionsTable',
  'ClientsTable',
  'ClientSecretKeyArn',
  'TokenKeyArn',
  'Stage',
] as const satisfies readonly StackOutput[];

type OutputName = (typeof OUTPUTS)[number];

/** A deployed stack, as its outputs describe it. */
export interface Stack {
  readonly name: string;
  /** Exactly what is registered in the PIM. */
  readonly activateUrl: string;
  /** Exactly what is registered in the PIM. */
  readonly callbackUrl: string;
  readonly pimsTable: string;
  readonly flowsTable: string;
  readonly connectionsTable: string;
  readonly clientsTable: string;
  readonly clientSecretKeyArn: string;
  readonly tokenKeyArn: string;
  readonly stage: 'production' | 'development';
  /** What the record of the custom domain points at; absent without such a domain. */
  readonly customDomainTarget: string | undefined;
  /** Where Apps ask who has opened them; absent unless the stack hands over logins. */
  readonly loginUrl: string | undefined;
  /** Absent unless the stage has one. */
  readonly simulatedPim: SimulatedPim | undefined;
}

/** The PIM of a development stage that `smoke` connects. */
export interface SimulatedPim {
  readonly url: string;
  /** The URL of the queue that gets the events of its connection. */
  readonly eventsQueue: string;
}

/**
 * Finds a deployed stack by its name, in the region and account of the client.
 *
 * @throws {OperatorError} when there is no such stack, or it is not one of ours.
 */
export async function findStack(client: CloudFormationClient, name: string): Promise<Stack> {
  const described = await describeStack(client, name);
  if (!described) throw await unknownStack(client, name);
  const outputs = new Map(
    described.Outputs?.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]),
  );
  const place = placeOf(outputs);
  const missing = OUTPUTS.filter((output) => !outputs.get(`${place}${output}`));
  if (missing.length > 0) throw incomplete(name, missing, described.StackStatus);
  const stack = readOutputs(name, (output) => outputs.get(`${place}${output}`) ?? '');
  const optional = (output: StackOutput) => outputs.get(`${place}${output}`);
  const [url, eventsQueue] = [optional('SimulatedPimUrl'), optional('SimulatedPimEventsQueue')];
  return {
    ...stack,
    customDomainTarget: optional('CustomDomainTarget'),
    loginUrl: optional('LoginUrl'),
    simulatedPim: url && eventsQueue ? { url, eventsQueue } : undefined,
  };
}

/** What stands before our names: nothing in a stack of our own, the place of the construct in somebody else's. */
function placeOf(outputs: ReadonlyMap<string | undefined, unknown>): string {
  const places = [...outputs.keys()].flatMap((key = '') =>
    key.endsWith(OUTPUTS[0]) ? [key.slice(0, -OUTPUTS[0].length)] : [],
  );
  const isWhole = (place: string) => OUTPUTS.every((output) => outputs.get(`${place}${output}`));
  return places.find(isWhole) ?? '';
}

/** A stack in any state, ours or not; `undefined` if there is none of this name. */
export async function describeStack(
  client: CloudFormationClient,
  name: string,
): Promise<DescribedStack | undefined> {
  try {
    return (await client.send(new DescribeStacksCommand({ StackName: name }))).Stacks?.[0];
  } catch (error) {
    if (isUnknownStack(error)) return undefined;
    throw error;
  }
}

/** CloudFormation has no error of its own for it: only this text tells it from other bad input. */
function isUnknownStack(error: unknown): boolean {
  return (
    error instanceof Error &&
    error.name === 'ValidationError' &&
    /does not exist/.test(error.message)
  );
}

async function unknownStack(client: CloudFormationClient, name: string): Promise<Error> {
  const region = await client.config.region();
  return failure(
    `There is no stack "${name}" in ${region}.`,
    'Deploy it with `npx cdk deploy`, or name the right one with --stack, --region or --profile.',
  );
}

function incomplete(name: string, missing: readonly OutputName[], status = 'unknown'): Error {
  return failure(
    `The stack "${name}" (${status}) lacks the outputs ${missing.join(', ')}.`,
    'If it is this project’s stack, finish or repeat the deployment with `npx cdk deploy`; otherwise name another with --stack.',
  );
}

function readOutputs(
  name: string,
  output: (name: OutputName) => string,
): Omit<Stack, 'customDomainTarget' | 'loginUrl' | 'simulatedPim'> {
  return {
    name,
    activateUrl: output('ActivateUrl'),
    callbackUrl: output('CallbackUrl'),
    pimsTable: output('PimsTable'),
    flowsTable: output('FlowsTable'),
    connectionsTable: output('ConnectionsTable'),
    clientsTable: output('ClientsTable'),
    clientSecretKeyArn: output('ClientSecretKeyArn'),
    tokenKeyArn: output('TokenKeyArn'),
    // Anything else than the explicit word is the stricter stage.
    stage: output('Stage') === 'development' ? 'development' : 'production',
  };
}
