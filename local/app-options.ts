import { InvalidArgumentError, Option } from 'commander';
import { type AppProps, appProblem } from '../branding/app.ts';

/** The options of `npm start` that say what the pages show of the App, by what they set. */
const FLAGS: Readonly<Record<keyof AppProps, readonly [flags: string, description: string]>> = {
  name: ['--app-name <name>', "the App's name, as PIM users know it"],
  logo: ['--app-logo <file>', 'its logo: SVG or PNG, at most 32 KB'],
  accentColor: ['--accent-color <#rrggbb>', 'its colour, readable on white'],
  supportUrl: ['--support-url <url>', 'where its support is; or --support-email'],
  supportEmail: ['--support-email <address>', "its support's address for e-mail"],
  documentationUrl: ['--documentation-url <url>', 'what the App does and how it is used'],
  privacyUrl: ['--privacy-url <url>', 'what the App does with data'],
  failureUrl: ['--failure-url <url>', 'where users go when connecting fails (default: a page)'],
};

/** On a developer's machine, the App itself may do without TLS. */
const POLICY = { allowHttpOnLoopback: true };

const BY_MEMBER = Object.entries(FLAGS).map(([name, [flags, description]]) => {
  // `Object.entries` forgets the literal keys of the record.
  const member = name as keyof AppProps;
  const option = new Option(flags, description).argParser((value) => checked(member, value));
  return [member, member === 'supportUrl' ? option.conflicts('supportEmail') : option] as const;
});

/** For the command of `npm start`. */
export const APP_OPTIONS: readonly Option[] = BY_MEMBER.map(([, option]) => option);

/** What those options gave. */
export function appOf(given: object): AppProps {
  const values: Readonly<Record<string, unknown>> = { ...given };
  const ofApp = BY_MEMBER.map(([member, option]) => [member, values[option.attributeName()]]);
  // Each value was checked by its option.
  return Object.fromEntries(ofApp.filter(([, value]) => value !== undefined)) as AppProps;
}

function checked(member: keyof AppProps, value: string): string {
  const refusal = appProblem(member, value, POLICY);
  if (!refusal) return value;
  throw new InvalidArgumentError(`It ${refusal.why}. ${refusal.fix}`);
}
