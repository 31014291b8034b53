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

  override async send(command: Command): Promise<Record<string, unknown>> {
    const answer = await super.send(command);
    return { ...answer, CiphertextBlob: Buffer.from(String(answer['CiphertextBlob']), 'base64') };
  }
}

export class EncryptCommand implements Command {
  readonly target = 'TrentService.Encrypt';
  readonly input: object;

  constructor(input: object) {
    this.input = input;
  }
}
