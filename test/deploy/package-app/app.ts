/** A stack of somebody else: the construct, and a back end that reads through it. */
import { AkeneoAppActivation } from 'akeneo-app-activation/infra';
import { App, CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';

const stack = new Stack(new App(), 'SomebodyElses');
const activation = new AkeneoAppActivation(stack, 'Activation', {
  stage: 'development',
  dangerouslyAllowHttpPimOnLoopback: true,
  dangerouslyDestroyTables: true,
});
const backEnd = new NodejsFunction(stack, 'BackEnd', {
  entry: 'back-end.ts',
  runtime: Runtime.NODEJS_24_X,
  timeout: Duration.seconds(20),
  bundling: { format: OutputFormat.ESM, bundleAwsSDK: true, mainFields: ['module', 'main'] },
  // The simulated PIM has no certificate.
  environment: { DANGEROUSLY_ALLOW_HTTP_PIM_ON_LOOPBACK: 'true' },
});
activation.grantRead(backEnd, { list: true });
activation.grantMarkDisconnected(backEnd);
new CfnOutput(stack, 'BackEndName', { value: backEnd.functionName });
// Names that the stack of the activation's own project has, too.
for (const name of ['CallbackUrl', 'Stage', 'TokenKeyArn'])
  new CfnOutput(stack, name, { value: 'Somebody else’s' });
