/** What `npm run test:deploy` does first: installs what the tests run on. Quick when it is all there. */
import { installNode24 } from './support/node24.ts';
import { installPhpPackages } from './support/php-tools.ts';
import { installPythonTools } from './support/python-tools.ts';

try {
  await installPythonTools();
  await installPhpPackages();
  await installNode24();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : 'Cannot prepare.'}\n`);
  process.exitCode = 1;
}
