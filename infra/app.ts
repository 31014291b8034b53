/** What `cdk deploy` runs, as `cdk.json` says. */
import { writeSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { BUNDLING_STACKS } from 'aws-cdk-lib/cx-api';
import { readContext } from './configuration/context.ts';
import { RefusedConfiguration } from './configuration/problems.ts';
import { readSettingsFile } from './configuration/settings-file.ts';
import { addSecurityChecks } from './security-checks.ts';
import { AkeneoAppActivationStack } from './stack.ts';

const SIGN_IN =
  'The CDK has found no AWS credentials, so only `cdk synth` can work: to deploy, press Ctrl-C, sign in as for the AWS CLI (`aws sso login`, or `aws configure`), set AWS_PROFILE and AWS_REGION, then `npm run app -- preflight`.\n';

// The CDK runs the app beside `cdk.json`, and lets `-c name=value` win over the context that an app gives itself.
const { settings, problems } = readSettingsFile(process.cwd());
const app = new App({ context: settings });
adviseToSignIn(app);
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

/**
 * Tells whoever deploys without credentials what to do, before seconds of bundling. The CDK does not tell an app whether
 * it synthesizes for `cdk deploy` or for `cdk synth`, which needs no account; so nothing is refused here.
 *
 * @see {@link https://github.com/aws/aws-cdk/issues/9619 Know from within the app which command is run}
 */
function adviseToSignIn({ node }: App): void {
  const { CDK_CLI_VERSION: isRunByTheCdk, CDK_DEFAULT_ACCOUNT: account } = process.env;
  const bundled: unknown = node.tryGetContext(BUNDLING_STACKS);
  if (!isRunByTheCdk || account || !Array.isArray(bundled) || bundled.length === 0) return;
  writeSync(process.stderr.fd, SIGN_IN);
}
