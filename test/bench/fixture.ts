import { createHash } from 'node:crypto';

/** What every variant is asked, and what the services answer it with. */

/** As the PIM issues them: 86 letters and digits. */
export const CODE = 'c0de'.repeat(22).slice(0, 86);
export const TOKEN = 't0ken'.repeat(18).slice(0, 86);
export const SECRET = 's3cret'.repeat(15).slice(0, 86);
export const CLIENT_ID = '11111111-2222-4333-8444-555555555555';
export const SCOPES = 'read_catalog_structure read_categories write_assets write_products';

/** The `state` of a user who went through the wizard, and of one whom the PIM sent straight back. */
export const STATES = { connect: 'c'.repeat(43), openAgain: 'o'.repeat(43) } as const;

/** The value of the browser's cookie. */
export const BROWSER_KEY = 'b'.repeat(43);

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

/** The variables that the stack sets, by the names that our functions read. */
export const STACK_ENVIRONMENT = {
  STACK_NAME: 'Bench',
  PIMS_TABLE: 'Pims',
  FLOWS_TABLE: 'Flows',
  CONNECTIONS_TABLE: 'Connections',
  CLIENTS_TABLE: 'Clients',
  CLIENT_SECRET_KEY_ID:
    'arn:aws:kms:eu-west-1:111122223333:key/99999999-8888-4777-8666-555555555555',
  TOKEN_KEY_ID: 'arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-4333-8444-555555555555',
  DANGEROUSLY_ALLOW_HTTP_PIM_ON_LOOPBACK: 'true',
} as const;

/** Lambda's own variables, with every AWS service at one address. */
export function lambdaEnvironment(services: string): Record<string, string> {
  return {
    ...STACK_ENVIRONMENT,
    // Without it, the SDK would find a developer's own ~/.aws/config by the user's name.
    HOME: '/nonexistent',
    AWS_REGION: 'eu-west-1',
    AWS_DEFAULT_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
    AWS_SESSION_TOKEN: 'session-token'.repeat(30),
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_NAME: 'bench',
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '1024',
    AWS_LAMBDA_LOG_GROUP_NAME: 'bench',
    AWS_LAMBDA_LOG_STREAM_NAME: 'bench',
    AWS_ENDPOINT_URL_DYNAMODB: services,
    AWS_ENDPOINT_URL_KMS: services,
    BENCH_PIM: services,
  };
}
