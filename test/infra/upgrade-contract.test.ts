import { describe, expect, it } from 'vitest';
import { resolver } from './support/resolve.ts';
import { resourcesOf, synthesize } from './support/synthesis.ts';

/*
 * What an upgrade must not rename. CloudFormation knows a resource by its logical id, which the CDK makes of its place
 * among the constructs: a construct that moves or gets another id is a new resource, and the old one is removed.
 */

/** What an operator loses when a resource gets another logical id, by its type; and the ids that deployments have. */
const HOLDS_DATA = {
  'AWS::DynamoDB::GlobalTable': {
    loss: 'The service would read a new, empty table: no PIM listed, no token, no client secret.',
    ids: [
      'ActivationFlowsTableB0FE3612',
      'ActivationConnectionsTable14A8C01E',
      'ActivationPimsTableFDCF56A0',
      'ActivationClientSecretsTable08FD8165',
    ],
  },
  'AWS::KMS::Key': {
    loss: 'No stored token or client secret could be decrypted by a new key.',
    ids: ['ActivationTokenKeyFD9A049B', 'ActivationClientSecretsKeyA0B7A0FD'],
  },
  'AWS::Logs::LogGroup': {
    loss: 'Searches and metrics of the log would begin at the upgrade.',
    ids: [
      'ActivationActivateLogs7631B85D',
      'ActivationCallbackLogsDDB27CF6',
      'ActivationApiAccessLog4AABFC1A',
      'ActivationHealthLogsD92B03B7',
      'ActivationEventsLogs57FDF4A3',
    ],
  },
  'AWS::SQS::Queue': {
    loss: 'Nobody would learn which events were given up: the queue that names them goes.',
    ids: ['ActivationEventsUndeliveredCB8FCF12'],
  },
  'AWS::ApiGatewayV2::Api': {
    loss: 'The App would get another address, and its URLs cannot be edited in a PIM.',
    ids: ['ActivationApiHttpApi5E67DE3D'],
  },
  'AWS::SNS::Topic': {
    loss: 'No alarm would arrive before somebody confirms the subscription again.',
    ids: ['ActivationMonitoringTopicD094A955'],
  },
  'AWS::IAM::ManagedPolicy': {
    loss: 'Back ends’ roles hold the old policy, so CloudFormation could not delete it, and they would miss the new one.',
    ids: ['ActivationOutputsReadConnectionsC7CF4EBB'],
  },
} as const;

/** Names that are taken in the account and region, or of a function, as long as the resource is there, by its logical id. */
const NAMED = {
  ActivationTokenKeyAlias67D7E20E: 'alias/AkeneoAppActivation/tokens',
  ActivationClientSecretsKeyAliasFABDBF2D: 'alias/AkeneoAppActivation/client-secrets',
  ActivationApiCustomDomainNameCCA58FED: 'connect.example.com',
  ActivationApiCustomDomainRecord4217C543: 'connect.example.com.',
  ActivationApiCustomDomainIpv6RecordA8ED1097: 'connect.example.com.',
  ActivationOutputsActivateUrlParameterC42FDA96:
    '/akeneo-app-activation/AkeneoAppActivation/ActivateUrl',
  ActivationOutputsCallbackUrlParameterB50C2347:
    '/akeneo-app-activation/AkeneoAppActivation/CallbackUrl',
  ActivationOutputsClientSecretKeyArnParameterBC01FA98:
    '/akeneo-app-activation/AkeneoAppActivation/ClientSecretKeyArn',
  ActivationOutputsClientsTableParameter91EE9691:
    '/akeneo-app-activation/AkeneoAppActivation/ClientsTable',
  ActivationOutputsConnectionsTableParameter6851FB5B:
    '/akeneo-app-activation/AkeneoAppActivation/ConnectionsTable',
  ActivationOutputsCustomDomainTargetParameter2AE822C5:
    '/akeneo-app-activation/AkeneoAppActivation/CustomDomainTarget',
  ActivationOutputsFlowsTableParameterDA3652D2:
    '/akeneo-app-activation/AkeneoAppActivation/FlowsTable',
  ActivationOutputsPimsTableParameter91894BA9:
    '/akeneo-app-activation/AkeneoAppActivation/PimsTable',
  ActivationOutputsReadConnectionsPolicyArnParameter46E331F2:
    '/akeneo-app-activation/AkeneoAppActivation/ReadConnectionsPolicyArn',
  ActivationOutputsStageParameter093EECE3: '/akeneo-app-activation/AkeneoAppActivation/Stage',
  ActivationOutputsTokenKeyArnParameter1900D355:
    '/akeneo-app-activation/AkeneoAppActivation/TokenKeyArn',
  ActivationOutputsUndeliveredEventsQueueParameter4E9EAC63:
    '/akeneo-app-activation/AkeneoAppActivation/UndeliveredEventsQueue',
  ActivationActivateFunctionAliaslive41EFDF07: 'live',
  ActivationCallbackFunctionAliaslive68443032: 'live',
  ActivationEventsFunctionAliasliveBC8139AC: 'live',
  ActivationHealthFunctionAliaslive11E85CF4: 'live',
  ActivationMonitoringDashboard0D76D928: 'AkeneoAppActivation-<AWS::Region>',
  ActivationMonitoringwrongcredentialsE136726F: 'AkeneoAppActivation-wrong-credentials',
  ActivationMonitoringlatecodes8B5C10C4: 'AkeneoAppActivation-late-codes',
  ActivationMonitoringpimfailing205FDD88: 'AkeneoAppActivation-pim-failing',
  ActivationMonitoringstorefailing9A93D85B: 'AkeneoAppActivation-store-failing',
  ActivationMonitoringdefects40928B5E: 'AkeneoAppActivation-defects',
  ActivationApiAccessLog4AABFC1A:
    '/aws/vendedlogs/apigateway/AkeneoAppActivation-Api-76B13FEE-<part 0 of <part 2 of <AWS::StackId> split at /> split at ->',
  ActivationApiCustomDomaincertificateexpiring27124299: 'AkeneoAppActivation-certificate-expiring',
  ActivationEventseventscrashes5E0B91ED: 'AkeneoAppActivation-events-crashes',
  ActivationEventseventsnotinvoked23206BF3: 'AkeneoAppActivation-events-not-invoked',
  ActivationEventseventsthrottles7E1C566D: 'AkeneoAppActivation-events-throttles',
  ActivationHealthhealthcrashes7B2C582F: 'AkeneoAppActivation-health-crashes',
  ActivationHealthhealthnotrunF38F8C84: 'AkeneoAppActivation-health-not-run',
  ActivationHealthhealththrottlesD3DE5E06: 'AkeneoAppActivation-health-throttles',
  ActivationMonitoringactivatecrashes963E5D55: 'AkeneoAppActivation-activate-crashes',
  ActivationMonitoringcallbackcrashes1CFA6E18: 'AkeneoAppActivation-callback-crashes',
  ActivationMonitoringactivatethrottles146B2B11: 'AkeneoAppActivation-activate-throttles',
  ActivationMonitoringcallbackthrottles1BDF8DD7: 'AkeneoAppActivation-callback-throttles',
  ActivationKeepWarmactivatenotinvokedA496AA94: 'AkeneoAppActivation-activate-not-invoked',
  ActivationKeepWarmcallbacknotinvoked17610187: 'AkeneoAppActivation-callback-not-invoked',
  ActivationMonitoringapiservererrors2FE36452: 'AkeneoAppActivation-api-server-errors',
  ActivationMonitoringapithrottledrequests3BD94CF2: 'AkeneoAppActivation-api-throttled-requests',
  ActivationMonitoringcallbackslow40A59CE5: 'AkeneoAppActivation-callback-slow',
  ActivationMonitoringkeyunusableEA10F544: 'AkeneoAppActivation-key-unusable',
  ActivationHealthhealthsweepgivenupBC062227: 'AkeneoAppActivation-health-sweep-given-up',
  ActivationHealthhealthvisitsfailedEE113956: 'AkeneoAppActivation-health-checks-failed',
  ActivationEventseventslate52253C97: 'AkeneoAppActivation-events-late',
  ActivationEventseventsgivenupDB1091F2: 'AkeneoAppActivation-events-given-up',
  ActivationEventseventsunreadable8763A6A5: 'AkeneoAppActivation-events-malformed',
};

/** The property that is such a name, by the type that has one. */
const NAME_OF: Readonly<Record<string, string>> = {
  'AWS::KMS::Alias': 'AliasName',
  'AWS::ApiGatewayV2::DomainName': 'DomainName',
  'AWS::Route53::RecordSet': 'Name',
  'AWS::CloudWatch::Dashboard': 'DashboardName',
  'AWS::CloudWatch::Alarm': 'AlarmName',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::DynamoDB::GlobalTable': 'TableName',
  'AWS::SQS::Queue': 'QueueName',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::IAM::Role': 'RoleName',
  'AWS::IAM::ManagedPolicy': 'ManagedPolicyName',
  'AWS::Lambda::Alias': 'Name',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::Scheduler::Schedule': 'Name',
  'AWS::SSM::Parameter': 'Name',
};

const NAME_TAKEN =
  'The deployment would fail, because CloudFormation makes the new resource before it removes the old one, whose name is taken. By the name operators find it.';
const HOW = 'Add what is new to the list; what is in it stays as it is.';

const template = synthesize({
  alarmEmail: 'team@example.com',
  monitoring: 'full',
  customDomain: {
    domainName: 'connect.example.com',
    certificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/1',
    zoneId: 'Z1',
    zoneName: 'example.com',
  },
});

describe('an upgrade', () => {
  it.each(Object.entries(HOLDS_DATA))('keeps each %s', (type, { loss, ids }) => {
    const found = resourcesOf(template, type).map(({ logicalId }) => logicalId);
    expect(found.toSorted(), `${loss} ${HOW}`).toEqual([...ids].toSorted());
  });

  it('gives no name that is taken to another resource', () => {
    const resolve = resolver(template);
    const named = resourcesOf(template).flatMap(({ Type, logicalId, Properties }) => {
      const name = resolve(Properties[NAME_OF[Type] ?? '']);
      return name === undefined ? [] : [[logicalId, name]];
    });
    expect(Object.fromEntries(named), `${NAME_TAKEN} ${HOW}`).toEqual(NAMED);
  });

  it('keeps all of it in the smallest deployment too', () => {
    const smallest = synthesize({ stage: 'development' });
    const optional = ['ActivationMonitoringTopicD094A955'];
    const ids = Object.values(HOLDS_DATA).flatMap((data): readonly string[] => data.ids);
    const found = resourcesOf(smallest).map(({ logicalId }) => logicalId);
    expect(found).toEqual(expect.arrayContaining(ids.filter((id) => !optional.includes(id))));
  });
});
