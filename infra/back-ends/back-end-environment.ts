import { Annotations } from 'aws-cdk-lib';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import { type IFunction, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';

/** A back end: a function, whose environment is set as well, or anything else that can be granted rights. */
export type BackEnd = IGrantable | IFunction;

/**
 * Sets the variables that the reader reads, on a function that CDK makes. An alias, a version or an imported function
 * takes none here, so a warning names them; whatever is no function has its environment elsewhere.
 */
export function setEnvironment(
  backEnd: BackEnd,
  variables: Readonly<Record<string, string>>,
): void {
  if (backEnd instanceof LambdaFunction)
    for (const [name, value] of Object.entries(variables)) backEnd.addEnvironment(name, value);
  else if (isFunction(backEnd)) warnOfMissing(backEnd, Object.keys(variables));
}

function isFunction(backEnd: BackEnd): backEnd is IFunction {
  return 'functionArn' in backEnd;
}

function warnOfMissing(backEnd: IFunction, names: readonly string[]): void {
  Annotations.of(backEnd).addWarningV2(
    'akeneo-app-activation:environment-not-set',
    `The environment of this function cannot be set here. Set ${names.join(', ')} where it is made.`,
  );
}
