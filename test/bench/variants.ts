import type { Bundles } from './bundles/bundles.ts';
import { activateEvent, callbackEvent, httpEvent } from './events.ts';
import type { Calls } from './services/services.ts';

/** Something that is measured, and what it has to answer before it is. */
export interface Variant {
  readonly id: string;
  readonly label: string;
  readonly bundle: string;
  /** JSON of the event it is invoked with. */
  readonly event: string;
  readonly status: number;
  /** The beginning of its `Location`. */
  readonly location?: string;
  /** The calls of services that one cold request makes. */
  readonly calls: Calls;
  /** What a peer does not do of what we do. */
  readonly lessWork?: string;
}

const BATCH_GET = 'DynamoDB_20120810.BatchGetItem';
const PUT = 'DynamoDB_20120810.PutItem';
const UPDATE = 'DynamoDB_20120810.UpdateItem';
const SECRET = 'secretsmanager.GetSecretValue';
const ENCRYPT = 'TrentService.Encrypt';
const TOKEN = '/connect/apps/v1/oauth2/token';

/** Every variant; `services` is where AWS and the PIM answer. */
export function variants(bundles: Bundles, services: string): Variant[] {
  const authorize = `${services}/connect/apps/v1/authorize?`;
  const activate = {
    event: activateEvent(services),
    status: 302,
    location: authorize,
    calls: { [BATCH_GET]: 1, [PUT]: 1 },
  };
  const callback = {
    event: callbackEvent('connect'),
    status: 303,
    location: 'callback?flow=',
    calls: { [UPDATE]: 2, [SECRET]: 1, [TOKEN]: 1, [ENCRYPT]: 1 },
  };
  const openAgain = {
    ...callback,
    event: callbackEvent('openAgain'),
    calls: { [UPDATE]: 2, [SECRET]: 1, [TOKEN]: 1 },
  };
  const variant = (
    id: keyof Bundles,
    label: string,
    work: Omit<Variant, 'id' | 'label' | 'bundle'>,
  ) => ({
    id,
    label,
    bundle: bundles[id],
    ...work,
  });
  return [
    variant('empty', 'empty handler', { event: activate.event, status: 204, calls: {} }),
    variant('activate', 'activate', activate),
    variant('activateFloor', 'activate, signed by hand', activate),
    variant('activatePlain', 'activate, built the plain way', activate),
    variant('callback', 'callback', callback),
    { ...variant('callback', 'callback, opened again', openAgain), id: 'callbackAgain' },
    variant('callbackFloor', 'callback, signed by hand', callback),
    variant('callbackPlain', 'callback, built the plain way', callback),
    ...peers(variant, services, authorize),
  ];
}

function peers(
  variant: (
    id: keyof Bundles,
    label: string,
    work: Omit<Variant, 'id' | 'label' | 'bundle'>,
  ) => Variant,
  services: string,
  authorize: string,
): Variant[] {
  const calls = {};
  const sample = variant('akeneoSample', 'Akeneo’s sample (Express), activate', {
    event: activateEvent(services),
    status: 302,
    location: authorize,
    calls,
    lessWork: 'one client from the environment, no allow-list, no stored flow, no cookie',
  });
  return [
    variant('grant', 'grant, beginning', {
      event: httpEvent('/connect/akeneo', ''),
      status: 302,
      location: authorize,
      calls,
      lessWork: 'one PIM from its configuration, no allow-list, state in a signed cookie',
    }),
    variant('shopify', '@shopify/shopify-api, beginning', {
      event: httpEvent('/activate', 'shop=bench.myshopify.com'),
      status: 302,
      location: 'https://bench.myshopify.com/admin/oauth/authorize?',
      calls,
      lessWork: 'no allow-list, state in a signed cookie',
    }),
    sample,
    {
      ...sample,
      id: 'akeneoSampleCallback',
      label: 'Akeneo’s sample (Express), callback',
      event: callbackEvent('connect'),
      status: 200,
      calls: { [TOKEN]: 1 },
      location: '',
      lessWork:
        'no check of the state, secret from the environment, token kept in memory in the clear',
    },
  ];
}
