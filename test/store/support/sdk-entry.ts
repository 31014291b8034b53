/** What the functions use of the SDK, to be bundled as they are and tested from outside. */
export {
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  paginateScan,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
export { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
export {
  DecryptCommand,
  EncryptCommand,
  InvalidCiphertextException,
  KMSClient,
} from '@aws-sdk/client-kms';
export { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
