import type { Node } from 'constructs';
import { closestName } from '../../functions/closest-name.ts';
import type { Problem } from './refuse-problems.ts';

/** Every setting that `cdk deploy -c name=value` takes; `docs/operate.md` says what each means. */
export const SETTING_NAMES = [
  'stage',
  'stackName',
  'alarmEmail',
  'domainName',
  'certificateArn',
  'hostedZoneId',
  'hostedZoneName',
  'healthCheck',
  'throttleRate',
  'throttleBurst',
  'memorySize',
  'backEndAccounts',
  'dangerouslyAllowHttpPimOnLoopback',
  'dangerouslyDestroyTables',
] as const;

/** The name of a setting. */
export type SettingName = (typeof SETTING_NAMES)[number];

const BY_LOWER_CASE = new Map<string, SettingName>(
  SETTING_NAMES.map((name) => [name.toLowerCase(), name]),
);

/** Keys of the CDK itself: feature flags, options of its command line, and what it has looked up in an account. */
const OF_THE_CDK = /[@:]|^cdk-/;

/**
 * The context keys that are nearly the name of a setting. The CDK knows no list of keys, so that a misspelt one is
 * silently ignored otherwise, and the setting goes back to its default. Other keys pass.
 */
export function misspeltSettings(node: Node): readonly Problem[] {
  const given = new Set(Object.keys(node.getAllContext()));
  for (const name of SETTING_NAMES) given.delete(name);
  return [...given].flatMap((key) => {
    const meant = settingMeantBy(key);
    return meant ? [misspelt(key, meant)] : [];
  });
}

function settingMeantBy(key: string): SettingName | undefined {
  if (OF_THE_CDK.test(key)) return undefined;
  return BY_LOWER_CASE.get(closestName(key, BY_LOWER_CASE.keys()) ?? '');
}

function misspelt(key: string, meant: SettingName): Problem {
  return { what: `${key} is no setting.`, fix: `Write ${meant}, or leave ${key} out.` };
}
