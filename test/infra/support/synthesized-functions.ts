import { join } from 'node:path';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { HandlerFunction } from '../../../infra/compute/handler-function.ts';
import {
  AkeneoAppActivationStack,
  type AkeneoAppActivationStackProps,
} from '../../../infra/stack.ts';
import { testApp } from './synthesis.ts';

/** A function as it is deployed. */
export interface SynthesizedFunction {
  /** The folder that Lambda gets. */
  readonly asset: string;
  /** As JSON. */
  readonly variables: string;
  /** The published version that serves, as JSON. */
  readonly version: string;
}

/** Each function by its handler, bundled as `cdk deploy` does. */
export function synthesizedFunctions(
  props: AkeneoAppActivationStackProps = {},
): ReadonlyMap<HandlerFunction['handler'], SynthesizedFunction> {
  const app = testApp({
    'aws:cdk:bundling-stacks': ['**'],
    'aws:cdk:enable-asset-metadata': true,
  });
  const stack = new AkeneoAppActivationStack(app, 'Test', props);
  const { directory } = app.synth();
  const handlers = stack.node.findAll().filter((node) => node instanceof HandlerFunction);
  const seen = handlers.map(({ handler, alias, function: { node } }) => {
    const resource = node.defaultChild;
    if (!(resource instanceof CfnFunction)) throw new TypeError('no function');
    const asset = join(directory, String(resource.getMetadata('aws:asset:path')));
    const variables = JSON.stringify(stack.resolve(resource.environment));
    const version = JSON.stringify(stack.resolve(alias.version.version));
    return [handler, { asset, variables, version }] as const;
  });
  return new Map(seen);
}
