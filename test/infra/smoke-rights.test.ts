import { describe, expect, it } from 'vitest';
import { RIGHTS } from '../../cli/smoke/rights.ts';
import { CONNECTIONS, FLOWS, SECRET_KEY, TOKEN_KEY } from './support/access-requests.ts';
import { isAllowed } from './support/policy-evaluator.ts';
import { statementsOf } from './support/role-statements.ts';
import { synthesize } from './support/synthesis.ts';

const template = synthesize();
const RESOURCES = {
  connections: CONNECTIONS,
  flows: FLOWS,
  tokenKey: TOKEN_KEY,
  clientSecretKey: SECRET_KEY,
};

describe('what smoke expects of the roles', () => {
  it.each(RIGHTS)('is what their policies say: $role $action $context', (request) => {
    const { role, action, on, context = {} } = request;
    const asked = { action, resource: RESOURCES[on], context };
    expect(isAllowed(statementsOf(template, role), asked)).toBe(request.isAllowed);
  });
});
