/**
 * A front end that only tests have: one line such as `toy 4 8 8 1 relu rate 0.5 silent RULE`, which gives the sizes, the
 * activation of the hidden layers, the rate of sgd and the rules that are silenced.
 */
import { NotWritable, type FrontEnd, type ReadingContext, type Source } from '../../src/frontends/frontend';
import type { TextProblem } from '../../src/frontends/text-problem';
import type { Change } from '../../src/model/change';
import type { LayerDraft } from '../../src/model/layer-draft';
import { isLayerPlace, LEARNING_RATE_PLACE, samePlace, type Place } from '../../src/model/place';
import { resolveModel } from '../../src/model/resolve/resolve-model';
import { optimizerOf } from '../../src/model/vocabulary/setting-parts';
import { OPTIMIZERS } from '../../src/model/vocabulary/optimizers';
import { layerPartsOf, withDefaults } from '../../src/model/vocabulary/spec-parts';
import type { TextEdit, TextRange } from '../../src/text/text-edit';

export const TOY_REASON = 'A toy says no more than sizes, an activation and a rate: change it by hand.';

const SYNTAX = /^toy( \d+)( \d+)+ (relu|sigmoid|tanh) +rate +(\S+)(?: silent (\S+))?\s*$/;

/** @param writesRate whether it can write the learning rate, alone */
export function toyFrontEnd(writesRate: boolean): FrontEnd {
  return {
    id: 'toy',
    reads: fileName => fileName.endsWith('.toy'),
    read: (text, context) => readToy(text, context, writesRate),
  };
}

function readToy(text: string, context: ReadingContext, writesRate: boolean): Source {
  const words = [...text.matchAll(/\S+/g)].map(({ 0: word, index }) => ({
    word,
    range: { start: index, end: index + word.length },
  }));
  const whole = { start: 0, end: text.length };
  const sizeCount = words.slice(1).findIndex(({ word }) => !/^\d+$/.test(word));
  const sizes = words.slice(1, 1 + Math.max(0, sizeCount));
  const after = (name: string): (typeof words)[number] | undefined => {
    const index = words.findIndex(({ word }) => word === name);
    return index < 0 ? undefined : words[index + 1];
  };
  const activation = words[sizes.length + 1];
  const [rate, silent] = [after('rate'), after('silent')];
  const isToy = SYNTAX.test(text);
  const drafts = sizes.slice(1).map(({ word }, index): LayerDraft => {
    const name = `dense${index + 1}`;
    const isLast = index === sizes.length - 2;
    const parts = layerPartsOf('dense', { units: Number(word), activation: isLast ? 'identity' : activation.word });
    return { ...parts, name, path: name, inputs: [index === 0 ? '' : `dense${index}`] } as LayerDraft;
  });
  const { model, problems } = isToy
    ? resolveModel({
        input: { kind: 'features', shape: [Number(sizes[0].word)] },
        layers: drafts,
        settings: {
          name: 'Toy',
          loss: undefined,
          data: undefined,
          optimizer: optimizerOf(withDefaults(OPTIMIZERS, 'sgd', { learning_rate: Number(rate!.word) })),
          schedule: { type: 'constant' },
          clip: { type: 'none' },
          regularization: { l1: 0, l2: 0 },
          batchSize: 32,
          gradientAccumulation: 1,
          steps: 60,
          validation: 0,
          seed: 1,
        },
      })
    : { model: undefined, problems: [] };
  /** The word that says the place; `undefined` where the text leaves it out. */
  const wordOf = (place: Place): TextRange | undefined => {
    if (!isLayerPlace(place)) return samePlace(place, LEARNING_RATE_PLACE) ? rate?.range : undefined;
    const size = sizes[Number(place.layer.slice('dense'.length))];
    if (place.part === undefined || place.part === 'units') return size?.range;
    return place.part === 'activation' && size !== sizes.at(-1) ? activation?.range : undefined;
  };
  const rangeOf = (place: Place): TextRange =>
    wordOf(place) ?? (isLayerPlace(place) ? wordOf({ layer: place.layer }) : undefined) ?? sizes[1]?.range ?? whole;
  const rateWritten = ([change, ...more]: readonly Change[]): readonly TextEdit[] | undefined =>
    writesRate && rate && more.length === 0 && change.kind === 'set' && samePlace(change.at, LEARNING_RATE_PLACE)
      ? [{ range: rate.range, text: String(change.value) }].filter(({ text: value }) => value !== rate.word)
      : undefined;
  const syntax: readonly TextProblem[] = isToy
    ? []
    : [{ code: 'syntax', severity: 'error', message: 'Write `toy 4 8 1 relu rate 0.5`.', range: whole }];
  return {
    frontEnd: 'toy',
    context,
    text,
    model,
    problems: [...syntax, ...problems.map(({ at, ...problem }) => ({ ...problem, range: rangeOf(at) }))],
    rangeOf,
    extentOf: rangeOf,
    isWritten: place => wordOf(place) !== undefined,
    placeAt: offset => {
      const isAt = ({ start, end }: TextRange): boolean => offset >= start && offset <= end;
      if (rate && isAt(rate.range)) return { setting: 'optimizer' };
      const index = sizes.findIndex(({ range }) => isAt(range));
      return index > 0 ? { layer: `dense${index}` } : index === 0 ? { setting: 'input' } : undefined;
    },
    isIgnored: rule => silent?.word === rule,
    // One rule at a time, behind all else, for the whole text.
    ignore: (rule, place) =>
      place || silent || !isToy
        ? undefined
        : { range: { start: text.length, end: text.length }, text: ` silent ${rule}` },
    write: changes => rateWritten(changes) ?? new NotWritable(TOY_REASON),
  };
}
