import { createHash, randomUUID } from 'node:crypto';
import {
  type Connections,
  type Login,
  type OpenConnectionsOptions,
  openConnections,
} from '../../reader/index.ts';
import { httpServer, type Received, type TestServer } from './http-server.ts';

/** What the App keeps of a browser between its question and the answer. */
interface Asked {
  readonly pim: string;
  readonly state: string;
  readonly verifier: string;
}

/** What a question is; tests change parts of it. */
export type Question = Readonly<Record<string, string>>;

/** An App that logs PIM users in as docs/logins.md says, with a session of its own for each browser. */
export interface LoginApp {
  readonly loginUrl: string;
  readonly redirectUrl: string;
  readonly connections: Connections;
  /** Every login that the App has believed, the oldest first. */
  readonly logins: readonly Login[];
  /** What came to the redirect URL, the oldest first. */
  readonly answers: readonly URLSearchParams[];
}

/** Where the App finds the service and its table. */
interface Service {
  readonly url: string;
  readonly reader: OpenConnectionsOptions;
}

const COOKIE = 'app-session';

/** Starts the App until the test ends. @param change what its questions are like. */
export async function loginApp(
  service: Service,
  change: (question: Question) => Question = (question) => question,
): Promise<LoginApp> {
  const connections = openConnections({ env: {}, ...service.reader });
  const sessions = new Map<string, Asked>();
  const logins: Login[] = [];
  const answers: URLSearchParams[] = [];

  async function finish(query: URLSearchParams, session: string): Promise<string> {
    answers.push(query);
    const asked = sessions.get(session);
    sessions.delete(session);
    if (query.has('error')) return 'Open the App in your PIM';
    if (!asked || asked.state !== query.get('state') || asked.pim !== query.get('iss'))
      return 'Not what this browser asked for';
    const login = await connections.redeemLogin(query.get('code') ?? '', asked.verifier);
    logins.push(login);
    return `Hello ${login.sub}`;
  }

  function ask(pim: string, session: string): string {
    const [state, verifier] = [randomUUID(), `${randomUUID()}${randomUUID()}`];
    sessions.set(session, { pim, state, verifier });
    const question = {
      pim_url: pim,
      state,
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    };
    return `${service.url}/login?${new URLSearchParams(change(question)).toString()}`;
  }

  const server: TestServer = await httpServer((response, request) => {
    const session = sessionOf(request) ?? randomUUID();
    const { pathname, searchParams } = new URL(request.path, server.url);
    response.setHeader('set-cookie', `${COOKIE}=${session}; HttpOnly; SameSite=Lax`);
    if (pathname === '/login') {
      const location = ask(searchParams.get('pim_url') ?? '', session);
      response.writeHead(302, { location }).end();
      return;
    }
    finish(searchParams, session).then(
      (text) => response.writeHead(200).end(text),
      (error: Error) => response.writeHead(403).end(error.message),
    );
  });
  const { url } = server;
  const redirectUrl = `${url}/done?theme=dark`;
  return { loginUrl: `${url}/login`, redirectUrl, connections, logins, answers };
}

function sessionOf({ headers: { cookie = '' } }: Received): string | undefined {
  return new RegExp(`${COOKIE}=([\\w-]+)`).exec(cookie)?.[1];
}
