/** Where the metrics of all functions are. Each has the dimension `Stack`, most of them a second one. */
export const METRICS_NAMESPACE = 'AkeneoAppActivation';
