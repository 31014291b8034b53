import { type CloudFormationClient, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import { explainError } from '../explain-error.ts';
import { DEPLOY_AGAIN, type DoctorFinding, healthy, ill } from './finding.ts';

const CHECK = 'Throttling';
const STAGE_TYPE = 'AWS::ApiGatewayV2::Stage';

/**
 * Whether the API's stage is throttled, read from the template that was deployed: a burst of requests would cost, would
 * throttle real users, and would prove nothing below the limit. Changes made by hand in the console are not seen. An
 * operator who may not read the template gets a failed check for it, and the results of all others.
 */
export async function checkThrottling(
  client: CloudFormationClient,
  stackName: string,
): Promise<DoctorFinding> {
  try {
    const command = new GetTemplateCommand({ StackName: stackName });
    return judge(limitsOf((await client.send(command)).TemplateBody ?? ''));
  } catch (error) {
    const { message, next } = explainError(error);
    return ill(CHECK, `the deployed template cannot be read: ${message}`, next);
  }
}

function judge(limits: Limits | undefined): DoctorFinding {
  return limits
    ? healthy(CHECK, `${limits.rate} requests a second, bursts of ${limits.burst} (as deployed)`)
    : ill(CHECK, 'the deployed API stage has no rate and burst limit', DEPLOY_AGAIN);
}

interface Limits {
  readonly rate: number;
  readonly burst: number;
}

function limitsOf(template: string): Limits | undefined {
  const stages = Object.values(record(record(parsed(template))['Resources']))
    .map(record)
    .filter((resource) => resource['Type'] === STAGE_TYPE);
  const limits = stages.map((stage) => readLimits(record(stage['Properties'])));
  return limits.every((limit) => limit !== undefined) ? limits[0] : undefined;
}

function readLimits(stage: Readonly<Record<string, unknown>>): Limits | undefined {
  const settings = record(stage['DefaultRouteSettings']);
  const rate = Number(settings['ThrottlingRateLimit'] ?? 0);
  const burst = Number(settings['ThrottlingBurstLimit'] ?? 0);
  return rate > 0 && burst > 0 ? { rate, burst } : undefined;
}

/** The CDK deploys JSON; whatever else a stack was made from counts as having no limits that could be read. */
function parsed(template: string): unknown {
  try {
    return JSON.parse(template);
  } catch {
    return undefined;
  }
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value));
}
