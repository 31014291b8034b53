import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { operatePage } from '../../docs/costs.ts';
import { resourcesOf, synthesize } from './support/synthesis.ts';

const template = synthesize({ monitoring: 'full' });
const page = readFileSync(new URL('../../docs/operate.md', import.meta.url), 'utf8');

/** The rows of the table of costs: what it is for, and the amounts of the three sizes of a deployment, in cents. */
const rows = [...page.matchAll(/^\| (.+?) *\|.*?((?:\| +\**\d+\.\d\d\** +){3})\|$/gm)].map(
  ([, label = '', amounts = '']) => ({
    label,
    cents: [...amounts.matchAll(/\d+\.\d\d/g)].map(([amount]) => Math.round(Number(amount) * 100)),
  }),
);

function rowOf(beginning: string): readonly number[] {
  return rows.find(({ label }) => label.startsWith(beginning))?.cents ?? [];
}

/** What costs the same, however much the App is used. */
function everySize(cents: number): number[] {
  return [cents, cents, cents];
}

describe('the costs in docs/operate.md', () => {
  it('have the sums of their rows: run `npm run docs` after changing them', () => {
    expect(operatePage(page)).toBe(page);
    expect(rowOf('**Sum with custom Apps**').length).toBe(3);
  });

  // These metrics, which are charged like any of one's own, were left out.
  it('have the metrics of each route', () => {
    const routes = resourcesOf(template, 'AWS::ApiGatewayV2::Route').length;
    const [stage] = resourcesOf(template, 'AWS::ApiGatewayV2::Stage');
    const label = `API Gateway's metrics: 6 for each of ${routes} routes`;
    expect(stage?.Properties).toMatchObject({
      DefaultRouteSettings: { DetailedMetricsEnabled: true },
    });
    expect(rowOf(label)).toEqual(everySize(6 * routes * 30));
  });

  it('have every alarm', () => {
    const alarms = resourcesOf(template, 'AWS::CloudWatch::Alarm').length;
    expect(rowOf(`${alarms} alarms, 1 dashboard`)).toEqual(everySize(alarms * 10 + 300));
  });
});
