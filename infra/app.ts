/** What `cdk deploy` runs, as `cdk.json` says. */
import { writeSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { readContext } from './configuration/context.ts';
import { RefusedConfiguration } from './configuration/problems.ts';
import { readSettingsFile } from './configuration/settings-file.ts';
import { addSecurityChecks } from './security-checks.ts';
import { AkeneoAppActivationStack } from './stack.ts';

// The CDK runs the app beside `cdk.json`, and lets `-c name=value` win over the context that an app gives itself.
const { settings, problems } = readSettingsFile(process.cwd());
const app = new App({ context: settings });
addSecurityChecks(app);
try {
  const { stackName, props } = readContext(app.node, problems);
  new AkeneoAppActivationStack(app, stackName, props);
} catch (error) {
  // Anything else is a defect, of which the stack trace tells.
  if (!(error instanceof RefusedConfiguration)) throw error;
  writeSync(process.stderr.fd, `${error.message}\n`);
  // At once: a process that ends by itself first synthesizes whatever there is of the stack.
  process.exit(1);
}
