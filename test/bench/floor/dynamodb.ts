/** Stands for `@aws-sdk/client-dynamodb` when the floor is built: what our stores use of it. */
import { type Command, HandSigningClient } from './client.ts';

export class ConditionalCheckFailedException extends Error {
  override readonly name = 'ConditionalCheckFailedException';
}

export class DynamoDBClient extends HandSigningClient {
  constructor() {
    super({
      name: 'dynamodb',
      variable: 'DYNAMODB',
      contentType: 'application/x-amz-json-1.0',
      error: (name) =>
        name === 'ConditionalCheckFailedException'
          ? new ConditionalCheckFailedException()
          : new Error(name),
    });
  }
}

abstract class DynamoDbCommand implements Command {
  readonly target: string;
  readonly input: object;

  constructor(operation: string, input: object) {
    this.target = `DynamoDB_20120810.${operation}`;
    this.input = input;
  }
}

export class BatchGetItemCommand extends DynamoDbCommand {
  constructor(input: object) {
    super('BatchGetItem', input);
  }
}

export class DeleteItemCommand extends DynamoDbCommand {
  constructor(input: object) {
    super('DeleteItem', input);
  }
}

export class GetItemCommand extends DynamoDbCommand {
  constructor(input: object) {
    super('GetItem', input);
  }
}

export class PutItemCommand extends DynamoDbCommand {
  constructor(input: object) {
    super('PutItem', input);
  }
}

export class UpdateItemCommand extends DynamoDbCommand {
  constructor(input: object) {
    super('UpdateItem', input);
  }
}
