/** Code of somebody else that passes parts of an activation on. It is compiled only: the compiler has to name each type. */
import type { AkeneoAppActivation } from 'akeneo-app-activation/infra';

/** Every public part, and what is public of those that are made of parts. */
export function partsOf(activation: AkeneoAppActivation) {
  const { activate, callback, health, keepWarm, events, api, monitoring } = activation;
  return {
    ...activation,
    functions: [{ ...activate }, { ...callback }, { ...health }, { ...events }] as const,
    keepWarm: { ...keepWarm },
    api: { ...api, domain: { ...api.customDomain } },
    monitoring: { ...monitoring },
    storage: [
      { ...activation.flows },
      { ...activation.connections },
      { ...activation.pims },
      { ...activation.clientSecrets },
      { ...activation.tokenKey },
    ] as const,
  };
}
