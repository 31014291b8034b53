import { type App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';

/**
 * Makes every synthesis check the AwsSolutions rules; a finding that is not acknowledged beside its
 * resource, with a reason, fails it.
 *
 * @see {@link https://github.com/cdklabs/cdk-nag/blob/main/RULES.md#awssolutions The rules}
 */
export function addSecurityChecks(app: App): void {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
}
