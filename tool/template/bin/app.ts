/** What `cdk deploy` deploys: the activation, and a back end that may read its connections. */
import { AkeneoAppActivation } from 'akeneo-app-activation/infra';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';

const stack = new Stack(new App(), 'AkeneoAppActivation');
const activation = new AkeneoAppActivation(stack, 'Activation');
const backEnd = new NodejsFunction(stack, 'BackEnd', {
  entry: 'lib/back-end.ts',
  runtime: Runtime.NODEJS_24_X,
  timeout: Duration.minutes(1),
});
activation.grantRead(backEnd, { list: true });
activation.grantMarkDisconnected(backEnd);
