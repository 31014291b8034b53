import { realpathSync } from 'node:fs';
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

/** Whether a module is the one that Node was started with. @param url its `import.meta.url`. */
export function isStarted(url: string): boolean {
  const [, script] = process.argv;
  return script !== undefined && pathToFileURL(realpathSync(script)).href === url;
}
