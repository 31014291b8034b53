/** Stands for `@aws-sdk/client-kms` when the floor is built. */
import { type Command, HandSigningClient } from './client.ts';

export class KMSClient extends HandSigningClient {
  constructor() {
    super({
      name: 'kms',
      variable: 'KMS',
      contentType: 'application/x-amz-json-1.1',
      error: (name) => new Error(name),
    });
  }
}

export class EncryptCommand implements Command {
  readonly target = 'TrentService.Encrypt';
  readonly input: object;

  constructor(input: object) {
    this.input = input;
  }
}

export class DecryptCommand implements Command {
  readonly target = 'TrentService.Decrypt';
  readonly input: object;

  constructor(input: object) {
    this.input = input;
  }
}

export class InvalidCiphertextException extends Error {}

export class IncorrectKeyException extends Error {}
