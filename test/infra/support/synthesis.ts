import { mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { inject } from 'vitest';
import type { AkeneoAppActivationStackProps } from '../../../infra/stack.ts';
import { AkeneoAppActivationStack } from '../../../infra/stack.ts';

/** A resource of a template, named by its place in the stack instead of by a hash. */
export interface Resource {
  /** Below the activation, without CDK's `Resource`: `Flows/Table`. */
  readonly name: string;
  readonly logicalId: string;
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

interface CdkJson {
  readonly context: Readonly<Record<string, unknown>>;
}

/** An app under the feature flags of `cdk.json`, as the command line would make it, but without bundling. */
export function testApp(context: Readonly<Record<string, unknown>> = {}): App {
  const cdkJson = JSON.parse(
    readFileSync(new URL('../../../cdk.json', import.meta.url), 'utf8'),
  ) as CdkJson;
  return new App({
    outdir: mkdtempSync(join(inject('synthesisFolder'), 'cdk.out-')),
    context: {
      ...cdkJson.context,
      'aws:cdk:bundling-stacks': [],
      'aws:cdk:enable-path-metadata': true,
      ...context,
    },
  });
}

/** The template of a stack with the given props. */
export function synthesize(props: AkeneoAppActivationStackProps = {}): Template {
  const stack = new AkeneoAppActivationStack(testApp(), 'AkeneoAppActivation', props);
  return Template.fromStack(stack);
}

/** The resources of a type, or all of them. */
export function resourcesOf(template: Template, type?: string): readonly Resource[] {
  const { Resources } = template.toJSON() as { Resources: Record<string, TemplateResource> };
  return Object.entries(Resources)
    .map(([logicalId, resource]) => ({
      ...resource,
      Properties: resource.Properties ?? {},
      logicalId,
      name: nameOf(resource),
    }))
    .filter((resource) => type === undefined || resource.Type === type);
}

/** The one resource of that type at that place. */
export function theResource(template: Template, type: string, name: string): Resource {
  const found = resourcesOf(template, type).find((candidate) => candidate.name === name);
  if (!found) throw new Error(`The template has no ${type} named ${name}.`);
  return found;
}

type TemplateResource = Omit<Resource, 'name' | 'logicalId' | 'Properties'> & {
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly Metadata?: Readonly<Record<string, string>>;
};

function nameOf({ Metadata = {} }: TemplateResource): string {
  const path = Metadata['aws:cdk:path'] ?? '';
  return path.replace(/^[^/]+\/Activation\//, '').replace(/\/(Resource|Default)$/, '');
}
