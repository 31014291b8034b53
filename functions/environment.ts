/**
 * Reads the named variables, all at once, when the function starts.
 *
 * @throws {Error} naming every missing one, so that a deployment is mended in one go.
 */
export function readEnvironment<const Name extends string>(
  env: NodeJS.ProcessEnv,
  names: readonly Name[],
): Readonly<Record<Name, string>> {
  const missing = names.filter((name) => !env[name]);
  if (missing.length > 0)
    throw new Error(`Missing environment variables: ${missing.join(', ')}. The stack sets them.`);
  const entries = names.map((name) => [name, env[name] ?? ''] as const);
  return Object.fromEntries(entries) as Record<Name, string>;
}

/** Set by a development stack only; see {@link PimUrlPolicy}. */
export const DANGEROUSLY_ALLOW_HTTP_PIM_ON_LOOPBACK = 'DANGEROUSLY_ALLOW_HTTP_PIM_ON_LOOPBACK';

/** True only for the exact text `true`. */
export function isSwitchedOn(env: NodeJS.ProcessEnv, name: string): boolean {
  return env[name] === 'true';
}
