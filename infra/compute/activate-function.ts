import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Settings } from '../configuration/settings.ts';
import type { FlowsTable } from '../storage/flows-table.ts';
import type { PimsTable } from '../storage/pims-table.ts';
import { HandlerFunction } from './handler-function.ts';
import { pimUrlEnvironment } from './pim-url-environment.ts';

/** What the activation URL works with. */
export interface ActivateFunctionProps {
  readonly settings: Settings;
  readonly pims: PimsTable;
  readonly flows: FlowsTable;
}

/**
 * Answers the activation URL: looks the PIM up, saves a flow, sends the browser to the PIM. It can read
 * neither secrets nor tokens.
 *
 * Fifteen seconds: a cold start and two calls to DynamoDB take about one. The rest is time for the SDK to try
 * each call three times, two seconds each, so that the user gets a page and not a gateway's error even if both fail.
 */
export class ActivateFunction extends HandlerFunction {
  constructor(scope: Construct, id: string, { settings, pims, flows }: ActivateFunctionProps) {
    super(scope, id, {
      handler: 'activate',
      description: 'GET /activate: sends a PIM user to the authorize page of a listed PIM',
      timeout: Duration.seconds(15),
      environment: {
        PIMS_TABLE: pims.table.tableName,
        FLOWS_TABLE: flows.table.tableName,
        ...pimUrlEnvironment(settings),
      },
      settings,
    });
    pims.grantLookUp(this);
    flows.grantStart(this);
  }
}
