import { createHash } from 'node:crypto';
import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import type { Clock } from '../functions/activation/ports.ts';
import type { Login } from '../functions/login/login.ts';
import { codePlace, type Place, unseal } from '../functions/login/seal.ts';
import { loginKey } from '../functions/tables/logins.ts';
import { seconds, text } from '../functions/tables/row.ts';
import { CONNECTION_ERRORS, ConnectionError, serviceError } from './errors.ts';

/** Where logins are redeemed. */
export interface RedeemDeps {
  readonly dynamoDb: DynamoDBClient;
  readonly tableName: string;
  readonly now: Clock;
}

/**
 * Takes a login out of the table, by one write. Its condition demands the App's verifier, so a code without it takes
 * nothing; and of any number of callers exactly one gets it.
 *
 * @throws {ConnectionError} `login_invalid` for a code that is unknown, used, too old or another verifier's.
 * @see {@link https://www.rfc-editor.org/rfc/rfc7636#section-4.6 RFC 7636, section 4.6}
 */
export async function redeemLogin(
  code: string,
  verifier: string,
  { dynamoDb, tableName, now }: RedeemDeps,
): Promise<Login> {
  if (!isText(code, CODE) || !isText(verifier, VERIFIER)) throw invalid();
  const place = codePlace(code);
  const command = new DeleteItemCommand({
    TableName: tableName,
    Key: loginKey(place.id),
    ConditionExpression: 'codeChallenge = :challenge AND expiresAt > :now',
    ExpressionAttributeValues: {
      ':challenge': text(challengeOf(verifier)),
      ':now': seconds(now()),
    },
    ReturnValues: 'ALL_OLD',
  });
  const sealed = (await sent(dynamoDb.send(command))).Attributes?.['sealed']?.B;
  if (!sealed) throw invalid();
  return unsealed(sealed, place);
}

/** As `/login` makes them. */
const CODE = /^[\w-]{43}$/;

/**
 * A session that has none must not be taken for one with an empty verifier, whose challenge anybody can send.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7636#section-4.1 RFC 7636, section 4.1}
 */
const VERIFIER = /^[\w.~-]{43,128}$/;

/** Both come from requests and sessions, in which anything can be. */
function isText(value: unknown, pattern: RegExp): boolean {
  return typeof value === 'string' && pattern.test(value);
}

/** The seal proves that the `/login` of the activation wrote it. */
function unsealed(sealed: Uint8Array, place: Place): Login {
  try {
    return unseal(sealed, place) as Login;
  } catch {
    throw invalid();
  }
}

async function sent<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) throw invalid();
    const action = { action: 'dynamodb:DeleteItem', grant: 'grantRedeemLogin' };
    throw serviceError(action, error);
  }
}

/** The method `S256`. */
function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url');
}

function invalid(): ConnectionError {
  const { meaning, next } = CONNECTION_ERRORS.login_invalid;
  return new ConnectionError('login_invalid', `${meaning} ${next}`);
}
