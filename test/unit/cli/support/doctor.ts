import { onTestFinished } from 'vitest';
import type { Finding } from '../../../../cli/finding.ts';
import { startSimulatedPim } from '../../../../simulator/index.ts';
import { sharedKeyPairs } from '../../../support/key-pairs.ts';
import { serve } from './http-server.ts';
import { operateJson } from './operate.ts';

/** The address of a simulated PIM that lives as long as the test. */
export async function simulatedPim(): Promise<string> {
  const pim = await startSimulatedPim({ openIdKeyPair: sharedKeyPairs() });
  onTestFinished(() => pim.close());
  return pim.url;
}

/** The red lines of the doctor, by what they check. */
export async function failedChecks(): Promise<Record<string, Finding>> {
  // The command's own output is what is tested; its shape is asserted once, in doctor.test.ts.
  const findings = (await operateJson(['doctor'])) as Finding[];
  return Object.fromEntries(findings.filter(({ ok }) => !ok).map((found) => [found.check, found]));
}

/** A server that answers everything in one way. */
export async function pimThatAnswers(status: number, headers = {}, body = ''): Promise<string> {
  const { port } = await serve((_request, response) => {
    response.writeHead(status, headers).end(body);
  });
  return `http://127.0.0.1:${port}`;
}
