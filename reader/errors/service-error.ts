import { DynamoDBServiceException } from '@aws-sdk/client-dynamodb';
import { KMSServiceException } from '@aws-sdk/client-kms';
import { ConnectionError, type ConnectionErrorContext } from './connection-error.ts';

/** What was asked of AWS, as IAM names it, and what gives the right to it. */
export interface ServiceCall {
  /** Such as `dynamodb:GetItem`. */
  readonly action: string;
  /** Such as `grantRead`. */
  readonly grant: string;
}

/** Says what a failed call to AWS means for the caller. */
export function serviceError(
  { action, grant }: ServiceCall,
  error: unknown,
  context: ConnectionErrorContext = {},
): ConnectionError {
  const all = { ...context, cause: presentableCause(error) };
  if (nameOf(error) === 'AccessDeniedException') {
    const next = `Call activation.${grant} for this function in the CDK app.`;
    return new ConnectionError('access_denied', `The role lacks ${action}. ${next}`, all);
  }
  const next = 'Try again; if it stays, check the region, the table name and the network.';
  const message = `${action} failed (${nameOf(error)}). ${next}`;
  return new ConnectionError('store_unavailable', message, all);
}

/**
 * An error of AWS as it is; of anything else only the name. When an answer of KMS cannot be parsed, the error quotes
 * its beginning and carries it whole in a hidden `$response`, and the token is in there.
 */
export function presentableCause(error: unknown): Error {
  const isOfAws = error instanceof DynamoDBServiceException || error instanceof KMSServiceException;
  return isOfAws ? error : new Error(nameOf(error));
}

/** The name of an error, such as `TimeoutError`; never its message. */
export function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
