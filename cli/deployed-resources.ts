import { type CloudFormationClient, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import { parseJsonObject } from '../functions/pim/send.ts';

/** A resource of a deployed template. */
export interface Resource {
  readonly type: string;
  /** As they were deployed; what refers to other resources is no text. */
  readonly properties: Readonly<Record<string, unknown>>;
}

/**
 * The resources of a stack, as its template says: what somebody changed in the console is not seen. The CDK deploys
 * JSON; a template in any other form has none.
 */
export async function deployedResources(
  client: CloudFormationClient,
  stackName: string,
): Promise<readonly Resource[]> {
  const command = new GetTemplateCommand({ StackName: stackName });
  const { TemplateBody = '' } = await client.send(command);
  const resources: object = Object(parseJsonObject(TemplateBody)['Resources']);
  return Object.values(resources).map((resource) => {
    const { Type, Properties }: Readonly<Record<string, unknown>> = Object(resource);
    return { type: String(Type), properties: Object(Properties) };
  });
}
