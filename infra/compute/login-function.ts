import type { Construct } from 'constructs';
import type { LOGIN_VARIABLES, VariablesOf } from '../../functions/environment.ts';
import { languageEnvironment } from '../configuration/language-settings.ts';
import type { LoginsTable } from '../storage/logins-table.ts';
import type { PimsTable } from '../storage/pims-table.ts';
import { type EndpointSettings, HandlerFunction, pimUrlEnvironment } from './handler-function.ts';

/** What tells Apps who has opened them. */
export interface LoginFunctionProps {
  readonly settings: EndpointSettings;
  readonly pims: PimsTable;
  readonly logins: LoginsTable;
}

/**
 * Answers `/login`: takes the login that waits for the browser, puts it under a code, and sends the browser to the App.
 * It reads a PIM's row only to say that no login waits, and can redeem no code.
 */
export class LoginFunction extends HandlerFunction {
  constructor(scope: Construct, id: string, { settings, pims, logins }: LoginFunctionProps) {
    super(scope, id, {
      handler: 'login',
      description: 'GET /login: tells the App who has just opened it, by a code',
      environment: {
        PIMS_TABLE: pims.table.tableName,
        LOGINS_TABLE: logins.table.tableName,
        ...pimUrlEnvironment(settings),
        ...languageEnvironment(settings),
      } satisfies VariablesOf<typeof LOGIN_VARIABLES>,
      face: settings.app,
      reservedConcurrency: settings.reservedConcurrency,
      settings,
    });
    pims.grantLookUp(this);
    logins.grantHandOver(this);
  }
}
