/** What a PIM opens for "Connect": one parameter is added to whatever query there is. @see docs/pim-contract.md §1 */
export function activation(activateUrl: string, pim: string): URL {
  const url = new URL(activateUrl);
  url.searchParams.append('pim_url', pim);
  return url;
}
