import { APP_NAMES, type AppProps, appProblem } from '../../branding/app.ts';
import { closestName } from '../../functions/closest-name.ts';
import { type FromContext, object, text } from './context-values.ts';
import { isKnown, type Problem, problemIf } from './problems.ts';

/** The names of the command line. Those that would say too little by themselves say whose they are. */
const FLAT = object({
  name: text('appName'),
  logo: text('appLogo'),
  accentColor: text('accentColor'),
  supportUrl: text('supportUrl'),
  supportEmail: text('supportEmail'),
  documentationUrl: text('documentationUrl'),
  privacyUrl: text('privacyUrl'),
  failureUrl: text('failureUrl'),
} satisfies Record<keyof AppProps, FromContext>);

/** An object in the settings file, `app`, and `-c appName=…` and its kin above it. */
export const appFromContext: FromContext = {
  names: ['app', ...FLAT.names],
  read: (node) => {
    const app: unknown = node.tryGetContext('app');
    const flat = FLAT.read(node);
    if (app === undefined || app === null) return flat;
    return isObject(app) ? { ...app, ...flat } : app;
  },
};

/** What is wrong with the face of the App. It is written at synthesis, so everything has to be known then. */
export function appProblems(app: unknown): readonly Problem[] {
  if (!isObject(app))
    return [
      {
        what: `app is ${JSON.stringify(app)}, which is no object.`,
        fix: 'Write such as { "name": "Catalog Sync" }, on the command line -c appName="Catalog Sync".',
      },
    ];
  const given = Object.entries(app).filter(([, value]) => value !== undefined);
  return [
    ...given.flatMap(([name, value]) => problemsOf(name, value)),
    ...problemIf(
      'supportUrl' in app && 'supportEmail' in app,
      'app has both supportUrl and supportEmail.',
      'Leave one of them out: a page has one button for support.',
    ),
  ];
}

function problemsOf(name: string, value: unknown): readonly Problem[] {
  const known = APP_NAMES.find((other) => other === name);
  if (known === undefined) {
    const meant = closestName(name, APP_NAMES);
    const fix = `Write ${meant ?? `one of ${APP_NAMES.join(', ')}`}, or leave ${name} out.`;
    return [{ what: `app has ${JSON.stringify(name)}, which is no part of it.`, fix }];
  }
  if (!isKnown(value))
    return [
      {
        what: `app.${name} is only known at deployment.`,
        fix: 'Write it out: it goes into a file.',
      },
    ];
  const refusal = appProblem(known, value);
  return refusal
    ? [{ what: `app.${name} is ${JSON.stringify(value)}, which ${refusal.why}.`, fix: refusal.fix }]
    : [];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
