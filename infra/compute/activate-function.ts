import type { Construct } from 'constructs';
import type { ACTIVATE_VARIABLES, VariablesOf } from '../../functions/environment.ts';
import { languageEnvironment } from '../configuration/language-settings.ts';
import type { FlowsTable } from '../storage/flows-table.ts';
import type { PimsTable } from '../storage/pims-table.ts';
import { type EndpointSettings, HandlerFunction, pimUrlEnvironment } from './handler-function.ts';

/** What the activation URL works with. */
export interface ActivateFunctionProps {
  readonly settings: EndpointSettings;
  readonly pims: PimsTable;
  readonly flows: FlowsTable;
}

/**
 * Answers the activation URL: looks the PIM up, saves a flow, sends the browser to the PIM. It can read
 * neither secrets nor tokens.
 */
export class ActivateFunction extends HandlerFunction {
  constructor(scope: Construct, id: string, { settings, pims, flows }: ActivateFunctionProps) {
    super(scope, id, {
      handler: 'activate',
      description: 'GET /activate: sends a PIM user to the authorize page of a listed PIM',
      environment: {
        PIMS_TABLE: pims.table.tableName,
        FLOWS_TABLE: flows.table.tableName,
        ...pimUrlEnvironment(settings),
        ...languageEnvironment(settings),
      } satisfies VariablesOf<typeof ACTIVATE_VARIABLES>,
      face: settings.app,
      reservedConcurrency: settings.reservedConcurrency,
      settings,
    });
    pims.grantLookUp(this);
    flows.grantStart(this);
  }
}
