import { DynamoDBClient, DynamoDBServiceException } from '@aws-sdk/client-dynamodb';

/** A client whose commands are recorded, and refused on demand. */
export interface RecordingClient {
  readonly client: DynamoDBClient;
  /** The commands so far, such as `GetItemCommand`, with their input. */
  readonly commands: readonly RecordedCommand[];
  /** How often a command was sent. */
  count(name: string): number;
  /** From now on, a role that lacks the right to this command. */
  deny(name: string): void;
  /** The role has the right again. */
  allow(name: string): void;
}

/** A command that was sent. */
export interface RecordedCommand {
  readonly name: string;
  readonly input: unknown;
}

/** A client of its own to the same DynamoDB as `template`. */
export function recordingClient(template: DynamoDBClient): RecordingClient {
  const { endpoint, region, credentials } = template.config;
  const client = new DynamoDBClient({
    region,
    credentials,
    maxAttempts: 1,
    ...(endpoint && { endpoint }),
  });
  const commands: RecordedCommand[] = [];
  const denied = new Set<string>();
  client.middlewareStack.add(
    (next, context) => (args) => {
      const name = String(context['commandName']);
      commands.push({ name, input: args.input });
      if (denied.has(name)) throw accessDenied();
      return next(args);
    },
    { step: 'initialize' },
  );
  const count = (name: string) => commands.filter((command) => command.name === name).length;
  const deny = (name: string) => denied.add(name);
  const allow = (name: string) => denied.delete(name);
  return { client, commands, count, deny, allow };
}

/** What DynamoDB answers to a role that lacks the right; the embedded one knows no roles. */
function accessDenied(): DynamoDBServiceException {
  const name = 'AccessDeniedException';
  return new DynamoDBServiceException({ name, $fault: 'client', message: 'no', $metadata: {} });
}
