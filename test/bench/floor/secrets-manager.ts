/** Stands for `@aws-sdk/client-secrets-manager` when the floor is built. */
import { type Command, HandSigningClient } from './client.ts';

export class ResourceNotFoundException extends Error {
  override readonly name = 'ResourceNotFoundException';
}

/** A secret that is being deleted. */
export class InvalidRequestException extends Error {
  override readonly name = 'InvalidRequestException';
}

export class SecretsManagerClient extends HandSigningClient {
  constructor() {
    super({
      name: 'secretsmanager',
      variable: 'SECRETS_MANAGER',
      contentType: 'application/x-amz-json-1.1',
      error: (name) => {
        if (name === 'ResourceNotFoundException') return new ResourceNotFoundException();
        if (name === 'InvalidRequestException') return new InvalidRequestException();
        return new Error(name);
      },
    });
  }
}

export class GetSecretValueCommand implements Command {
  readonly target = 'secretsmanager.GetSecretValue';
  readonly input: object;

  constructor(input: object) {
    this.input = input;
  }
}
