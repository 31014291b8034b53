/** `akeneo-app/simulator`: a PIM to develop and test against. */
export * from '../simulator/index.ts';
