/**
 * Records of a run as a few large arrays: numbers per step in doubles, norms per layer and parameter with seven digits.
 */
import type { RunLayout, StateGradients, StepRecord } from '../../record/step-record';
import type { Block } from './block-file';

/** The data that joins the blocks to records again. Numbers that name blocks are places in the file's list. */
export interface StoredRecords {
  readonly count: number;
  readonly scalars: readonly number[];
  /**
   * Entries for each optional number that some record has: its place in `OPTIONAL`, where it is present, and its
   * values.
   */
  readonly optional: readonly (readonly [field: number, present: number, values: number])[];
  readonly matrices: readonly number[];
  readonly nonFinite: readonly (readonly [record: number, origin: NonNullable<StepRecord['nonFinite']>])[];
  /** Which recurrent layers were measured, over how many time steps; records name theirs by place. */
  readonly patterns: readonly (readonly StatePattern[])[];
  readonly patternOf: number;
  readonly states: number;
}

interface StatePattern {
  readonly layer: number;
  readonly direction: StateGradients['direction'];
  readonly timeSteps: number;
  readonly hasCell: boolean;
}

const SCALARS = ['step', 'loss', 'learningRate', 'gradientNorm', 'clipFactor', 'inputGradientNorm'] as const;
const PER_PARAMETER = ['parameterGradientNorms', 'parameterNorms', 'updateNorms'] as const;
const PER_LAYER = [
  'outputMean',
  'outputStd',
  'outputGradientNorms',
  'zeroShare',
  'deadShare',
  'saturatedShare',
] as const;
/** Numbers that not every record has; a part is there when its first number is. The order is part of the format. */
const OPTIONAL = [
  (record: StepRecord) => record.penalty,
  (record: StepRecord) => record.accuracy,
  (record: StepRecord) => record.validation?.loss,
  (record: StepRecord) => record.validation?.accuracy,
  (record: StepRecord) => record.updateEffect?.loss,
  (record: StepRecord) => record.updateEffect?.slopeBefore,
  (record: StepRecord) => record.updateEffect?.slopeAfter,
  (record: StepRecord) => record.updateEffect?.preconditionedSquare,
  (record: StepRecord) => record.gradientPair?.product,
  (record: StepRecord) => record.gradientPair?.otherNorm,
] as const;

/** Adds the numbers of `records` to `blocks`. */
export function storeRecords(records: readonly StepRecord[], layout: RunLayout, blocks: Block[]): StoredRecords {
  const add = (block: Block): number => blocks.push(block) - 1;
  const matrix = (width: number, of: (record: StepRecord) => Float64Array): number => {
    const values = new Float64Array(records.length * width);
    records.forEach((record, index) => values.set(of(record), index * width));
    return add(shortened(values));
  };
  const { patterns, patternOf, states } = storeStates(records);
  return {
    count: records.length,
    scalars: SCALARS.map(name => add(Float64Array.from(records, record => record[name]))),
    optional: OPTIONAL.flatMap((valueOf, field) => {
      if (!records.some(record => valueOf(record) !== undefined)) return [];
      const present = Uint8Array.from(records, record => Number(valueOf(record) !== undefined));
      return [[field, add(present), add(Float64Array.from(records, record => valueOf(record) ?? 0))] as const];
    }),
    matrices: [
      ...PER_PARAMETER.map(name => matrix(layout.parameters.length, record => record[name])),
      ...PER_LAYER.map(name => matrix(layout.layers.length, record => record[name])),
    ],
    nonFinite: records.flatMap(({ nonFinite }, index) => (nonFinite ? [[index, nonFinite] as const] : [])),
    patterns,
    patternOf: add(patternOf),
    states: add(shortened(states)),
  };
}

/** The records that `storeRecords` stored. */
export function restoreRecords(stored: StoredRecords, layout: RunLayout, blocks: readonly Block[]): StepRecord[] {
  const scalars = stored.scalars.map(block => blocks[block]);
  const optional = stored.optional.map(([field, present, values]) => ({
    field,
    present: blocks[present],
    values: blocks[values],
  }));
  const matrices = stored.matrices.map(block => blocks[block]);
  const origins = new Map(stored.nonFinite);
  const nextStates = stateReader(stored, blocks);
  return Array.from({ length: stored.count }, (_, index) => {
    const row = (matrix: number, width: number): Float64Array =>
      new Float64Array(matrices[matrix].subarray(index * width, (index + 1) * width));
    const [step, loss, learningRate, gradientNorm, clipFactor, inputGradientNorm] = scalars.map(
      values => values[index],
    );
    const values: (number | undefined)[] = OPTIONAL.map(() => undefined);
    for (const { field, present, values: from } of optional) if (present[index] === 1) values[field] = from[index];
    const [parameterGradientNorms, parameterNorms, updateNorms] = PER_PARAMETER.map((_name, at) =>
      row(at, layout.parameters.length),
    );
    const [outputMean, outputStd, outputGradientNorms, zeroShare, deadShare, saturatedShare] = PER_LAYER.map(
      (_name, at) => row(PER_PARAMETER.length + at, layout.layers.length),
    );
    const nonFinite = origins.get(index);
    return {
      step,
      loss,
      learningRate,
      gradientNorm,
      clipFactor,
      parameterGradientNorms,
      parameterNorms,
      updateNorms,
      outputMean,
      outputStd,
      outputGradientNorms,
      inputGradientNorm,
      zeroShare,
      deadShare,
      saturatedShare,
      stateGradients: nextStates(index),
      ...optionalParts(values),
      ...(nonFinite && { nonFinite }),
    };
  });
}

function optionalParts(values: readonly (number | undefined)[]): Partial<StepRecord> {
  const [
    penalty,
    accuracy,
    validationLoss,
    validationAccuracy,
    effectLoss,
    slopeBefore,
    slopeAfter,
    preconditionedSquare,
    product,
    otherNorm,
  ] = values;
  return {
    ...(penalty !== undefined && { penalty }),
    ...(accuracy !== undefined && { accuracy }),
    ...(validationLoss !== undefined && {
      validation: { loss: validationLoss, ...(validationAccuracy !== undefined && { accuracy: validationAccuracy }) },
    }),
    ...(effectLoss !== undefined && {
      updateEffect: {
        loss: effectLoss,
        slopeBefore: slopeBefore!,
        slopeAfter: slopeAfter!,
        preconditionedSquare: preconditionedSquare!,
      },
    }),
    ...(product !== undefined && { gradientPair: { product, otherNorm: otherNorm! } }),
  };
}

function storeStates(records: readonly StepRecord[]): {
  readonly patterns: StatePattern[][];
  readonly patternOf: Uint16Array;
  readonly states: Float64Array;
} {
  const places = new Map<string, number>();
  const patterns: StatePattern[][] = [];
  const patternOf = Uint16Array.from(records, ({ stateGradients }) => {
    const pattern = stateGradients.map(({ layer, direction, hidden, cell }) => ({
      layer,
      direction,
      timeSteps: hidden.length,
      hasCell: cell !== undefined,
    }));
    const name = JSON.stringify(pattern);
    const place = places.get(name) ?? patterns.push(pattern) - 1;
    places.set(name, place);
    return place;
  });
  const arrays = records.flatMap(({ stateGradients }) =>
    stateGradients.flatMap(({ hidden, cell }) => (cell ? [hidden, cell] : [hidden])),
  );
  const states = new Float64Array(arrays.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const array of arrays) {
    states.set(array, at);
    at += array.length;
  }
  return { patterns, patternOf, states };
}

/** Reads the state gradients of one record after the other. */
function stateReader(
  { patterns, patternOf, states }: StoredRecords,
  blocks: readonly Block[],
): (record: number) => StateGradients[] {
  let at = 0;
  const take = (length: number): Float64Array => new Float64Array(blocks[states].subarray(at, (at += length)));
  return record =>
    patterns[blocks[patternOf][record]].map(({ layer, direction, timeSteps, hasCell }) => ({
      layer,
      direction,
      hidden: take(timeSteps),
      ...(hasCell && { cell: take(timeSteps) }),
    }));
}

/** Single precision where every value keeps its seven digits in it; as it is where one is too large or too small. */
function shortened(values: Float64Array): Float64Array | Float32Array {
  const short = new Float32Array(values);
  for (let index = 0; index < values.length; index++) {
    const size = Math.abs(values[index]);
    if (
      (size < SMALLEST_NORMAL && size > 0) ||
      (size < Number.POSITIVE_INFINITY && Math.abs(short[index]) === Number.POSITIVE_INFINITY)
    )
      return values;
  }
  return short;
}

/** Below it a number of single precision has fewer digits. */
const SMALLEST_NORMAL = 2 ** -126;
