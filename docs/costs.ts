import { CAUSE_ALARMS, SERVICE_ALARMS } from '../infra/monitoring/alarms.ts';

/** Amounts of the three sizes of a deployment, in cents. */
type Amounts = readonly number[];

const ALARMS = Object.keys(CAUSE_ALARMS).length + Object.keys(SERVICE_ALARMS).length;
const CENTS_AN_ALARM = 10;
const CENTS_A_DASHBOARD = 300;

/** One secret for all PIMs, which is asked for as often as many. */
const ONE_SECRET: Amounts = [40, 45, 540];

const ROW = /^\| (.+?) *\|.*?((?:\| +\**\d+\.\d\d\** +){3})\|$/gm;

/** `docs/operate.md` with the row of the alarms, and the sums of all rows, as they are now. */
export function operatePage(page: string): string {
  const alarms = ALARMS * CENTS_AN_ALARM + CENTS_A_DASHBOARD;
  const counted = page
    .replace(/^\| \d+ alarms,/m, `| ${ALARMS} alarms,`)
    .replace(ROW, (row, label: string) =>
      label.includes(' alarms,') ? withAmounts(row, [alarms, alarms, alarms]) : row,
    );
  const items = [...counted.matchAll(ROW)].filter(([, label = '']) => !label.startsWith('**'));
  const others = items.filter(([, label = '']) => !label.startsWith('Secrets Manager'));
  return counted.replace(ROW, (row, label: string) => {
    if (label.startsWith('**Sum with custom Apps'))
      return withAmounts(row, sumOf(items.map(amountsIn)));
    if (label.startsWith('**Sum with an App Store App'))
      return withAmounts(row, sumOf([...others.map(amountsIn), ONE_SECRET]));
    return row;
  });
}

function amountsIn(row: readonly string[]): Amounts {
  const [, , amounts = ''] = row;
  return [...amounts.matchAll(/\d+\.\d\d/g)].map(([amount]) => Math.round(Number(amount) * 100));
}

function sumOf(rows: readonly Amounts[]): Amounts {
  return [0, 1, 2].map((size) => rows.reduce((sum, amounts) => sum + (amounts[size] ?? 0), 0));
}

/** Puts amounts into the last cells of a row, which keep their widths. */
function withAmounts(row: string, amounts: Amounts): string {
  const [...cells] = amounts;
  return row.replace(/(?:\| +\**\d+\.\d\d\** +){3}\|$/, (last) =>
    last.replace(/ +\**\d+\.\d\d/g, (cell) => {
      const dollars = ((cells.shift() ?? 0) / 100).toFixed(2);
      const stars = cell.includes('**') ? '**' : '';
      return ` ${(stars + dollars).padStart(cell.length - 1)}`;
    }),
  );
}
