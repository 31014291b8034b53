import { DeleteItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';

import { parseScope } from '../../functions/pim/scopes.ts';
import type { ExchangeBudget } from '../../functions/pim/token-endpoint.ts';
import { REGISTRATION_CACHE_MS } from '../../functions/store/pim-directory.ts';
import { text } from '../../functions/tables/row.ts';
import { type LocalApp, startLocalApp } from '../../local/local-app.ts';
import { readStoredConnection } from '../../local/stored-connection.ts';
import type { SimulatedPim, SimulatedPimOptions } from '../../simulator/index.ts';
import { type BrowserSession, type Page, PimUser } from '../../simulator/user/index.ts';
import { marked } from './canary.ts';
import {
  type AppInPim,
  type ConnectionSeen,
  type JourneyWorld,
  type ListedPim,
  SCOPES,
} from './journeys/journey-world.ts';
import { expectNoLeak, type Seen } from './leaks.ts';
import { startMarkedPim } from './marked-pim.ts';
import { openForFile } from './open-for-file.ts';
import { RecordingSession } from './recording-session.ts';
import { textOf } from './row-text.ts';

export { type ListedPim, SCOPES };

/** Short enough for tests of a failing PIM, long enough for a busy machine. */
const BUDGET: ExchangeBudget = {
  totalMs: 2_500,
  attemptMs: 500,
  pausesMs: [10, 20, 40],
  longestRetryAfterMs: 3_000,
};

/** What a row of the allow-list says beside the App. */
interface Registration {
  readonly scopes?: string;
  readonly appUrl?: string;
  readonly loginUrl?: string;
  readonly redirectUrl?: string;
}

/** Everything of a flow, real and on loopback: browsers, PIMs, gateway, handlers, DynamoDB. */
export class FlowWorld implements JourneyWorld {
  readonly app: LocalApp;
  readonly logLines: string[];
  readonly #seen: Page[] = [];
  readonly #pims: SimulatedPim[] = [];
  readonly #clock: TestClock;

  constructor(app: LocalApp, logLines: string[], clock: TestClock) {
    this.app = app;
    this.logLines = logLines;
    this.#clock = clock;
  }

  /** Epoch milliseconds, as functions and PIMs see them. */
  now(): number {
    return this.#clock.now();
  }

  /** Lets time pass for functions and PIMs, in milliseconds. */
  advance(ms: number): void {
    this.#clock.offset += ms;
  }

  async startPim(
    registration: Registration = {},
    options: Pick<SimulatedPimOptions, 'acceptsAnyChallenge' | 'openIdKeyPair'> = {},
  ): Promise<ListedPim> {
    const { pim, tokensIssued } = await startMarkedPim({ now: this.#clock.now, ...options });
    this.#pims.push(pim);
    const { activateUrl } = this.app;
    const { clientId, clientSecret } = pim.registerApp({
      name: 'My App',
      activateUrl,
      callbackUrl: this.app.callbackUrlOf(pim.url),
    });
    await this.list({ pim, clientId }, clientSecret, registration);
    return { pim, clientId, tokensIssued };
  }

  /** Puts the PIM on the allow-list, or changes its row. */
  async list(
    { pim, clientId }: AppInPim,
    clientSecret: string,
    { scopes = SCOPES, ...urls }: Registration = {},
  ): Promise<void> {
    const registration = { pim: pim.url, clientId, clientSecret, scopes: parseScope(scopes) };
    await this.app.register({ ...registration, ...urls });
  }

  /** Writes a row of the allow-list past everything, without a client secret. */
  async putRow({ pim, clientId }: AppInPim): Promise<void> {
    const { client, address } = this.app.dynamoDb;
    const Item = { pim: text(pim.url), clientId: text(clientId), scopes: text(SCOPES) };
    await client.send(new PutItemCommand({ TableName: address.tables.pims, Item }));
  }

  /** Lets the row ask for other scopes, as `pims update` does, and the minute pass in which that goes unnoticed. */
  async changeScopes({ pim }: AppInPim, scopes: string): Promise<void> {
    const { client, address } = this.app.dynamoDb;
    const command = new UpdateItemCommand({
      TableName: address.tables.pims,
      Key: { pim: text(pim.url) },
      UpdateExpression: 'SET scopes = :scopes',
      ExpressionAttributeValues: { ':scopes': text(scopes) },
    });
    await client.send(command);
    this.advance(REGISTRATION_CACHE_MS);
  }

  /** Takes the PIM off the allow-list. */
  async unlist({ pim }: AppInPim): Promise<void> {
    const { client, address } = this.app.dynamoDb;
    const Key = { pim: text(pim.url) };
    await client.send(new DeleteItemCommand({ TableName: address.tables.pims, Key }));
  }

  /** A browser of its own; what the App answers it is kept for the search for leaks. */
  browser(): BrowserSession {
    return new RecordingSession((page) => {
      if (page.url.startsWith(this.app.url)) this.#seen.push(page);
    });
  }

  user({ pim }: AppInPim, session = this.browser()): PimUser {
    return new PimUser(session, pim.url);
  }

  /** The log lines so far, parsed. */
  get log(): readonly Readonly<Record<string, unknown>>[] {
    return this.logLines.map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  /** The stored connection with its token decrypted; `undefined` if there is none. */
  async connection({ pim, clientId }: AppInPim): Promise<ConnectionSeen | undefined> {
    const stored = await readStoredConnection(this.app, { pimUrl: pim.url, clientId });
    return (
      stored && {
        text: (name) => textOf(stored.row, name),
        accessToken: stored.accessToken.reveal(),
      }
    );
  }

  async close(): Promise<void> {
    try {
      const seen: Seen = { pages: this.#seen, logLines: this.logLines };
      await expectNoLeak(seen, this.app.dynamoDb);
    } finally {
      await Promise.all(this.#pims.map((pim) => pim.close()));
      await this.app.close();
    }
  }
}

/**
 * Opens a world for the tests of a file. When they are over, everything that the App showed, logged or stored
 * is searched for the marked secrets.
 */
export function flowWorld(options: WorldOptions = {}): () => FlowWorld {
  return openForFile(() => openFlowWorld(options));
}

/** What a world may have beyond the usual. */
interface WorldOptions {
  /** Whether Apps are told who opens them. */
  readonly identity?: boolean;
}

async function openFlowWorld(options: WorldOptions): Promise<FlowWorld> {
  const lines: string[] = [];
  const clock = new TestClock();
  const app = await startLocalApp({
    port: 0,
    log: (line) => lines.push(line),
    now: clock.now,
    random: () => marked('random', 43),
    budget: BUDGET,
    ...options,
  });
  return new FlowWorld(app, lines, clock);
}

/** Runs with real time, so that time-outs work, and can jump ahead. */
class TestClock {
  offset = 0;
  readonly now = (): number => Date.now() + this.offset;
}
