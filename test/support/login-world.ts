import { LOGINS } from '../../functions/tables/logins.ts';
import type { FlowWorld, ListedPim } from './flow-world.ts';
import { type LoginApp, loginApp, type Question } from './login-app.ts';

/** What a PIM is asked for by an App that logs people in. */
export const LOGIN_SCOPES = 'read_products openid profile email';

/** Starts an App with its own pages, which redeems logins by the reader. @param change what its questions are like. */
export function startLoginApp(
  world: FlowWorld,
  change?: (question: Question) => Question,
): Promise<LoginApp> {
  const { url, dynamoDb } = world.app;
  const reader = {
    dynamoDb: dynamoDb.client,
    tableName: dynamoDb.address.tables.connections,
    loginsTableName: LOGINS.name,
    now: () => world.now(),
  };
  return loginApp({ url, reader }, change);
}

/** Starts a PIM whose users that App logs in. */
export function withLogins(
  world: FlowWorld,
  { loginUrl, redirectUrl }: Pick<LoginApp, 'loginUrl' | 'redirectUrl'>,
  scopes = LOGIN_SCOPES,
  options: Parameters<FlowWorld['startPim']>[1] = {},
): Promise<ListedPim> {
  return world.startPim({ scopes, loginUrl, redirectUrl }, options);
}
