import { DANGEROUSLY_ALLOW_HTTP_PIM_ON_LOOPBACK } from '../../functions/environment.ts';
import type { Settings } from '../configuration/settings.ts';

/** The switch of a development stack for PIMs at plain `http`, for functions that read PIM URLs; nothing in any other stack. */
export function pimUrlEnvironment(settings: Settings): Readonly<Record<string, string>> {
  return settings.dangerouslyAllowHttpPimOnLoopback
    ? { [DANGEROUSLY_ALLOW_HTTP_PIM_ON_LOOPBACK]: 'true' }
    : {};
}
