import type { ServerResponse } from 'node:http';
import { bodyOf, serve } from './http-server.ts';

/** A secret as Secrets Manager keeps it. */
interface FakeSecret {
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

/** Starts one without secrets, until the test ends. */
export async function fakeSecretsManager(): Promise<FakeSecretsManager> {
  const { port } = await serve((request, response) => {
    void bodyOf(request).then((body) => {
      const operation = String(request.headers['x-amz-target']).replace('secretsmanager.', '');
      fake.operations.push(operation);
      answer(fake, operation, body, response);
    });
  });
  const fake: FakeSecretsManager = {
    endpoint: `http://127.0.0.1:${port}`,
    secrets: new Map(),
    operations: [],
  };
  return fake;
}

function answer(
  fake: FakeSecretsManager,
  operation: string,
  body: string,
  response: ServerResponse,
): void {
  // The SDK made this body; its members are texts and numbers.
  const outcome = perform(fake, operation, JSON.parse(body) as Input);
  const result = fake.error ? fake.error.code : outcome;
  const isError = typeof result === 'string';
  const message = fake.error?.message ?? `refused: ${body}`;
  response.statusCode = isError ? 400 : 200;
  response.setHeader('content-type', 'application/x-amz-json-1.1');
  response.end(JSON.stringify(isError ? { __type: result, message } : result));
}

const INVALID = 'InvalidRequestException';

/** The answer, or the name of the error. */
function perform({ secrets }: FakeSecretsManager, operation: string, input: Input): Outcome {
  const id = String(input['Name'] ?? input['SecretId']);
  const secret = secrets.get(id);
  if (operation === 'CreateSecret') {
    if (secret) return secret.deletedIn === undefined ? 'ResourceExistsException' : INVALID;
    secrets.set(id, { value: String(input['SecretString']) });
    return { Name: id };
  }
  if (!secret) return 'ResourceNotFoundException';
  return OPERATIONS[operation]?.(id, secret, input) ?? 'UnknownOperationException';
}

/** What is done with a secret that exists. */
const OPERATIONS: Readonly<
  Record<string, (id: string, secret: FakeSecret, input: Input) => Outcome>
> = {
  PutSecretValue: (Name, secret, input) => {
    if (secret.deletedIn !== undefined) return INVALID;
    secret.value = String(input['SecretString']);
    return { Name };
  },
  RestoreSecret: (Name, secret) => {
    delete secret.deletedIn;
    return { Name };
  },
  DeleteSecret: (Name, secret, input) => {
    if (secret.deletedIn !== undefined) return INVALID;
    secret.deletedIn = Number(input['RecoveryWindowInDays']);
    return { Name };
  },
  DescribeSecret: (Name, { deletedIn }) => ({
    Name,
    ...(deletedIn !== undefined && { DeletedDate: 1_900_000_000 }),
  }),
  GetSecretValue: (Name, { deletedIn, value }) =>
    deletedIn === undefined ? { Name, SecretString: value } : INVALID,
};
