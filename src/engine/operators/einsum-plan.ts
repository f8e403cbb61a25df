/** How a sum of products by index letters is computed with one matrix product: pure, so that it can be tested alone. */
import { sizeOf, type TensorShape } from '../tensor';

/** One operand: first summed over axes that stand in it alone, then permuted to `shape`. */
export interface EinsumOperand {
  /** Axes to sum over, in the operand's own order. */
  readonly summed: readonly number[];
  /** Order of the axes that are left. */
  readonly order: readonly number[];
  /** Batch, rows (or columns) and the summed axis as one axis each. */
  readonly shape: TensorShape;
}

/** a `[batch, m, k]` times b `[batch, n, k]` transposed, seen in `shape`, with the axes in `order`. */
export interface EinsumPlan {
  readonly a: EinsumOperand;
  readonly b: EinsumOperand;
  readonly shape: TensorShape;
  readonly order: readonly number[];
}

/** Letters of an equation such as `bqd,bkd->bqk`: one list for each operand, and those of the result. */
export interface Equation {
  readonly operands: readonly (readonly string[])[];
  readonly result: readonly string[];
}

/** The letters of an equation. `...` stands for axes in front, which get letters of their own. */
export function equationOf(text: string, shapes: readonly TensorShape[]): Equation {
  const [left, right] = text.replaceAll(' ', '').split('->') as [string, string | undefined];
  const operands = left.split(',');
  if (operands.length !== shapes.length) {
    throw new Error(`The equation ${text} has ${operands.length} operands, but ${shapes.length} are given.`);
  }
  const named = operands.map((letters, index) => {
    const hidden = shapes[index].length - letters.replace('...', '').length;
    if (hidden < 0 || (hidden > 0 && !letters.includes('...'))) {
      throw new Error(`The operand ${letters} of ${text} does not have the axes of [${shapes[index].join(', ')}].`);
    }
    return { letters, hidden };
  });
  const most = Math.max(...named.map(({ letters, hidden }) => (letters.includes('...') ? hidden : 0)));
  const all = Array.from({ length: most }, (_, axis) => `#${axis}`);
  const lettersOf = (letters: string, hidden: number): string[] => {
    const [before, after] = letters.split('...');
    return after === undefined ? [...letters] : [...before, ...all.slice(most - hidden), ...after];
  };
  const lists = named.map(({ letters, hidden }) => lettersOf(letters, hidden));
  const counts = new Map<string, number>();
  for (const letter of lists.flat()) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  const once = [...counts]
    .filter(([letter, count]) => count === 1 && !letter.startsWith('#'))
    .map(([letter]) => letter);
  const result = right === undefined ? [...all, ...once.sort()] : lettersOf(right, most);
  for (const letters of [...lists, result]) {
    if (new Set(letters).size < letters.length) throw new Error(`An operand of ${text} repeats a letter.`);
  }
  const unknown = result.find(letter => !counts.has(letter));
  if (unknown) throw new Error(`The result of ${text} has the letter ${unknown}, which no operand has.`);
  return { operands: lists, result };
}

/** The plan for two operands. Axes that are in both and in the result are the batch of the product. */
export function planEinsum({ operands, result }: Equation, shapes: readonly [TensorShape, TensorShape]): EinsumPlan {
  const [a, b] = operands as [readonly string[], readonly string[]];
  const sizes = new Map<string, number>();
  operands.forEach((letters, index) =>
    letters.forEach((letter, axis) => {
      const size = shapes[index][axis];
      if (sizes.has(letter) && sizes.get(letter) !== size) {
        throw new Error(`The axis ${letter} has ${sizes.get(letter)} entries in one operand, ${size} in the other.`);
      }
      sizes.set(letter, size);
    }),
  );
  const batch = result.filter(letter => a.includes(letter) && b.includes(letter));
  const contracted = a.filter(letter => b.includes(letter) && !result.includes(letter));
  const own = (letters: readonly string[], other: readonly string[]): readonly string[] =>
    result.filter(letter => letters.includes(letter) && !other.includes(letter));
  const [rows, columns] = [own(a, b), own(b, a)];
  const count = (letters: readonly string[]): number => sizeOf(letters.map(letter => sizes.get(letter)!));
  const operand = (letters: readonly string[], free: readonly string[]): EinsumOperand => {
    const wanted = [...batch, ...free, ...contracted];
    const left = letters.filter(letter => wanted.includes(letter));
    return {
      summed: letters.flatMap((letter, axis) => (wanted.includes(letter) ? [] : [axis])),
      order: wanted.map(letter => left.indexOf(letter)),
      shape: [count(batch), count(free), count(contracted)],
    };
  };
  const made = [...batch, ...rows, ...columns];
  return {
    a: operand(a, rows),
    b: operand(b, columns),
    shape: made.map(letter => sizes.get(letter)!),
    order: result.map(letter => made.indexOf(letter)),
  };
}
