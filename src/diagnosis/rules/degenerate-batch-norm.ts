/** A batch norm over one value or two, which leaves nothing of the input. Page: docs/rules/degenerate-batch-norm.md */
import type { LayerSpec, ModelSpec } from '../../model/model-spec';
import { alikePlaces } from '../alike';
import { outcomeOf } from '../consequence';
import { learnedLittle } from '../evidence/learning';
import { allLayers, placeOf } from '../layers';
import { AFTERMATH, WILD } from '../of-the-run';
import type { Rule, RuleDescription } from '../rule';

const meta = {
  id: 'degenerate-batch-norm',
  word: 'normalizes one value',
  noun: 'the batches of 1 value',
  group: 'Units and first weights',
  summary:
    'A batch norm sees so few values per feature that its output hardly depends on the input, and the run learns little.',
  severity: 'warning',
  options: [
    {
      name: 'values',
      default: 2,
      description: 'Values of a feature in a batch, up to which a normalization of them leaves no more than signs.',
      source: 'A value minus its own mean is 0; two become 1 and -1 at any size (Ioffe and Szegedy 2015).',
    },
  ],
  needs: [],
  fixes: ['larger-batch'],
  explains: [
    'dead-relu',
    'vanishing-gradient',
    'forward-explosion',
    'exploding-gradient',
    'silent-death',
    'poor-initialization',
    'saturated-activation',
    'learning-rate-too-high',
    'learning-rate-too-low',
    'dead-output',
    ...WILD,
    ...AFTERMATH,
  ],
  costsPartly: true,
  travels: 'forward',
} as const satisfies RuleDescription;

export const degenerateBatchNorm: Rule<typeof meta> = {
  meta,
  check({ model, history, evidence, option }) {
    const { learning, windows } = evidence;
    const examples = Math.min(model.batchSize, history.layout.trainingExamples);
    const degenerate = batchNormsOver(model, examples, option('values'));
    const [root] = degenerate;
    if (root === undefined || !learnedLittle(learning)) return [];
    const values = examples * positionsOf(root);
    const what =
      values === 1
        ? `1 value per feature, and a value minus its own mean is 0: the output of \`${root.path}\` is the same for every input`
        : `${values} values per feature, which become 1 and -1 at any size: \`${root.path}\` passes on little more than signs`;
    return [
      {
        rule: 'degenerate-batch-norm',
        severity: learning.state === 'destroyed' ? 'error' : 'warning',
        layer: root.path,
        layers: degenerate.map(({ path }) => path),
        at: placeOf(root),
        message:
          `With ${examples === 1 ? 'batches of 1' : `batches of ${examples}`}, batch-norm sees ${what}. ${outcomeOf(learning)}. ` +
          'Take batches of 16 or more, or layer-norm or group-norm.',
        measured: { values, batchSize: examples, lateLoss: learning.lateLoss, referenceLoss: learning.reference },
        step: windows.early[0]?.step ?? 0,
        related: [
          {
            at: { setting: 'batchSize' },
            message: `A batch has ${examples === 1 ? '1 example' : `${examples} examples`}.`,
          },
          ...alikePlaces(degenerate.slice(1), placeOf, path => `\`${path}\` normalizes as few values.`),
        ],
        fixes: ['larger-batch'],
        causal: ['larger-batch', 'layer-norm'],
      },
    ];
  },
};

/** Trained batch norms whose every feature has at most `most` values in a batch of `examples`. */
export function batchNormsOver(model: ModelSpec, examples: number, most: number): readonly LayerSpec[] {
  return allLayers(model.layers).filter(
    layer => layer.type === 'batch-norm' && layer.trainable && examples * positionsOf(layer) <= most,
  );
}

/** Values of one feature in an example: the positions of a map, the time steps of a sequence, 1 for a vector. */
function positionsOf({ outputShape }: LayerSpec): number {
  const values = outputShape.reduce((product, size) => product * size, 1);
  // Maps have their channels first, sequences their features last; the larger count is the safe one.
  return outputShape.length < 2
    ? 1
    : Math.max(values / outputShape[0], outputShape.length === 2 ? values / outputShape[1] : 1);
}
