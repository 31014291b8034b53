import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';

/** Lets a function of yours clean up after an App that a PIM user has disconnected. */
export function onDisconnection(scope: Construct, cleanUp: IFunction): Rule {
  return new Rule(scope, 'OnDisconnection', {
    eventPattern: {
      source: ['akeneo-app-activation'],
      detailType: ['App Disconnected'],
      detail: { reason: ['disconnected', 'removed'] },
    },
    targets: [new LambdaFunction(cleanUp, { retryAttempts: 10 })],
  });
}
