/** Where AWS says what a service costs. */
const PAGES = {
  'Lambda, arm64': 'https://aws.amazon.com/lambda/pricing/',
  'API Gateway': 'https://aws.amazon.com/api-gateway/pricing/',
  'DynamoDB on demand': 'https://aws.amazon.com/dynamodb/pricing/on-demand/',
  KMS: 'https://aws.amazon.com/kms/pricing/',
  EventBridge: 'https://aws.amazon.com/eventbridge/pricing/',
  CloudWatch: 'https://aws.amazon.com/cloudwatch/pricing/',
  'X-Ray': 'https://aws.amazon.com/xray/pricing/',
  'Amazon VPC': 'https://aws.amazon.com/vpc/pricing/',
  PrivateLink: 'https://aws.amazon.com/privatelink/pricing/',
  'Data transfer': 'https://aws.amazon.com/ec2/pricing/on-demand/#Data_Transfer',
} as const;

/** What so many of a thing cost. */
export interface Price {
  /** US dollars. */
  readonly usd: number;
  /** For so many. */
  readonly per: number;
  /** The things, as the table of prices names them. */
  readonly things: string;
  readonly service: keyof typeof PAGES;
}

/** When the prices were looked up. */
export const PRICES_KNOWN = 'November 2026';

/** The region that they are of. */
export const PRICES_REGION = 'us-east-1';

/** Hours of a month, by which AWS turns a monthly price into an hourly one. */
export const HOURS = 730;

/** AWS's public list prices, of the first tier, without what is free. */
export const PRICES = {
  lambdaRequests: dollars(0.2, 1_000_000, 'invocations', 'Lambda, arm64'),
  gbSeconds: dollars(0.0000133334, 1, 'GB-seconds', 'Lambda, arm64'),
  apiRequests: dollars(1, 1_000_000, 'requests to an HTTP API', 'API Gateway'),
  writeUnits: dollars(0.625, 1_000_000, 'write units', 'DynamoDB on demand'),
  readUnits: dollars(0.125, 1_000_000, 'read units', 'DynamoDB on demand'),
  keys: dollars(1, 1, 'keys, or rotations of a key up to its second', 'KMS'),
  kmsRequests: dollars(0.03, 10_000, 'requests', 'KMS'),
  schedulerInvocations: dollars(1, 1_000_000, 'invocations by the Scheduler', 'EventBridge'),
  events: dollars(1, 1_000_000, 'events', 'EventBridge'),
  logGb: dollars(0.5, 1, 'GB of logs', 'CloudWatch'),
  logGbMonths: dollars(0.03, 1, 'GB of logs kept for a month', 'CloudWatch'),
  metricHours: dollars(0.3, HOURS, 'hours in which a metric gets data', 'CloudWatch'),
  alarmMetrics: dollars(0.1, 1, 'metrics of alarms', 'CloudWatch'),
  dashboards: dollars(3, 1, 'dashboards', 'CloudWatch'),
  traces: dollars(5, 1_000_000, 'traces', 'X-Ray'),
  natHours: dollars(0.045, 1, 'hours of a NAT gateway', 'Amazon VPC'),
  natGb: dollars(0.045, 1, 'GB through a NAT gateway, both ways', 'Amazon VPC'),
  addressHours: dollars(0.005, 1, 'hours of a public IPv4 address', 'Amazon VPC'),
  endpointHours: dollars(0.01, 1, 'hours of an endpoint in a zone', 'PrivateLink'),
  endpointGb: dollars(0.01, 1, 'GB through an endpoint', 'PrivateLink'),
  transferGb: dollars(0.09, 1, 'GB to the internet', 'Data transfer'),
} satisfies Readonly<Record<string, Price>>;

/** The address of the page that has the price. */
export function pageOf({ service }: Price): string {
  return PAGES[service];
}

function dollars(usd: number, per: number, things: string, service: Price['service']): Price {
  return { usd, per, things, service };
}
