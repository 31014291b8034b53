/** The products of every simulated PIM: enough to show that a token opens them. */
export const PRODUCTS: readonly { identifier: string; family: string; enabled: boolean }[] = [
  { identifier: 'sunglasses', family: 'accessories', enabled: true },
  { identifier: 'running_shoes', family: 'shoes', enabled: true },
  { identifier: 'rain_jacket', family: 'clothing', enabled: false },
];

/** The categories of every simulated PIM. */
export const CATEGORIES: readonly { code: string; parent: string | null }[] = [
  { code: 'master', parent: null },
  { code: 'summer', parent: 'master' },
];
