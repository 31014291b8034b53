/**
 * Parameters as PHP's `http_build_query` writes them: a space as `+`, and everything else encoded
 * but letters, digits and `-_.`; parameters without a value are left out.
 *
 * @see docs/pim-contract.md §2.4
 */
export function buildQuery(parameters: Readonly<Record<string, string | undefined>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) query.append(name, value);
  }
  return query.toString().replaceAll('*', '%2A');
}

/**
 * Appends a query to a URL as the PIM does, by plain text: with `&` when there is a query already.
 */
export function appendQuery(url: string, query: string): string {
  return `${url}${url.includes('?') ? '&' : '?'}${query}`;
}
