import { App } from 'aws-cdk-lib';
import { readContext, readStackName } from './context.ts';
import { addSecurityChecks } from './security-checks.ts';
import { AkeneoAppActivationStack } from './stack.ts';

const app = new App();
addSecurityChecks(app);

/** What `cdk deploy` deploys. */
export const stack = new AkeneoAppActivationStack(
  app,
  readStackName(app.node),
  readContext(app.node),
);
