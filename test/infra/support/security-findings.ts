import type { App } from 'aws-cdk-lib';
import { addSecurityChecks } from '../../../infra/security-checks.ts';

/** What the checks find in an app: a text that names each rule, or nothing. */
export function findingsOf(app: App): string {
  addSecurityChecks(app);
  try {
    app.synth();
  } catch (error) {
    return String(error);
  }
  return 'nothing';
}
