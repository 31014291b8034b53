import { failure, type OperatorError } from '../operator-error.ts';
import { type ErrorLike, errorLike } from './error-like.ts';
import { explainNoAnswer } from './no-answer.ts';

/**
 * Turns an error of the AWS SDK into what an operator can do about it. What AWS wrote in its message is never shown,
 * because a message may quote the request, and some of our requests hold a secret; its name and request id are.
 *
 * @returns `undefined` for an error that does not come from AWS.
 */
export function explainAwsError(error: unknown): OperatorError | undefined {
  const like = errorLike(error);
  if (!like) return undefined;
  return (
    explainNoAnswer(like) ??
    expiredSignIn(like) ??
    accessDenied(like) ??
    knownByName(like) ??
    otherRefusal(like)
  );
}

const SIGN_IN =
  'Sign in as for the AWS CLI (`aws sso login --profile <name>`, or `aws configure`), then give --profile <name> or set AWS_PROFILE.';

/** Errors that are known by their name alone. */
const KNOWN: readonly {
  readonly names: RegExp;
  readonly message: string;
  readonly next: string;
}[] = [
  {
    names: /^CredentialsProviderError$/,
    message: 'No AWS credentials were found.',
    next: `${SIGN_IN} A misspelt profile looks the same.`,
  },
  {
    names: /^(ExpiredToken|ExpiredTokenException|RequestExpired|TokenRefreshRequired)$/,
    message: 'The AWS credentials have expired.',
    next: SIGN_IN,
  },
  {
    names:
      /^(UnrecognizedClientException|InvalidClientTokenId|SignatureDoesNotMatch|InvalidSignatureException|IncompleteSignature)$/,
    message: 'AWS does not accept these credentials.',
    next: SIGN_IN,
  },
  {
    names: /^ResourceNotFoundException$/,
    message: 'A table or secret of the stack does not exist.',
    next: 'It was removed by hand, or the stack is being deployed: deploy it again with `npx cdk deploy`.',
  },
  {
    names: /Throttl|TooManyRequests|LimitExceeded|ProvisionedThroughputExceeded/,
    message: 'AWS is throttling these calls.',
    next: 'Wait a minute, then run the command again.',
  },
];

function knownByName({ name }: ErrorLike): OperatorError | undefined {
  const known = KNOWN.find(({ names }) => names.test(name));
  return known && failure(known.message, known.next);
}

/** Only the message tells an SSO session from other credentials. */
function expiredSignIn({ name, message }: ErrorLike): OperatorError | undefined {
  if (name !== 'CredentialsProviderError' || !/sso/i.test(message)) return undefined;
  return failure(
    'The AWS sign-in (SSO) has expired or was never made.',
    'Sign in again: `aws sso login --profile <name>`, with the profile that you use here.',
  );
}

/** AWS names the missing action in its message; the action alone is shown. */
function accessDenied({ name, message }: ErrorLike): OperatorError | undefined {
  if (!/^AccessDenied(Exception)?$/.test(name)) return undefined;
  const action = /not authorized to perform: ([A-Za-z0-9-]+:[A-Za-z0-9]+)/.exec(message)?.[1];
  return failure(
    `These AWS credentials may not do this${action ? `: ${action} is missing` : ''}.`,
    'Use a profile with more rights (--profile), or have the right added.',
  );
}

function otherRefusal({ name, isAnswer, requestId }: ErrorLike): OperatorError | undefined {
  if (!isAnswer) return undefined;
  return failure(
    `AWS refused the request: ${name}.`,
    `Look for it in CloudTrail${requestId ? `, by request id ${requestId}` : ''}.`,
  );
}
