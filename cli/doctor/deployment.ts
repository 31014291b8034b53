import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CALLBACK_ID_LENGTH, callbackUrlWith } from '../../functions/pim/callback-id.ts';
import { parseUrl } from '../../functions/pim/parse-url.ts';
import { isLoopback } from '../../functions/pim/pim-url.ts';
import type { PimRow } from '../../functions/tables/pims.ts';
import { deployedResources, type Resource } from '../deployed-resources.ts';
import { explainError } from '../explain-error.ts';
import { type Finding, fail, pass, result } from '../finding.ts';
import { asArgument, PROGRAM } from '../operator-error.ts';
import type { Stack } from '../stack.ts';
import { DEPLOY_AGAIN } from './probe.ts';

/** The longest URL that a PIM takes when the App is registered. @see docs/pim-contract.md §7 */
const MAX_REGISTERED_URL_LENGTH = 255;

/** An id of no PIM. */
export const SAMPLE_CALLBACK_ID = 'a'.repeat(CALLBACK_ID_LENGTH);

/**
 * Checks the two URLs, which are copied into the PIM exactly as they are. A custom App's callback URL is longer than the
 * one of the deployment, by the id of its PIM.
 */
export function checkUrls({ activateUrl, callbackUrl, stage }: Stack): readonly Finding[] {
  const ownUrl = callbackUrlWith(callbackUrl, SAMPLE_CALLBACK_ID);
  return [
    checkUrl('Activate URL', activateUrl, problemsOf(activateUrl, stage)),
    checkUrl('Callback URL', callbackUrl, problemsOf(ownUrl, stage), WHOSE_CALLBACK_URL),
  ];
}

const WHOSE_CALLBACK_URL = ` (of an App Store App; a custom App's ends in an id of its PIM: ${PROGRAM} urls <pim>)`;

function checkUrl(check: string, url: string, problems: readonly string[], note = ''): Finding {
  return result(check, problems.length > 0 ? [url, ...problems] : [], {
    ok: url + note,
    next: SHORTER_DOMAIN,
  });
}

const SHORTER_DOMAIN =
  'Deploy under a short custom domain with https, then register the new URLs in the PIM.';

/** The rows that a row is compared with. */
type Row = Pick<PimRow, 'pim' | 'clientId' | 'appType' | 'callbackId'>;

const PIM_URLS_CHECK = 'URLs of a PIM';

/** Prints the two URLs that have to be registered in a listed PIM, and checks them and who else has them. */
export function checkPimUrls(
  row: Row,
  rows: readonly Row[],
  { activateUrl, callbackUrl, stage }: Stack,
): Finding {
  const own = callbackUrlWith(callbackUrl, row.callbackId);
  const detail = `${row.pim}: ${activateUrl} and ${own}`;
  const problems = problemsOf(own, stage);
  if (problems.length > 0)
    return fail(PIM_URLS_CHECK, [detail, ...problems].join('; '), SHORTER_DOMAIN);
  return sharingProblem(row, rows, detail) ?? pass(PIM_URLS_CHECK, detail);
}

/** Rows of earlier versions, and a move that did not end, may share what has to be a PIM's own. */
function sharingProblem(row: Row, rows: readonly Row[], detail: string): Finding | undefined {
  const others = rows.filter(({ pim, clientId }) => pim !== row.pim && clientId === row.clientId);
  const [other] = others;
  if (!other || row.appType === 'app_store') return undefined;
  const pim = asArgument(row.pim);
  return fail(
    PIM_URLS_CHECK,
    `${detail}; its client id is that of ${others.map((one) => one.pim).join(', ')} as well`,
    `If one is the new address of the other, finish the move: ${PROGRAM} pims move <old> <new>. If it is an App Store App: ${PROGRAM} pims update ${pim} --app-store. Otherwise create a custom App in this PIM: ${PROGRAM} pims update ${pim} --client-id <id>`,
  );
}

function problemsOf(url: string, stage: Stack['stage']): readonly string[] {
  return [
    ...(url.length > MAX_REGISTERED_URL_LENGTH
      ? [`it has ${url.length} characters, and a PIM takes ${MAX_REGISTERED_URL_LENGTH}`]
      : []),
    ...(isSecure(url, stage) ? [] : ['it is not an https address']),
  ];
}

/** An emulator on the developer's machine has plain http. */
function isSecure(raw: string, stage: Stack['stage']): boolean {
  const url = parseUrl(raw);
  if (!url) return false;
  return url.protocol === 'https:' || (stage === 'development' && isLoopback(url.hostname));
}

const CHECK = 'Throttling';
const STAGE_TYPE = 'AWS::ApiGatewayV2::Stage';

/**
 * Checks that the API's stage is throttled, by the deployed template: a burst of requests would cost money, throttle
 * real users, and prove nothing below the limit. Changes made by hand in the console are not seen. An operator who may
 * not read the template gets a failed check for it, and the results of all others.
 */
export async function checkThrottling(
  client: CloudFormationClient,
  stackName: string,
): Promise<Finding> {
  try {
    const limits = limitsOf(await deployedResources(client, stackName));
    return limits
      ? pass(CHECK, `${limits.rate} requests a second, bursts of ${limits.burst} (as deployed)`)
      : fail(CHECK, 'the deployed API stage has no rate and burst limit', DEPLOY_AGAIN);
  } catch (error) {
    const { message, next } = explainError(error);
    return fail(CHECK, `the deployed template cannot be read: ${message}`, next);
  }
}

interface Limits {
  readonly rate: number;
  readonly burst: number;
}

function limitsOf(resources: readonly Resource[]): Limits | undefined {
  const stages = resources.filter(({ type }) => type === STAGE_TYPE);
  const limits = stages.map(({ properties }) => readLimits(properties));
  return limits.every((limit) => limit !== undefined) ? limits[0] : undefined;
}

function readLimits(stage: Resource['properties']): Limits | undefined {
  const settings: Readonly<Record<string, unknown>> = Object(stage['DefaultRouteSettings']);
  const rate = Number(settings['ThrottlingRateLimit'] ?? 0);
  const burst = Number(settings['ThrottlingBurstLimit'] ?? 0);
  return rate > 0 && burst > 0 ? { rate, burst } : undefined;
}
