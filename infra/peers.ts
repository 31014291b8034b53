import { createRequire } from 'node:module';

/** What a CDK app has anyway; the reader alone does without. */
const PEERS = ['aws-cdk-lib', 'constructs'];

const { resolve } = createRequire(import.meta.url);

/** The CDK is not installed. */
class MissingCdkError extends Error {
  override readonly name = 'MissingCdkError';
}

const missing = PEERS.filter((name) => !isInstalled(name));
if (missing.length > 0)
  throw new MissingCdkError(`The CDK is missing. Install it: npm install ${missing.join(' ')}`);

function isInstalled(name: string): boolean {
  try {
    resolve(name);
    return true;
  } catch {
    return false;
  }
}
