/** How this command line is called; it is in every usage line and example. */
export const PROGRAM = 'npm run app --';

/** A PIM or suffix as it is written in a command to copy: a shell would expand the star of a suffix. */
export function asArgument(pim: string): string {
  return pim.startsWith('*') ? `"${pim}"` : pim;
}
