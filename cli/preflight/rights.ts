/** What each check asks AWS with. Each of these rights reads; none changes anything or reads a secret. */
export const RIGHTS = {
  stack: 'cloudformation:DescribeStacks',
  template: 'cloudformation:GetTemplate',
  bootstrap: 'ssm:GetParameter',
  aliases: 'kms:ListAliases',
  parameters: 'ssm:GetParametersByPath',
  alarms: 'cloudwatch:DescribeAlarms',
  dashboard: 'cloudwatch:GetDashboard',
  tables: 'dynamodb:ListTables',
  concurrency: 'lambda:GetAccountSettings',
  logDelivery: 'logs:DescribeResourcePolicies',
  certificate: 'acm:DescribeCertificate',
  domainName: 'apigateway:GET',
  hostedZone: 'route53:GetHostedZone',
  record: 'route53:ListResourceRecordSets',
} as const;
