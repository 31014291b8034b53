import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { domainFromContext, domainProblems } from '../custom-domain.ts';
import { needsVpc, vpcFromContext } from '../network.ts';
import { appFromContext, appProblems } from './app-settings.ts';
import { certificateAuthoritiesProblems } from './certificate-authorities.ts';
import { decimal, type FromContext, flag, list, text } from './context-values.ts';
import { defaultLanguageProblems, languagesProblems } from './language-settings.ts';
import { isAboveZero, isKnown, type Problem, problemIf, refuseProblems } from './problems.ts';
import type { AkeneoAppActivationProps } from './props.ts';
import { HEALTH_CHECK, KEEP_WARM, type ScheduleSettings } from './schedule-settings.ts';
import {
  concurrencyProblems,
  DEFAULT_THROTTLE,
  throttleFromContext,
  throttleProblems,
} from './throttle-settings.ts';

const DEFAULTS = {
  stage: 'production',
  dangerouslyAllowHttpPimOnLoopback: false,
  dangerouslyDestroyTables: false,
  simulatedPim: false,
  throttle: DEFAULT_THROTTLE,
  /**
   * 1,769 MiB are one whole processor, and 1,024 MiB are 58 % of it: enough that loading the SDK and the TLS handshakes
   * of a first request take well below a second. The rest of a request waits for the network, where more memory costs
   * more and gains nothing.
   *
   * @see {@link https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html Memory and processor share}
   */
  memorySize: 1024,
  logRetention: RetentionDays.THREE_MONTHS,
  monitoring: 'essential',
  tracing: false,
  identity: false,
  backEndAccounts: [],
} satisfies AkeneoAppActivationProps;

type Defaulted = keyof typeof DEFAULTS;
type Scheduled = 'healthCheck' | 'keepWarm';

/** The props with every default filled in, checked. */
export type Settings = Readonly<
  Omit<AkeneoAppActivationProps, Defaulted | Scheduled> &
    Required<Pick<AkeneoAppActivationProps, Defaulted>>
> &
  Readonly<Record<Scheduled, ScheduleSettings>>;

/**
 * The props before anybody has checked them. A command line gives any text as the value of a setting, and JavaScript
 * any value at all.
 */
export type UncheckedProps = { readonly [Name in keyof AkeneoAppActivationProps]?: unknown };

/** How a setting gets its value, and which values it takes; what it means is said at its prop. */
interface Setting {
  /** By which names `cdk deploy -c name=value` gives it. @default - only code can give it */
  readonly context?: FromContext;
  /** What is wrong with a value that is given. @default - nothing that its type does not say */
  readonly check?: (value: unknown, props: UncheckedProps) => readonly Problem[];
}

/** Every setting. A prop without an entry does not compile. */
export const SETTINGS: Readonly<Record<keyof AkeneoAppActivationProps, Setting>> = {
  stage: { context: text('stage'), check: stageProblems },
  dangerouslyAllowHttpPimOnLoopback: developmentSwitch('dangerouslyAllowHttpPimOnLoopback'),
  dangerouslyDestroyTables: developmentSwitch('dangerouslyDestroyTables'),
  simulatedPim: developmentSwitch('simulatedPim'),
  throttle: { context: throttleFromContext, check: throttleProblems },
  memorySize: { context: decimal('memorySize'), check: memoryProblems },
  reservedConcurrency: { context: decimal('reservedConcurrency'), check: concurrencyProblems },
  logRetention: {},
  alarmEmail: { context: text('alarmEmail'), check: emailProblems },
  alarmTopic: {},
  monitoring: { context: text('monitoring'), check: monitoringProblems },
  tracing: { context: flag('tracing'), check: (value) => switchProblems('tracing', value) },
  identity: { context: flag('identity'), check: (value) => switchProblems('identity', value) },
  customDomain: { context: domainFromContext, check: domainProblems },
  healthCheck: HEALTH_CHECK,
  keepWarm: KEEP_WARM,
  eventBus: {},
  backEndAccounts: { context: list('backEndAccounts'), check: accountProblems },
  pimCertificateAuthorities: {
    context: text('pimCertificateAuthorities'),
    check: certificateAuthoritiesProblems,
  },
  languages: { context: list('languages'), check: languagesProblems },
  defaultLanguage: { context: text('defaultLanguage'), check: defaultLanguageProblems },
  vpc: { context: vpcFromContext },
  vpcSubnets: { check: (_, { vpc }) => needsVpc('vpcSubnets', vpc) },
  securityGroups: { check: (_, { vpc }) => needsVpc('securityGroups', vpc) },
  app: { context: appFromContext, check: appProblems },
};

/**
 * Checks the props and fills in the defaults.
 *
 * @throws {RefusedConfiguration} naming every problem of the props and its fix.
 */
export function settingsOf(props: UncheckedProps): Settings {
  assertDeployable(props);
  const chosen = Object.entries(props).filter(
    ([name, value]) => name in SETTINGS && value !== undefined && value !== null,
  );
  return {
    ...DEFAULTS,
    // `Object.fromEntries` forgets the names and their types, which have just been checked.
    ...(Object.fromEntries(chosen) as AkeneoAppActivationProps),
    healthCheck: HEALTH_CHECK.settings(props.healthCheck),
    keepWarm: KEEP_WARM.settings(props.keepWarm),
  };
}

/** Everything about the props that cannot be deployed. Values that are only known at deployment pass. */
export function problemsOf(props: UncheckedProps): readonly Problem[] {
  return Object.entries(SETTINGS).flatMap(([name, { check }]) => {
    // `Object.entries` forgets the literal keys of the record.
    const value = props[name as keyof AkeneoAppActivationProps];
    return check === undefined || value === undefined ? [] : check(value, props);
  });
}

function assertDeployable(props: UncheckedProps): asserts props is AkeneoAppActivationProps {
  refuseProblems(problemsOf(props));
}

function stageProblems(stage: unknown): readonly Problem[] {
  return problemIf(
    stage !== 'production' && stage !== 'development',
    `stage is ${JSON.stringify(stage)}.`,
    `Write 'production' or 'development', or leave it out for production.`,
  );
}

function monitoringProblems(monitoring: unknown): readonly Problem[] {
  return problemIf(
    monitoring !== 'essential' && monitoring !== 'full',
    `monitoring is ${JSON.stringify(monitoring)}.`,
    `Write 'essential' or 'full', or leave it out for essential.`,
  );
}

function switchProblems(name: string, value: unknown): readonly Problem[] {
  return problemIf(
    typeof value !== 'boolean',
    `${name} is ${JSON.stringify(value)}.`,
    'Write true or false, or leave it out for false.',
  );
}

function developmentSwitch(name: keyof AkeneoAppActivationProps): Setting {
  const check = (value: unknown, { stage = 'production' }: UncheckedProps) => [
    ...switchProblems(name, value),
    ...problemIf(
      value === true && stage === 'production',
      `${name} is switched on, but the stage is production.`,
      `Remove ${name}, or mark the deployment: stage: 'development' (-c stage=development).`,
    ),
  ];
  return { context: flag(name), check };
}

function memoryProblems(memorySize: unknown): readonly Problem[] {
  const isUsable = isAboveZero(memorySize) && Number.isInteger(memorySize);
  return problemIf(
    isKnown(memorySize) && !(isUsable && memorySize >= 128 && memorySize <= 10_240),
    `memorySize is ${JSON.stringify(memorySize)}, which is no amount of memory that Lambda has.`,
    'Write whole MiB from 128 to 10240.',
  );
}

const EMAIL = /^[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>]+$/;

function emailProblems(alarmEmail: unknown): readonly Problem[] {
  return problemIf(
    isKnown(alarmEmail) && !(typeof alarmEmail === 'string' && EMAIL.test(alarmEmail)),
    `alarmEmail is ${JSON.stringify(alarmEmail)}, which is no e-mail address.`,
    'Write one address, such as a mailing list of the people on call.',
  );
}

function accountProblems(accounts: unknown): readonly Problem[] {
  const fix =
    'Write a list with the twelve digits of each account; on the command line, separated by commas.';
  if (!Array.isArray(accounts))
    return [{ what: `backEndAccounts is ${JSON.stringify(accounts)}, which is no list.`, fix }];
  return accounts.flatMap((account: unknown) =>
    problemIf(
      isKnown(account) && !(typeof account === 'string' && /^\d{12}$/.test(account)),
      `backEndAccounts has ${JSON.stringify(account)}, which is no AWS account.`,
      fix,
    ),
  );
}
