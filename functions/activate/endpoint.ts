import { type ActivateDeps, beginActivation } from '../activation/begin-activation.ts';
import { type EndpointDeps, endpoint, type Handler } from '../http/endpoint.ts';

/** `GET /activate?pim_url=…`, the App's activation URL. */
export function activateEndpoint(deps: ActivateDeps & Omit<EndpointDeps, 'endpoint'>): Handler {
  return endpoint((request) => beginActivation(request, deps), { ...deps, endpoint: 'activate' });
}
