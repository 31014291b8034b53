import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { IAMClient } from '@aws-sdk/client-iam';
import { InvalidCiphertextException } from '@aws-sdk/client-kms';
import { SQSClient } from '@aws-sdk/client-sqs';
import { wellFormed } from '../../functions/pim/malformed.ts';
import { isLoopback } from '../../functions/pim/pim-url.ts';
import { formatScope } from '../../functions/pim/scopes.ts';
import { simulatedToken } from '../../functions/simulated-pim.ts';
import { CONNECTIONS, connectionKey } from '../../functions/tables/connections.ts';
import { readRow } from '../../functions/tables/row.ts';
import { send } from '../send.ts';
import type { Session } from '../session.ts';
import { connectionOf, type ListedPim, SCOPES, SmokeUser } from './activation.ts';
import { eventsArrived, healthChecked, healthFunction, metricsArrived } from './arrivals.ts';
import { refusedRights } from './rights.ts';
import { type Subject, unproved } from './subject.ts';

/** One thing that is to be proved. */
export interface Proof {
  readonly name: string;
  /** Why this deployment cannot prove it. */
  readonly notHere?: string | undefined;
  /** @returns what was seen. @throws {Error} when it does not hold. */
  readonly prove: () => Promise<string>;
}

/** Everything that is to be proved, in this order: all need the first, and the last two tell of what the others did. */
export function proofsOf(subject: Subject): readonly [Proof, ...Proof[]] {
  const user = new SmokeUser(subject.listed, subject.session);
  const startedAt = subject.session.now();
  const onEmulator = (why: string) => (isEmulated(subject) ? why : undefined);
  return [
    { name: 'Activation', prove: () => connects(user) },
    { name: 'Refusals', prove: () => refusesOthers(user, subject) },
    { name: 'Opening again', prove: () => opensAgain(user, subject) },
    { name: 'Token', prove: () => decrypts(subject) },
    { name: 'Health check', notHere: withoutHealth(subject), prove: () => checks(subject) },
    { name: 'Events', prove: () => tells(subject) },
    { name: 'Rights', notHere: onEmulator(NO_RIGHTS), prove: () => refusesFunctions(subject) },
    { name: 'Metrics', notHere: onEmulator(NO_METRICS), prove: () => counts(subject, startedAt) },
  ];
}

/** Whether the stack is on this machine: nothing of AWS is. */
function isEmulated({ session }: Subject): boolean {
  return isLoopback(new URL(session.stack.activateUrl).hostname);
}

function withoutHealth({ resources }: Subject): string | undefined {
  return healthFunction(resources) ? undefined : 'the health check is switched off in this stage';
}

const NO_RIGHTS =
  'an emulator checks no rights: no condition on attributes or on an encryption context, and no right to publish, stood in the way of the lines above';
const NO_METRICS = 'an emulator makes no metrics of log lines';

async function connects(user: SmokeUser): Promise<string> {
  await user.finish(await user.untilCallback(), 'connection_shown');
  return 'a user connects the simulated PIM, from “Connect” to the page that says so';
}

/** Only the browser of a flow finishes it, once, and at the PIM's own callback URL. */
async function refusesOthers(user: SmokeUser, { listed, session }: Subject): Promise<string> {
  const callback = await user.untilCallback();
  await new SmokeUser(listed, session).expect('browser_cookie_missing', callback);
  const stranger = new SmokeUser(listed, session);
  await stranger.untilCallback();
  await stranger.expect('browser_mismatch', callback);
  const plain = new URL(session.stack.callbackUrl);
  plain.search = callback.search;
  await user.expect('callback_url_mismatch', plain);
  await user.finish(callback, 'opened_again');
  await user.expect('shown_before', callback);
  return 'other browsers, another callback URL and a replayed callback get nothing';
}

async function opensAgain(user: SmokeUser, { session, listed }: Subject): Promise<string> {
  const before = await connectionOf(listed, session);
  await user.finish(await user.untilCallback(), 'opened_again');
  const after = await connectionOf(listed, session);
  if (after.lastOpenedAt <= before.lastOpenedAt)
    throw unproved('the connection was not opened later');
  if (after.tokenFingerprint !== before.tokenFingerprint) throw unproved('it has another token');
  return 'the same connection is opened later, with the token that it had';
}

/** The token in the table is the PIM's, and bound to its connection. */
async function decrypts({ session, listed }: Subject): Promise<string> {
  const encrypted = await encryptedToken(listed, session);
  const token = (await session.decrypter.decrypt(encrypted, listed)).reveal();
  if (token !== simulatedToken(listed.clientId, formatScope(SCOPES)))
    throw unproved('what decrypts is not the token that the PIM has issued');
  if (await decryptsFor({ ...listed, clientId: 'another' }, encrypted, session))
    throw unproved('the token decrypts for another connection, too');
  const headers = { authorization: `Bearer ${token}` };
  const sent = await send(listed.pim.at('/api/rest/v1/system-information'), { headers });
  if (sent.kind === 'failed') throw unproved(`the PIM ${sent.reason}`);
  if (sent.answer.status !== 200) throw unproved(`the PIM answers it with ${sent.answer.status}`);
  return 'the PIM takes what decrypts, and it decrypts for its own connection alone';
}

async function encryptedToken(listed: ListedPim, { clients, stack }: Session): Promise<Uint8Array> {
  const command = new GetItemCommand({
    TableName: stack.connectionsTable,
    Key: connectionKey(listed),
    ProjectionExpression: 'encryptedToken',
    ConsistentRead: true,
  });
  const { Item = {} } = await clients.dynamoDb.send(command);
  return wellFormed(readRow(CONNECTIONS, Item, ['encryptedToken'])).encryptedToken;
}

async function decryptsFor(
  key: ListedPim,
  encrypted: Uint8Array,
  { decrypter }: Session,
): Promise<boolean> {
  try {
    await decrypter.decrypt(encrypted, key);
    return true;
  } catch (error) {
    if (error instanceof InvalidCiphertextException) return false;
    throw error;
  }
}

async function checks(subject: Subject): Promise<string> {
  await healthChecked(subject);
  return 'it decrypts the token, tries it at the PIM, and records that it works';
}

async function tells(subject: Subject): Promise<string> {
  await eventsArrived(subject, new SQSClient(subject.session.clientConfig));
  return 'App Connected and App Opened went from the table through the bus into a queue';
}

async function refusesFunctions(subject: Subject): Promise<string> {
  const refused = await refusedRights(subject, new IAMClient(subject.session.clientConfig));
  return `IAM refuses the functions’ roles ${refused} requests that they must not make, and allows others like them`;
}

async function counts(subject: Subject, startedAt: number): Promise<string> {
  await metricsArrived(subject, startedAt, new CloudWatchClient(subject.session.clientConfig));
  return 'CloudWatch has made metrics of the lines of each function';
}
