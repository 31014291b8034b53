import { failure, type OperatorError } from '../operator-error.ts';
import { type ErrorLike, type Explanation, errorLike } from './error-like.ts';
import { NO_ANSWER } from './no-answer.ts';

const SIGN_IN =
  'Sign in as for the AWS CLI (`aws sso login --profile <name>`, or `aws configure`), then give --profile <name> or set AWS_PROFILE.';

/**
 * Turns an error of the AWS SDK into what an operator can do about it. What AWS wrote in its message is never shown,
 * because a message may quote the request, and some of our requests hold a secret; its name and request id are.
 *
 * @returns `undefined` for an error that does not come from AWS.
 */
export function explainAwsError(error: unknown): OperatorError | undefined {
  const like = errorLike(error);
  if (!like) return undefined;
  for (const explain of EXPLANATIONS) {
    const explained = explain(like);
    if (explained) return explained;
  }
  return undefined;
}

const EXPLANATIONS: readonly Explanation[] = [
  ...NO_ANSWER,
  (error) =>
    error.name === 'CredentialsProviderError' && /sso/i.test(error.message)
      ? failure(
          'The AWS sign-in (SSO) has expired or was never made.',
          'Sign in again: `aws sso login --profile <name>`, with the profile that you use here.',
        )
      : undefined,
  (error) =>
    error.name === 'CredentialsProviderError'
      ? failure('No AWS credentials were found.', `${SIGN_IN} A misspelt profile looks the same.`)
      : undefined,
  (error) =>
    /^(ExpiredToken|ExpiredTokenException|RequestExpired|TokenRefreshRequired)$/.test(error.name)
      ? failure('The AWS credentials have expired.', SIGN_IN)
      : undefined,
  (error) =>
    /^(UnrecognizedClientException|InvalidClientTokenId|SignatureDoesNotMatch|InvalidSignatureException|IncompleteSignature)$/.test(
      error.name,
    )
      ? failure('AWS does not accept these credentials.', SIGN_IN)
      : undefined,
  (error) => (/^AccessDenied(Exception)?$/.test(error.name) ? accessDenied(error) : undefined),
  (error) =>
    error.name === 'ResourceNotFoundException'
      ? failure(
          'A table or secret of the stack does not exist.',
          'It was removed by hand, or the stack is being deployed: deploy it again with `npx cdk deploy`.',
        )
      : undefined,
  (error) =>
    /Throttl|TooManyRequests|LimitExceeded|ProvisionedThroughputExceeded/.test(error.name)
      ? failure('AWS is throttling these calls.', 'Wait a minute, then run the command again.')
      : undefined,
  (error) =>
    error.isAnswer
      ? failure(
          `AWS refused the request: ${error.name}.`,
          `Look for it in CloudTrail${error.requestId ? `, by request id ${error.requestId}` : ''}.`,
        )
      : undefined,
];

/** AWS names the missing action in its message; the action alone is shown. */
function accessDenied({ message }: ErrorLike): OperatorError {
  const action = /not authorized to perform: ([A-Za-z0-9-]+:[A-Za-z0-9]+)/.exec(message)?.[1];
  return failure(
    `These AWS credentials may not do this${action ? `: ${action} is missing` : ''}.`,
    'Use a profile with more rights (--profile), or have the right added.',
  );
}
