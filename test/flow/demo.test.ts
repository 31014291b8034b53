import { describe, expect, it, onTestFinished } from 'vitest';
import { parseScope } from '../../functions/pim/scopes.ts';
import { EXCHANGE_BUDGET } from '../../functions/pim/token-endpoint.ts';
import { journey, stepTeller } from '../../local/journey.ts';
import { startLocalApp } from '../../local/local-app.ts';
import { startSimulator } from '../../local/simulator.ts';

/** So that a PIM that fails is given up soon. */
const BUDGET = { ...EXCHANGE_BUDGET, totalMs: 900, attemptMs: 400, pausesMs: [10, 20, 40] };

/** An App and its simulated PIM, and the lines that the demo tells about them. */
async function demo() {
  const app = await startLocalApp({ port: 0, log: () => {}, budget: BUDGET });
  const simulator = await startSimulator(app, { port: 0, scopes: parseScope('read_products') });
  onTestFinished(async () => {
    await simulator.pim.close();
    await app.close();
  });
  const lines: string[] = [];
  const run = () =>
    journey(
      app,
      simulator,
      stepTeller((line) => lines.push(line)),
    );
  return { app, simulator, lines, run };
}

describe('npm run demo', () => {
  it('goes the whole way, tells each step and sums up without the token', async () => {
    const { lines, run } = await demo();
    expect(await run()).toEqual({
      connected: true,
      granted: ['read_products'],
      systemInformation: expect.objectContaining({ version: expect.any(String) }),
      tokenFingerprint: expect.stringMatching(/^[\w-]+$/),
      sameTokenOnReopen: true,
    });
    expect(lines.filter((line) => line.startsWith('✓'))).toHaveLength(lines.length);
    expect(lines.at(-1)).toContain('Disconnect');
  });

  it('stops at the step that fails and says what came instead', async () => {
    const { simulator, lines, run } = await demo();
    simulator.pim.orderFault({ at: 'token', kind: 'html', times: 99 });
    await expect(run()).rejects.toThrow('502');
    expect(lines.at(-1)).toMatch(/^✗ The App exchanges the code.*502/);
  });
});
