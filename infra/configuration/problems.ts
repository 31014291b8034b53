import { Token } from 'aws-cdk-lib';
import { backEndAccountProblems } from '../back-ends/back-end-accounts.ts';
import { healthCheckProblems } from '../health/health-settings.ts';
import { domainProblems } from './domain-problems.ts';
import { type Problem, problemIf } from './refuse-problems.ts';
import type { UncheckedProps, UncheckedThrottle } from './unchecked-props.ts';

const EMAIL = /^[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>]+$/;

const DANGEROUS_SWITCHES = [
  'dangerouslyAllowHttpPimOnLoopback',
  'dangerouslyDestroyTables',
] as const;

/** Everything about the props that cannot be deployed. Values that are only known at deployment pass. */
export function problemsOf(props: UncheckedProps): readonly Problem[] {
  const { throttle, memorySize, alarmEmail, customDomain } = props;
  return [
    ...stageProblems(props),
    ...DANGEROUS_SWITCHES.flatMap((name) => switchProblems(name, props[name])),
    ...(throttle ? throttleProblems(throttle) : []),
    ...(memorySize === undefined ? [] : memoryProblems(memorySize)),
    ...(alarmEmail === undefined ? [] : emailProblems(alarmEmail)),
    ...(customDomain ? domainProblems(customDomain) : []),
    ...healthCheckProblems(props.healthCheck),
    ...backEndAccountProblems(props.backEndAccounts),
  ];
}

function stageProblems(props: UncheckedProps): readonly Problem[] {
  const { stage = 'production' } = props;
  if (stage === 'development') return [];
  if (stage === 'production')
    return DANGEROUS_SWITCHES.filter((name) => props[name] === true).map(dangerousInProduction);
  return [unknownStage(stage)];
}

function dangerousInProduction(name: string): Problem {
  return {
    what: `${name} is switched on, but the stage is production.`,
    fix: `Remove ${name}, or mark the deployment: stage: 'development' (-c stage=development).`,
  };
}

function unknownStage(stage: unknown): Problem {
  return {
    what: `stage is ${JSON.stringify(stage)}.`,
    fix: `Write 'production' or 'development', or leave it out for production.`,
  };
}

function switchProblems(name: string, value: unknown): readonly Problem[] {
  return problemIf(
    value !== undefined && typeof value !== 'boolean',
    `${name} is ${JSON.stringify(value)}.`,
    'Write true or false, or leave it out for false.',
  );
}

function throttleProblems({ rateLimit, burstLimit }: UncheckedThrottle): readonly Problem[] {
  return [
    ...problemIf(
      isKnown(rateLimit) && !isAboveZero(rateLimit),
      `throttle.rateLimit is ${JSON.stringify(rateLimit)}, which is no number above 0.`,
      'Write requests a second, on the command line -c throttleRate=25.',
    ),
    ...problemIf(
      isKnown(burstLimit) && !(isAboveZero(burstLimit) && Number.isInteger(burstLimit)),
      `throttle.burstLimit is ${JSON.stringify(burstLimit)}, which is no whole number above 0.`,
      'Write how many requests may come at once, on the command line -c throttleBurst=50.',
    ),
  ];
}

/** With a limit of zero every request would be refused. */
function isAboveZero(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0;
}

function memoryProblems(memorySize: unknown): readonly Problem[] {
  const isUsable = isAboveZero(memorySize) && Number.isInteger(memorySize);
  return problemIf(
    isKnown(memorySize) && !(isUsable && memorySize >= 128 && memorySize <= 10_240),
    `memorySize is ${JSON.stringify(memorySize)}, which is no amount of memory that Lambda has.`,
    'Write whole MiB from 128 to 10240.',
  );
}

function emailProblems(alarmEmail: string): readonly Problem[] {
  return problemIf(
    isKnown(alarmEmail) && !EMAIL.test(alarmEmail),
    `alarmEmail is ${JSON.stringify(alarmEmail)}, which is no e-mail address.`,
    'Write one address, such as a mailing list of the people on call.',
  );
}

function isKnown(value: unknown): boolean {
  return !Token.isUnresolved(value);
}
