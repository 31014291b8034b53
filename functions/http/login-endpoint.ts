import { type HandOverDeps, handOver } from '../login/hand-over.ts';
import { endpoint, type KeptWarm, type SharedEndpointDeps } from './endpoint.ts';

/** `GET /login?pim_url=…&state=…&code_challenge=…&code_challenge_method=S256`, by which an App asks who opened it. */
export function loginEndpoint(deps: HandOverDeps & SharedEndpointDeps): KeptWarm {
  return endpoint((request) => handOver(request, deps), {
    ...deps,
    endpoint: 'login',
    keepWarm: () => deps.take('waiting.nobody', deps.now()),
  });
}
