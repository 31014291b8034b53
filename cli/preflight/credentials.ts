import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { explainError } from '../explain-error.ts';
import { type Finding, fail, pass } from '../finding.ts';
import type { Account, GlobalFlags } from '../session.ts';

/** Whom AWS takes the operator for, and where. */
export interface Identity {
  readonly findings: readonly Finding[];
  /** `undefined` if it could not be asked. */
  readonly accountId?: string | undefined;
  /** `undefined` if there is none, and nothing can be asked of AWS. */
  readonly region?: string | undefined;
  /** Whether AWS can be asked: there is a region, and AWS has not refused the credentials. */
  readonly isUsable: boolean;
}

/** Checks region and credentials, for which no right is needed. */
export async function identify(
  { clientConfig, io }: Pick<Account, 'clientConfig' | 'io'>,
  flags: Pick<GlobalFlags, 'region'>,
): Promise<Identity> {
  const client = new STSClient(clientConfig);
  const place = await checkRegion(client, flags.region, io.env);
  if (place.region === undefined)
    return { findings: [place.finding, ...(await missingCredentials(client))], isUsable: false };
  const caller = await checkCaller(client);
  return { ...place, ...caller, findings: [place.finding, caller.finding] };
}

/** Whoever has neither region nor credentials learns of both at once. */
async function missingCredentials({ config }: STSClient): Promise<readonly Finding[]> {
  try {
    await config.credentials();
    return [];
  } catch (error) {
    const { message, next } = explainError(error);
    return [fail(CHECK, message, next)];
  }
}

const CHECK = 'Credentials';

async function checkCaller(client: STSClient) {
  try {
    const { Account: accountId, Arn = '' } = await client.send(new GetCallerIdentityCommand({}));
    const finding = pass(CHECK, `account ${accountId}, as ${callerOf(Arn)}`);
    return { finding, isUsable: true, ...(accountId !== undefined && { accountId }) };
  } catch (error) {
    const { message, next } = explainError(error);
    const isUsable = isUnreachable(error);
    const others = isUsable ? '' : ' Nothing else can be checked without them.';
    return { finding: fail(CHECK, `${message}${others}`, next), isUsable };
  }
}

/** Without an answer, other services may still give one. */
function isUnreachable(error: unknown): boolean {
  const { name, code }: { readonly name?: unknown; readonly code?: unknown } = Object(error);
  return name === 'TimeoutError' || typeof code === 'string';
}

/** The role of an ARN. The name of a session or of a user is often that of a person, and is not printed. */
function callerOf(arn: string): string {
  const [, kind = 'unknown', name] =
    /^[^:]*:[^:]*:[^:]*:[^:]*:[^:]*:([^/]+)(?:\/([^/]+))?/.exec(arn) ?? [];
  if (kind === 'assumed-role') return `role ${name}`;
  return kind === 'root' ? 'the root user' : 'a user';
}

async function checkRegion(client: STSClient, flag: string | undefined, env: Account['io']['env']) {
  const check = 'Region';
  try {
    const region = await client.config.region();
    const deployed = flag ?? regionOfTheCdk(env) ?? region;
    if (deployed === region) return { region, finding: pass(check, region) };
    const detail = `${region} is what is checked here, but \`cdk deploy\` would go to ${deployed}`;
    return { region, finding: fail(check, detail, `Set AWS_REGION to the one that you mean.`) };
  } catch (error) {
    const { message, next } = explainError(error);
    const elsewhere = regionOfTheCdk(env) ?? 'us-east-1';
    const detail = `${message} \`cdk deploy\` would go to ${elsewhere}`;
    return { region: undefined, finding: fail(check, detail, next) };
  }
}

/** The CDK reads more variables than the AWS SDK, and all of them before the profile. */
function regionOfTheCdk(env: Account['io']['env']): string | undefined {
  return (
    env['AWS_REGION'] ||
    env['AMAZON_REGION'] ||
    env['AWS_DEFAULT_REGION'] ||
    env['AMAZON_DEFAULT_REGION'] ||
    undefined
  );
}
