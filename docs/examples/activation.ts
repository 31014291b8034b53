/** An activation and a back end in a stack of yours. */
import { AkeneoAppActivation } from 'akeneo-app-activation/infra';
import type { Stack } from 'aws-cdk-lib';
import type { Function as BackEnd } from 'aws-cdk-lib/aws-lambda';

export function addActivation(stack: Stack, backEnd: BackEnd): void {
  const activation = new AkeneoAppActivation(stack, 'Activation');
  activation.grantRead(backEnd, { list: true });
}
