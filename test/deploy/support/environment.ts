/** Whatever an emulator has of these is made up; the SDK refuses to sign without some. */
export const CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test' };

/** Where the emulator is asked to deploy to. */
export const REGION = 'us-east-1';

/** The emulator’s one account. */
export const ACCOUNT = '000000000000';

/** What somebody who runs the tests may have set for a real account, or for a real PIM. */
const FOREIGN = /^(AWS|CDK|AKENEO)_/;

/**
 * The environment of this process, made safe: nothing of it leads to a real AWS account, neither a
 * profile nor a key, and every service is the emulator's.
 */
export function emulatorEnvironment(endpoint: string): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !FOREIGN.test(name));
  return {
    ...Object.fromEntries(own),
    AWS_ENDPOINT_URL: endpoint,
    AWS_ENDPOINT_URL_S3: endpoint,
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    CDK_DISABLE_CLI_TELEMETRY: '1',
    NO_COLOR: '1',
  };
}
