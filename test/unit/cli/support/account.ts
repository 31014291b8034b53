import { mkdtempSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import { AWS_SECRET_KEY, pointSdkTo } from './aws.ts';
import { bodyOf, serve } from './http-server.ts';

/** What an operation answers: its output as JSON or, for a service that speaks XML, as XML; or an error. */
type Answer = object | string | AwsRefusal;

/** An error as every service of AWS has it. */
export class AwsRefusal {
  readonly code: string;
  readonly message: string;

  constructor(code: string, message = 'CANARY: a message is never shown') {
    this.code = code;
    this.message = message;
  }
}

/** The right for an operation is missing. */
export const DENIED = new AwsRefusal('AccessDeniedException');

/** An account of AWS, all of its services behind one address, until the test ends. */
export interface FakeAccount {
  /** By the names of the operations, such as `GetParameter`. */
  readonly answers: Record<string, Answer>;
  /** The operations that were called. */
  readonly asked: readonly string[];
}

const NO_STACK = new AwsRefusal('ValidationError', 'Stack with id X does not exist');

/** A new account that everything can be deployed to, with a bootstrapped region. */
const FIT: Readonly<Record<string, Answer>> = {
  GetCallerIdentity:
    '<Account>111122223333</Account><Arn>arn:aws:sts::111122223333:assumed-role/Admin/CANARY@example.com</Arn>',
  DescribeStacks: NO_STACK,
  GetTemplate: '<TemplateBody>{}</TemplateBody>',
  GetParameter: { Parameter: { Name: 'version', Value: '30' } },
  GetParametersByPath: { Parameters: [] },
  ListAliases: { Aliases: [{ AliasName: 'alias/aws/lambda' }] },
  DescribeAlarms: { MetricAlarms: [] },
  GetDashboard: new AwsRefusal('ResourceNotFound'),
  ListTables: { TableNames: [] },
  GetAccountSettings: {
    AccountLimit: { ConcurrentExecutions: 1_000, UnreservedConcurrentExecutions: 1_000 },
  },
  DescribeResourcePolicies: { resourcePolicies: [] },
  DescribeCertificate: {
    Certificate: { Status: 'ISSUED', DomainName: 'connect.example.com' },
  },
  GetDomainName: new AwsRefusal('NotFoundException'),
  GetHostedZone:
    '<HostedZone><Id>/hostedzone/Z1</Id><Name>example.com.</Name><CallerReference>1</CallerReference></HostedZone>',
  ListResourceRecordSets: '<ResourceRecordSets></ResourceRecordSets>',
};

/** Starts the account, and runs commands in a folder with these settings. */
export async function fakeAccount(
  settings: object = {},
  environment: Readonly<Record<string, string | undefined>> = {},
): Promise<FakeAccount> {
  const asked: string[] = [];
  const account: FakeAccount = { answers: { ...FIT }, asked };
  const { port } = await serve((request, response) => {
    void operationOf(request).then((operation) => {
      asked.push(operation);
      send(operation, account.answers[operation] ?? {}, request, response);
    });
  });
  pointSdkTo({
    AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: AWS_SECRET_KEY,
    AWS_REGION: 'eu-west-1',
    ...environment,
  });
  inFolder({ 'akeneo-app.json': settings });
  return account;
}

/** Has commands run in a folder with these files. */
export function inFolder(files: Readonly<Record<string, object>>): void {
  const folder = mkdtempSync(join(tmpdir(), 'preflight-'));
  for (const [name, content] of Object.entries(files))
    writeFileSync(join(folder, name), JSON.stringify(content));
  const cwd = vi.spyOn(process, 'cwd').mockReturnValue(folder);
  onTestFinished(() => cwd.mockRestore());
}

/** The services whose protocol has an address for each operation. */
const BY_PATH: readonly (readonly [RegExp, string])[] = [
  [/account-settings/, 'GetAccountSettings'],
  [/\/v2\/domainnames\//, 'GetDomainName'],
  [/\/rrset/, 'ListResourceRecordSets'],
  [/\/hostedzone\//, 'GetHostedZone'],
];

async function operationOf(request: IncomingMessage): Promise<string> {
  const body = await bodyOf(request);
  const target = String(request.headers['x-amz-target'] ?? '').split('.')[1];
  const path = BY_PATH.find(([pattern]) => pattern.test(request.url ?? ''))?.[1];
  return target ?? path ?? new URLSearchParams(body).get('Action') ?? 'unknown';
}

function send(
  operation: string,
  answer: Answer,
  { url = '' }: IncomingMessage,
  response: ServerResponse,
): void {
  const isXml =
    /^(GetCallerIdentity|DescribeStacks|GetTemplate)$/.test(operation) ||
    url.includes('/2013-04-01/');
  response.setHeader('content-type', isXml ? 'text/xml' : 'application/json');
  if (!(answer instanceof AwsRefusal)) {
    response.end(typeof answer === 'string' ? xml(operation, answer) : JSON.stringify(answer));
    return;
  }
  const { code, message } = answer;
  response.statusCode = 400;
  response.setHeader('x-amzn-errortype', code);
  const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error>`;
  response.end(
    isXml ? `<ErrorResponse>${error}</ErrorResponse>` : JSON.stringify({ __type: code, message }),
  );
}

function xml(operation: string, result: string): string {
  return `<${operation}Response><${operation}Result>${result}</${operation}Result>${result}</${operation}Response>`;
}
