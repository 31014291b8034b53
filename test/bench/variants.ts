import type { Bundles } from './bundles/bundles.ts';
import { activateEvent, callbackEvent, httpEvent } from './events.ts';
import { authorizePage, endpointWork, TOKEN, type Work } from './work.ts';

/** Something that is measured, and what it has to answer before it is. */
export interface Variant extends Work {
  readonly id: string;
  readonly label: string;
  readonly bundle: string;
  /** What a peer does not do of what we do. */
  readonly lessWork?: string;
}

/** Every variant; `services` is where AWS and the PIM answer. */
export function variants(bundles: Bundles, services: string): Variant[] {
  const { activate, callback, openAgain } = endpointWork(services);
  const variant = variantsOf(bundles);
  return [
    variant('empty', 'empty handler', { event: activate.event, status: 204, calls: {} }),
    variant('activate', 'activate', activate),
    variant('activateFloor', 'activate, signed by hand', activate),
    variant('activatePlain', 'activate, built the plain way', activate),
    variant('callback', 'callback', callback),
    { ...variant('callback', 'callback, opened again', openAgain), id: 'callbackAgain' },
    variant('callbackFloor', 'callback, signed by hand', callback),
    variant('callbackPlain', 'callback, built the plain way', callback),
    {
      ...variant('callbackPlain', 'callback, opened again, built the plain way', openAgain),
      id: 'callbackAgainPlain',
    },
    ...beginningPeers(variant, services),
    samplesCallback(variant),
  ];
}

type MakeVariant = (
  id: keyof Bundles,
  label: string,
  work: Omit<Variant, 'id' | 'label' | 'bundle'>,
) => Variant;

function variantsOf(bundles: Bundles): MakeVariant {
  return (id, label, work) => ({ id, label, bundle: bundles[id], ...work });
}

/** They have no table to look into, so they call nothing. */
function beginningPeers(variant: MakeVariant, services: string): Variant[] {
  const redirect = { status: 302, beginsFlow: true, calls: {} } as const;
  const location = authorizePage(services);
  return [
    variant('grant', 'grant, beginning', {
      ...redirect,
      event: httpEvent('/connect/akeneo', ''),
      location,
      lessWork: 'one PIM from its configuration, no allow-list, state in a signed cookie',
    }),
    variant('shopify', '@shopify/shopify-api, beginning', {
      ...redirect,
      event: httpEvent('/activate', 'shop=bench.myshopify.com'),
      location: 'https://bench.myshopify.com/admin/oauth/authorize?',
      lessWork: 'no allow-list, state in a signed cookie',
    }),
    variant('akeneoSample', 'Akeneo’s sample (Express), activate', {
      ...redirect,
      event: activateEvent(services),
      location,
      lessWork: 'one client from the environment, no allow-list, no stored flow, no cookie',
    }),
  ];
}

function samplesCallback(variant: MakeVariant): Variant {
  const label = 'Akeneo’s sample (Express), callback';
  const work = {
    event: callbackEvent('connect'),
    status: 200,
    calls: { [TOKEN]: 1 },
    lessWork: 'no check of the state, secret from the environment, token unencrypted',
  };
  return { ...variant('akeneoSample', label, work), id: 'akeneoSampleCallback' };
}
