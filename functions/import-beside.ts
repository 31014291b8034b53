/**
 * Loads a module that most requests do without, so that no cold start reads it. In a bundle it is a file beside the one
 * that asks; `infra/bundling/bundling.ts` says which function has which. In source it is beside the file that asks, too,
 * so its name has no folder in front of it.
 *
 * @param name without the extension, which is that of whoever asks: `.mjs` in a bundle, `.ts` in source.
 * @param base `import.meta.url` of whoever asks.
 * @throws {Error} when there is no such file, or it cannot be loaded.
 */
export async function importBeside<Module>(name: string, base: string): Promise<Module> {
  const extension = base.slice(base.lastIndexOf('.'));
  const key = `${base} ${name}`;
  // Even of a module that is loaded, Node resolves the name anew each time.
  modules[key] ??= (await import(new URL(`./${name}${extension}`, base).href)) as unknown;
  // The caller names the module, and so its type.
  return modules[key] as Module;
}

const modules: Record<string, unknown> = {};
