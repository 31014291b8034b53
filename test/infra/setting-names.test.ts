import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { misspeltSettings, SETTING_NAMES } from '../../infra/configuration/context.ts';
import { testApp } from './support/synthesis.ts';

const page = readFileSync(new URL('../../docs/operate.md', import.meta.url), 'utf8');

/** What is said about a context that has that key, beside the feature flags of `cdk.json`. */
const problemsWith = (key: string) => misspeltSettings(testApp({ [key]: 'a' }).node);

describe('a context key', () => {
  // Each was ignored, so that nobody got the alarms, and a custom domain was removed.
  it.each([
    ['alarmEmial', 'alarmEmail'],
    ['domainname', 'domainName'],
    ['hostedZoneID', 'hostedZoneId'],
    ['hostedZone', 'hostedZoneId'],
    ['stack-name', 'stackName'],
    ['backendAccounts', 'backEndAccounts'],
    ['Stage', 'stage'],
    ['throttleRates', 'throttleRate'],
    ['dangerouslyDestroyTable', 'dangerouslyDestroyTables'],
  ])('that is nearly a setting is refused: %s for %s', (key, meant) => {
    expect(problemsWith(key)).toEqual([
      { what: `${key} is no setting.`, fix: `Write ${meant}, or leave ${key} out.` },
    ]);
  });

  it.each([
    '@aws-cdk/core:stackName',
    'aws:cdk:stage',
    'cdk-stage',
    'availability-zones:account=111122223333:region=eu-west-1',
    'cli-telemetry',
    'acknowledged-issue-numbers',
    'team',
    'costCenter',
  ])('that is the CDK’s or somebody else’s passes: %s', (key) => {
    expect(problemsWith(key)).toEqual([]);
  });

  it.each(SETTING_NAMES)('%s passes and is documented', (name) => {
    expect(problemsWith(name)).toEqual([]);
    expect(page).toMatch(new RegExp(`^\\| .*\`${name}\`.* \\|`, 'm'));
  });
});
