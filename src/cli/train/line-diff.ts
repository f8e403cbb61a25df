/** The lines that an edit changes, as `diff` prints them. */

/** Lines beside a change that are shown with it. */
const CONTEXT = 1;
/** Pairs of lines that are compared at most: a change larger than this is shown as a whole. */
const MAX_PAIRS = 4_000_000;

interface Line {
  readonly sign: ' ' | '-' | '+';
  readonly text: string;
  /** Number in the old text, from 1; of an added line that of the next old one. */
  readonly number: number;
}

/** Removed and added lines with a line of context, a heading for each place; empty where the texts are equal. */
export function lineDiff(before: string, after: string): readonly string[] {
  const lines = alignedLines(before.split(/\r\n|\r|\n/), after.split(/\r\n|\r|\n/));
  const isNear = lines.map((_, index) =>
    lines.slice(Math.max(0, index - CONTEXT), index + CONTEXT + 1).some(({ sign }) => sign !== ' '),
  );
  return lines.flatMap(({ sign, text, number }, index) => {
    if (!isNear[index]) return [];
    const heading = index === 0 || !isNear[index - 1] ? [`@@ line ${number} @@`] : [];
    return [...heading, `${sign}${text}`];
  });
}

function alignedLines(before: readonly string[], after: readonly string[]): readonly Line[] {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < before.length - head && tail < after.length - head && before.at(-1 - tail) === after.at(-1 - tail))
    tail++;
  const kept = (from: number, to: number): Line[] =>
    before.slice(from, to).map((text, index) => ({ sign: ' ', text, number: from + index + 1 }));
  return [
    ...kept(0, head),
    ...changedLines(before.slice(head, before.length - tail), after.slice(head, after.length - tail), head),
    ...kept(before.length - tail, before.length),
  ];
}

/** A longest common subsequence stays, the rest is removed and added. */
function changedLines(before: readonly string[], after: readonly string[], offset: number): readonly Line[] {
  const removed = (index: number): Line => ({ sign: '-', text: before[index], number: offset + index + 1 });
  const added = (index: number, at: number): Line => ({ sign: '+', text: after[index], number: offset + at + 1 });
  if (before.length * after.length > MAX_PAIRS) {
    return [...before.map((_, index) => removed(index)), ...after.map((_, index) => added(index, before.length))];
  }
  const common = Array.from({ length: before.length + 1 }, () => new Uint32Array(after.length + 1));
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      common[i][j] = before[i] === after[j] ? common[i + 1][j + 1] + 1 : Math.max(common[i + 1][j], common[i][j + 1]);
    }
  }
  const lines: Line[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      lines.push({ sign: ' ', text: before[i], number: offset + i + 1 });
      i++;
      j++;
    } else if (i < before.length && (j === after.length || common[i + 1][j] >= common[i][j + 1]))
      lines.push(removed(i++));
    else lines.push(added(j++, i));
  }
  return lines;
}
