import type { ServerResponse } from 'node:http';
import { bodyOf, serve } from './http-server.ts';

/** CloudFormation with one stack in it, over its own protocol (AWS Query: forms in, XML out). */
export interface FakeCloudFormation {
  readonly endpoint: string;
  stackName: string;
  /** By their keys; deleting one is a deployment that did not finish. */
  readonly outputs: Record<string, string>;
  /** What was deployed; absent if nobody may read it. */
  template: string | undefined;
  /** The stack's resources: physical ids by logical ids. */
  readonly resources: Record<string, string>;
  /** Answers every request with this error instead. */
  error?: { readonly code: string; readonly message: string };
}

/** A template whose one API stage has limits. */
const TEMPLATE = JSON.stringify({
  Resources: {
    Stage: {
      Type: 'AWS::ApiGatewayV2::Stage',
      Properties: {
        DefaultRouteSettings: { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 },
      },
    },
  },
});

/** Starts one with a stack of these outputs, until the test ends. */
export async function fakeCloudFormation(
  outputs: Record<string, string>,
): Promise<FakeCloudFormation> {
  const { port } = await serve((request, response) => {
    void bodyOf(request).then((body) => answer(fake, new URLSearchParams(body), response));
  });
  const fake: FakeCloudFormation = {
    endpoint: `http://127.0.0.1:${port}`,
    stackName: 'AkeneoAppActivation',
    outputs,
    template: TEMPLATE,
    resources: {},
  };
  return fake;
}

function answer(fake: FakeCloudFormation, form: URLSearchParams, response: ServerResponse): void {
  const name = form.get('StackName') ?? '';
  const action = form.get('Action') ?? '';
  const error = fake.error ?? refusal(fake, name, action);
  response.setHeader('content-type', 'text/xml');

  response.statusCode = error ? 400 : 200;
  response.end(error ? errorXml(error) : resultXml(fake, action));
}

function refusal({ stackName, template }: FakeCloudFormation, name: string, action: string) {
  if (name !== stackName)
    return { code: 'ValidationError', message: `Stack with id ${name} does not exist` };
  if (action === 'GetTemplate' && template === undefined)
    return {
      code: 'AccessDenied',
      message: 'not authorized to perform: cloudformation:GetTemplate',
    };
  return undefined;
}

function errorXml({ code, message }: { code: string; message: string }): string {
  return `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${escaped(message)}</Message></Error><RequestId>request-1</RequestId></ErrorResponse>`;
}

function resultXml(fake: FakeCloudFormation, action: string): string {
  const result =
    action === 'GetTemplate'
      ? `<TemplateBody>${escaped(fake.template ?? '')}</TemplateBody>`
      : action === 'ListStackResources'
        ? resourcesXml(fake)
        : stackXml(fake);
  return `<${action}Response><${action}Result>${result}</${action}Result></${action}Response>`;
}

function resourcesXml({ resources }: FakeCloudFormation): string {
  const members = Object.entries(resources).map(
    ([logicalId, physicalId]) =>
      `<member><LogicalResourceId>${logicalId}</LogicalResourceId><PhysicalResourceId>${physicalId}</PhysicalResourceId></member>`,
  );
  return `<StackResourceSummaries>${members.join('')}</StackResourceSummaries>`;
}

function stackXml({ outputs, stackName }: FakeCloudFormation): string {
  const members = Object.entries(outputs).map(
    ([key, value]) =>
      `<member><OutputKey>${key}</OutputKey><OutputValue>${escaped(value)}</OutputValue></member>`,
  );
  return `<Stacks><member><StackName>${stackName}</StackName><StackStatus>UPDATE_COMPLETE</StackStatus><CreationTime>2030-01-01T00:00:00Z</CreationTime><Outputs>${members.join('')}</Outputs></member></Stacks>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
