import {
  type AttributeValue,
  type DynamoDBClient,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { ifConditionHolds } from '../store/condition.ts';
import { item, number, optionalText, text, time } from '../store/item.ts';
import { IS_NOT_VISITED, sweepTimes } from './not-visited.ts';
import type { Finding, FindingRecorder } from './ports.ts';

/**
 * All that recording a finding touches. The role of the sweep may write these and no other, above all not
 * `encryptedToken`.
 */
export const RECORDED_ATTRIBUTES = [
  'pim',
  'clientId',
  'status',
  'statusAt',
  'tokenFingerprint',
  'health',
  'checkedAt',
  'consecutiveInvalid',
] as const;

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
    const { pim, clientId } = finding.connection;
    const command = new UpdateItemCommand({
      TableName: this.#table,
      Key: { pim: text(pim.toString()), clientId: text(clientId) },
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
function valuesOf(finding: Finding): Record<string, AttributeValue> {
  const { connection, health, prognosis, checkedAt, sweepStartedAt } = finding;
  const { consecutiveInvalid: before, tokenFingerprint } = connection;
  const { consecutiveInvalid, mark } = prognosis;
  return item({
    ':fingerprint': text(tokenFingerprint),
    ':connected': text('connected'),
    ...sweepTimes(sweepStartedAt),
    ':before': before > 0 ? number(before) : undefined,
    ':health': text(health),
    ':checkedAt': time(checkedAt),
    ':sightings': consecutiveInvalid > 0 ? number(consecutiveInvalid) : undefined,
    ':mark': optionalText(mark),
  });
}
