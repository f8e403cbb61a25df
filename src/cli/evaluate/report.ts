/** The evaluation in words: each collection with its parts side by side, and the cases that may be shown. */
import type { Cases, Grades, Measure } from './grade';
import type { Share } from './interval';
import type { Part } from './part';

/** Grades of one part of a collection. */
export interface PartReport {
  readonly collection: string;
  /** `undefined` for a collection that is not split. */
  readonly part: Part | undefined;
  readonly faulty: number;
  readonly healthy: number;
  readonly grades: Grades;
  /** Whether its cases may be listed. */
  readonly shown: boolean;
}

const ROWS: readonly (readonly [measure: Measure, name: string, bar: string])[] = [
  ['found', 'faults found', '≥ 95 %'],
  ['root', 'root named correctly', '≥ 90 %'],
  ['place', 'root and layer correctly', '≥ 90 %'],
  ['cureTrains', 'preferred cure learns, one seed', ''],
  ['cureIsCausal', 'preferred cure is causal', ''],
  ['cureTrainsStrictly', 'preferred cure trains, strictly', ''],
  ['cureIsRight', 'causal and trains, strictly', '≥ 90 %'],
  ['falseErrors', 'healthy, error', '0'],
  ['falseWarnings', 'healthy, warning', '≤ 1 %'],
  ['falseTrains', '"trains" of a run that does not', '0'],
];

const CASE_TITLES: Readonly<Record<keyof Cases, string>> = {
  wrong: 'Graded wrong',
  uncured: 'Preferred cure not causal, or does not train',
  falseTrains: '"Trains" said of a run that learned nothing',
  unharmed: 'Harmless planted faults (not counted)',
  unlearned: 'Healthy models that did not learn (not counted)',
};

const NAME_WIDTH = 33;
const SHARE_WIDTH = 36;

/** The whole report. */
export function inWords(reports: readonly PartReport[]): string {
  const collections = [...new Set(reports.map(({ collection }) => collection))];
  const lines = collections.flatMap(title =>
    collectionInWords(reports.filter(({ collection }) => collection === title)),
  );
  return `${lines.join('\n')}\n`;
}

/** The same for machines, without the cases that are not shown. */
export function inJson(reports: readonly PartReport[]): string {
  const plain = reports.map(({ grades: { shares, cases }, shown, part, ...report }) => ({
    ...report,
    part: part ?? 'all',
    shares,
    ...(shown ? { cases } : { hidden: numbersOf(cases) }),
  }));
  return `${JSON.stringify(plain, null, 2)}\n`;
}

function collectionInWords(reports: readonly PartReport[]): readonly string[] {
  const row = (name: string, cells: readonly string[], bar: string): string =>
    `${name.padEnd(NAME_WIDTH)}${cells.map(cell => cell.padEnd(SHARE_WIDTH)).join('')}${bar}`.trimEnd();
  return [
    reports[0].collection,
    row(
      '',
      reports.map(
        ({ part, faulty, healthy }) => `${part === undefined ? '' : `${part}: `}${faulty} faulty, ${healthy} healthy`,
      ),
      'wanted',
    ),
    ...ROWS.map(([measure, name, bar]) =>
      row(
        name,
        reports.map(({ grades }) => inPercent(grades.shares[measure])),
        bar,
      ),
    ),
    '',
    ...reports.flatMap(casesInWords),
  ];
}

function casesInWords({ part, grades, shown }: PartReport): readonly string[] {
  const kinds = Object.keys(CASE_TITLES) as (keyof Cases)[];
  if (shown) return kinds.flatMap(kind => listed(CASE_TITLES[kind], grades.cases[kind]));
  const numbers = kinds
    .filter(kind => grades.cases[kind].length > 0)
    .map(kind => `${CASE_TITLES[kind]}: ${grades.cases[kind].length}`);
  return numbers.length === 0
    ? []
    : [`Of the ${part} part, not listed without --reveal:`, ...numbers.map(line => `  ${line}`), ''];
}

function numbersOf(cases: Cases): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(cases).map(([kind, lines]) => [kind, (lines as readonly string[]).length]));
}

/** "41 of 44, 93.2 % (81.8 to 97.7)". */
function inPercent({ hits, of, low, high }: Share): string {
  if (of === 0) return 'none to count';
  const percent = (share: number): string => (100 * share).toFixed(1);
  return `${hits} of ${of}, ${percent(hits / of)} % (${percent(low)} to ${percent(high)})`;
}

function listed(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`${title}:`, ...lines.map(line => `  ${line}`), ''];
}
