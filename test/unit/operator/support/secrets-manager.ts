import { bodyOf, serve } from './http-server.ts';

/** A secret as Secrets Manager keeps it. */
export interface FakeSecret {
  value: string;
  /** Days until it is gone, once it was deleted. */
  deletedIn?: number;
}

/** Secrets Manager over its own protocol (AWS JSON 1.1), with the refusals that the real one makes. */
export interface FakeSecretsManager {
  readonly endpoint: string;
  readonly secrets: Map<string, FakeSecret>;
  /** The operations that were called, in their order. */
  readonly operations: string[];
  /** Answers every request with this error instead. */
  error?: { readonly code: string; readonly message: string };
}

type Input = Readonly<Record<string, string | number | undefined>>;
type Outcome = object | string;

export async function fakeSecretsManager(): Promise<FakeSecretsManager> {
  const { port } = await serve((request, response) => {
    void bodyOf(request).then((body) => {
      const operation = String(request.headers['x-amz-target']).replace('secretsmanager.', '');
      fake.operations.push(operation);
      // The SDK made this body; its members are texts and numbers.
      const outcome = perform(fake, operation, JSON.parse(body) as Input);
      const failed = fake.error ? fake.error.code : outcome;
      response.statusCode = typeof failed === 'string' ? 400 : 200;
      response.setHeader('content-type', 'application/x-amz-json-1.1');
      response.end(
        JSON.stringify(
          typeof failed === 'string'
            ? { __type: failed, message: fake.error?.message ?? `refused: ${body}` }
            : failed,
        ),
      );
    });
  });
  const fake: FakeSecretsManager = {
    endpoint: `http://127.0.0.1:${port}`,
    secrets: new Map(),
    operations: [],
  };
  return fake;
}

const INVALID = 'InvalidRequestException';

/** The answer, or the name of the error. */
function perform({ secrets }: FakeSecretsManager, operation: string, input: Input): Outcome {
  const id = String(input['Name'] ?? input['SecretId']);
  const secret = secrets.get(id);
  const value = String(input['SecretString']);
  if (operation === 'CreateSecret') {
    if (secret) return secret.deletedIn === undefined ? 'ResourceExistsException' : INVALID;
    secrets.set(id, { value });
    return { Name: id };
  }
  if (!secret) return 'ResourceNotFoundException';
  switch (operation) {
    case 'PutSecretValue':
      if (secret.deletedIn !== undefined) return INVALID;
      secret.value = value;
      return { Name: id };
    case 'RestoreSecret':
      delete secret.deletedIn;
      return { Name: id };
    case 'DeleteSecret':
      if (secret.deletedIn !== undefined) return INVALID;
      secret.deletedIn = Number(input['RecoveryWindowInDays']);
      return { Name: id };
    case 'DescribeSecret':
      return { Name: id, ...(secret.deletedIn !== undefined && { DeletedDate: 1_900_000_000 }) };
    case 'GetSecretValue':
      return secret.deletedIn === undefined ? { Name: id, SecretString: secret.value } : INVALID;
    default:
      return 'UnknownOperationException';
  }
}
