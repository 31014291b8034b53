import type { Page } from '../../simulator/user/index.ts';
import { check } from './step.ts';

/** @throws {Error} with the title and the status of a page that does not say "Connected". */
export function expectConnected({ status, body }: Page): void {
  const title = /<h1>(.*)<\/h1>/.exec(body)?.[1];
  check(status === 200 && title === 'Connected', `it says "${title}" with status ${status}`);
}

/** @throws {Error} with the status of an answer of the PIM that has another one. */
export function expectStatus({ status }: Response, expected: number): void {
  check(status === expected, `the PIM answered ${status}`);
}
