import { readFileSync, realpathSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

/** The sources are in the checkout alone. What is installed was compiled. */
const isCheckout = import.meta.url.endsWith('.ts');

/** How a person calls our commands: by npm's scripts in the checkout, else by the name of the package. */
export const CALLED = isCheckout
  ? {
      app: 'npm run app --',
      appQuietly: 'npm run --silent app --',
      dev: 'npm start',
      devWith: 'npm start --',
      devQuietly: 'npm start --silent -- --json',
      demo: 'npm run demo --',
    }
  : {
      app: 'npx akeneo-app',
      appQuietly: 'npx akeneo-app',
      dev: 'npx akeneo-app dev',
      devWith: 'npx akeneo-app dev',
      devQuietly: 'npx akeneo-app dev --json',
      demo: 'npx akeneo-app demo',
    };

/** Exit statuses. They are stable, so that scripts can rely on them. */
export const EXIT = { ok: 0, failure: 1, usage: 2, cancelled: 130 } as const;

/** How a stack gets settings: on the command line in the checkout, by props in an app of one's own. */
export function deployWith(settings: Readonly<Record<string, string | true>>): string {
  const entries = Object.entries(settings);
  if (isCheckout)
    return ['npx cdk deploy', ...entries.map(([name, value]) => `-c ${name}=${value}`)].join(' ');
  const props = entries.map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  return `npx cdk deploy, with the props { ${props.join(', ')} } of the construct`;
}

/** Where a person reads a page of `docs/`, which the package of the commands has not. @param page such as `runbook.md`. */
export function docs(page: string): string {
  if (isCheckout) return `docs/${page}`;
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  const { docs: address } = JSON.parse(text) as { readonly docs: string };
  return `${address}${page}`;
}

/** Whether a module is the one that Node was started with. @param url its `import.meta.url`. */
export function isStarted(url: string): boolean {
  const [, script] = process.argv;
  return script !== undefined && pathToFileURL(realpathSync(script)).href === url;
}
