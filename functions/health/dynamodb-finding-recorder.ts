import { type DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { ifConditionHolds } from '../store/conditional-write.ts';
import { connectionKey } from '../tables/connections.ts';
import { type Item, number, text, time } from '../tables/row.ts';
import { IS_NOT_VISITED, sweepTimes } from './not-visited.ts';
import type { Finding, FindingRecorder } from './ports.ts';

/** The token that was tried is still the connection's, and nobody has ended the connection. */
const IS_THE_SAME = 'tokenFingerprint = :fingerprint AND #status = :connected';
/** Opening the App resets the count, also when the PIM hands out the same token: it is alive, then. */
const HAS_NO_SIGHTING = 'attribute_not_exists(consecutiveInvalid)';
const HAS_THESE_SIGHTINGS = 'consecutiveInvalid = :before';

/** Writes findings to the Connections table, each by one conditional update. */
export class DynamoDbFindingRecorder implements FindingRecorder {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async record(finding: Finding): Promise<boolean> {
    const command = new UpdateItemCommand({
      TableName: this.#table,
      Key: connectionKey(finding.connection),
      ConditionExpression: conditionOf(finding),
      UpdateExpression: updateOf(finding),
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: valuesOf(finding),
    });
    return (await ifConditionHolds(this.#client.send(command))) !== undefined;
  }
}

/** A second sweep that runs at the same time, or the same event delivered twice, adds no sighting. */
function conditionOf({ connection }: Finding): string {
  const sightings = connection.consecutiveInvalid === 0 ? HAS_NO_SIGHTING : HAS_THESE_SIGHTINGS;
  return [IS_THE_SAME, IS_NOT_VISITED, sightings].join(' AND ');
}

function updateOf({ prognosis: { consecutiveInvalid, mark } }: Finding): string {
  const set = [
    'health = :health',
    'checkedAt = :checkedAt',
    ...(consecutiveInvalid > 0 ? ['consecutiveInvalid = :sightings'] : []),
    ...(mark ? ['#status = :mark', 'statusAt = :checkedAt'] : []),
  ];
  return `SET ${set.join(', ')}${consecutiveInvalid === 0 ? ' REMOVE consecutiveInvalid' : ''}`;
}

/** Only the values that the expressions name: DynamoDB refuses an update with any other. */
function valuesOf(finding: Finding): Item {
  const { connection, health, prognosis, checkedAt, sweepStartedAt } = finding;
  const { consecutiveInvalid: before, tokenFingerprint } = connection;
  const { consecutiveInvalid, mark } = prognosis;
  return {
    ':fingerprint': text(tokenFingerprint),
    ':connected': text('connected'),
    ...sweepTimes(sweepStartedAt),
    ...(before > 0 && { ':before': number(before) }),
    ':health': text(health),
    ':checkedAt': time(checkedAt),
    ...(consecutiveInvalid > 0 && { ':sightings': number(consecutiveInvalid) }),
    ...(mark && { ':mark': text(mark) }),
  };
}
