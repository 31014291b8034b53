import type { Construct } from 'constructs';
import { ActivationApi } from '../activation-api.ts';
import { ActivateFunction } from '../compute/activate-function.ts';
import { CallbackFunction } from '../compute/callback-function.ts';
import type { Settings } from '../configuration/settings.ts';
import type { ActivationStorage } from '../storage/activation-storage.ts';

/** The two URLs and the functions that answer them. */
export interface Endpoints {
  readonly activate: ActivateFunction;
  readonly callback: CallbackFunction;
  readonly api: ActivationApi;
}

/** Makes the endpoints of an activation over its storage. */
export function createEndpoints(
  scope: Construct,
  settings: Settings,
  storage: ActivationStorage,
): Endpoints {
  const activate = new ActivateFunction(scope, 'Activate', { settings, ...storage });
  const callback = new CallbackFunction(scope, 'Callback', { settings, ...storage });
  return {
    activate,
    callback,
    api: new ActivationApi(scope, 'Api', { settings, activate, callback }),
  };
}
