import type { ForeignName, SourceEntry, SourceNode, ModelFileLanguage } from '../source-document';
import type { TextProblem } from '../../text-problem';
import type { TextEdit } from '../../../text/text-edit';
import { ACTIVATION_CHOICES } from '../../../model/vocabulary/activations';
import { findKey, findNamed, findVariant, type Family } from '../../../model/vocabulary/family';
import { plainSpelling } from '../../../model/vocabulary/foreign/spelling';
import {
  KERAS_BATCH_NORM,
  LOSSES_OF_PROBABILITIES,
  translatedKey,
} from '../../../model/vocabulary/foreign/translated-keys';
import type { Key, Keys } from '../../../model/vocabulary/key';
import { LAYER_FAMILY } from '../../../model/vocabulary/layers';
import { MODEL_KEYS, TOKEN_KEYS } from '../../../model/vocabulary/model';
import { outputActivation } from './output-activation';
import { entriesInPlaceOf, nameRange, valueText, type Scalar } from './written-names';

/** A tree with our names, and what the text has in their place. */
export interface Translation {
  readonly root: SourceNode;
  readonly foreignNames: readonly ForeignName[];
  readonly problems: readonly TextProblem[];
}

type MappingNode = Extract<SourceNode, { kind: 'mapping' }>;
type ScalarNode = Extract<SourceNode, { kind: 'scalar' }>;

/**
 * Puts our names in place of those of PyTorch and Keras that mean the same, in any style of writing, so that nothing
 * behind the parser knows any other. Ranges stay those of the text. What is no such name, or would be given twice,
 * stays as it is.
 */
export function translateNames(root: SourceNode, text: string, language: ModelFileLanguage): Translation {
  const translator = new Translator(text, language, root);
  const translated = root.kind === 'mapping' ? translator.entries(root, MODEL_KEYS) : root;
  return { root: translated, foreignNames: translator.names(), problems: translator.problems };
}

class Translator {
  readonly problems: TextProblem[] = [];
  /** By the place of each; what an alias stands for is met at every use. */
  private readonly found = new Map<number, ForeignName>();

  constructor(
    private readonly text: string,
    private readonly language: ModelFileLanguage,
    private readonly root: SourceNode,
  ) {}

  names(): readonly ForeignName[] {
    return [...this.found.values()].sort((one, other) => one.range.start - other.range.start);
  }

  /** Translates the keys of a mapping and what stands behind them. */
  entries(node: MappingNode, keys: Keys): MappingNode {
    const given = new Set(node.entries.map(({ key }) => key));
    const entries = node.entries.map(entry => {
      const named = this.entry(entry, keys, given);
      given.add(named.key);
      const key = Object.hasOwn(keys, named.key) ? keys[named.key] : undefined;
      const value = key === undefined ? named.value : this.value(named.value, key);
      return value === named.value ? named : { ...named, value };
    });
    return entries.some((entry, index) => entry !== node.entries[index]) ? { ...node, entries } : node;
  }

  private entry(entry: SourceEntry, keys: Keys, given: ReadonlySet<string>): SourceEntry {
    const translated = this.translatedEntry(entry, keys, given);
    if (translated) {
      return translated;
    }
    const own = Object.hasOwn(keys, entry.key) ? undefined : findKey(keys, entry.key)?.name;
    if (own === undefined || given.has(own)) {
      return entry;
    }
    this.note(entry.key, own, [{ range: nameRange(this.text, entry.keyRange), text: own }]);
    return { ...entry, key: own, written: entry.key };
  }

  /** An entry whose value is written otherwise too. */
  private translatedEntry(entry: SourceEntry, keys: Keys, given: ReadonlySet<string>): SourceEntry | undefined {
    const rule = translatedKey(entry.key);
    if (rule === undefined || !Object.hasOwn(keys, rule.own) || (entry.key !== rule.own && given.has(rule.own))) {
      return undefined;
    }
    const { value } = entry;
    const match = value.kind === 'scalar' ? rule.values.find(([from]) => from === value.value) : undefined;
    return match && this.rewrite(entry, rule.own, match[1]);
  }

  private rewrite(entry: SourceEntry, own: string, value: Scalar): SourceEntry {
    const edits = [
      ...(entry.key === own ? [] : [{ range: nameRange(this.text, entry.keyRange), text: own }]),
      { range: entry.value.range, text: valueText(value, this.language) },
    ];
    this.note(entry.key, own, edits);
    return {
      ...entry,
      key: own,
      written: entry.key,
      translated: true,
      value: { kind: 'scalar', range: entry.value.range, value },
    };
  }

  private value(node: SourceNode, { value }: Key): SourceNode {
    switch (value.kind) {
      case 'choice': {
        const own =
          node.kind === 'scalar' && typeof node.value === 'string'
            ? findNamed(value.choices, node.value)?.name
            : undefined;
        return own === undefined ? node : this.name(node as ScalarNode, own);
      }
      case 'variant':
        return this.member(node, value.family());
      case 'group':
        return node.kind === 'mapping' ? this.entries(node, value.keys) : node;
      case 'input':
        return node.kind === 'mapping' ? this.entries(node, TOKEN_KEYS) : node;
      case 'layers': {
        if (node.kind !== 'sequence') return node;
        const items = node.items.map(item => this.member(item, LAYER_FAMILY));
        return items.some((item, index) => item !== node.items[index]) ? { ...node, items } : node;
      }
      default:
        return node;
    }
  }

  /** A mapping with a `type`, or the name alone. */
  private member(node: SourceNode, family: Family): SourceNode {
    if (node.kind === 'scalar') {
      const own = family.byName && typeof node.value === 'string' ? findVariant(family, node.value)?.name : undefined;
      return own === undefined ? node : this.familyName(node, own, family);
    }
    const entry = node.kind === 'mapping' ? node.entries.find(({ key }) => key === 'type') : undefined;
    if (node.kind !== 'mapping' || entry?.value.kind !== 'scalar' || typeof entry.value.value !== 'string') {
      return node;
    }
    const written = entry.value.value;
    const variant = findVariant(family, written);
    if (!variant) {
      return family === LAYER_FAMILY ? this.activationLayer(node, entry, written) : node;
    }
    const read = plainSpelling(written) === KERAS_BATCH_NORM ? this.kerasMomentum(node, entry) : node;
    const value =
      read === node
        ? this.familyName(entry.value, variant.name, family, node, entry)
        : { ...entry.value, value: variant.name, written };
    const typed =
      value === entry.value
        ? read
        : { ...read, entries: read.entries.map(each => (each.key === 'type' ? { ...each, value } : each)) };
    return this.entries(typed, variant.keys);
  }

  /** `{ type: relu }` is a layer of type `activation`. */
  private activationLayer(node: MappingNode, entry: SourceEntry, written: string): SourceNode {
    const activation = findNamed(ACTIVATION_CHOICES, written)?.name;
    const variant = findVariant(LAYER_FAMILY, 'activation');
    if (
      activation === undefined ||
      !variant ||
      node.entries.some(({ key }) => findKey(variant.keys, key)?.name === 'activation')
    ) {
      return node;
    }
    const pairs = [
      ['type', 'activation'],
      ['activation', activation],
    ] as const;
    this.note(written, `activation: ${activation}`, [entriesInPlaceOf(this.text, this.language, node, entry, pairs)]);
    const { range } = entry.value;
    const made = (key: string, value: string): SourceEntry => ({
      ...entry,
      key,
      value: { kind: 'scalar', range, value, written },
    });
    const entries = node.entries.flatMap(each =>
      each === entry ? pairs.map(([key, value]) => made(key, value)) : [each],
    );
    return this.entries({ ...node, entries }, variant.keys);
  }

  /** Keras's momentum of a batch-norm is 1 minus ours. */
  private kerasMomentum(node: MappingNode, type: SourceEntry): MappingNode {
    const entry = node.entries.find(({ key }) => key === 'momentum');
    const value = entry?.value.kind === 'scalar' ? entry.value.value : undefined;
    if (!entry || typeof value !== 'number' || !(value >= 0 && value < 1)) {
      return node;
    }
    const own = Number((1 - value).toPrecision(12));
    const edits = [
      { range: nameRange(this.text, type.value.range), text: 'batch-norm' },
      { range: entry.value.range, text: String(own) },
    ];
    this.note('BatchNormalization', 'batch-norm', edits);
    const message =
      `Keras's \`momentum\` weighs the old statistics, ours (as in PyTorch) the newest batch, so ${value} is ` +
      `read as ${own}; write \`type: batch-norm, momentum: ${own}\`.`;
    this.problems.push({
      code: 'other-meaning',
      severity: 'warning',
      message,
      range: entry.value.range,
      remedy: { title: `Write batch-norm with momentum ${own}`, edits },
    });
    const entries = node.entries.map(each =>
      each === entry ? { ...each, value: { kind: 'scalar' as const, range: each.value.range, value: own } } : each,
    );
    return { ...node, entries };
  }

  /** A name in its place; of a loss on probabilities also what says so. */
  private familyName(
    node: ScalarNode,
    own: string,
    family: Family,
    mapping?: MappingNode,
    entry?: SourceEntry,
  ): ScalarNode {
    const written = String(node.value);
    const says = mapping?.entries.some(({ key }) => plainSpelling(key) === 'fromlogits') === true;
    const folds =
      family.noun === 'loss' &&
      written !== own &&
      !says &&
      LOSSES_OF_PROBABILITIES.has(plainSpelling(written)) &&
      outputActivation(this.root) === (own === 'cross-entropy' ? 'softmax' : 'sigmoid');
    if (!folds) {
      return this.name(node, own);
    }
    const pairs = [
      ['type', own],
      ['from_logits', false],
    ] as const;
    const quote = this.language === 'json' ? '"' : '';
    this.note(written, own, [
      mapping && entry
        ? entriesInPlaceOf(this.text, this.language, mapping, entry, pairs)
        : {
            range: node.range,
            text: `{ ${pairs.map(([key, value]) => `${quote}${key}${quote}: ${valueText(value, this.language)}`).join(', ')} }`,
          },
    ]);
    return { ...node, value: own, written };
  }

  private name(node: ScalarNode, own: string): ScalarNode {
    const written = String(node.value);
    if (written === own) {
      return node;
    }
    this.note(written, own, [{ range: nameRange(this.text, node.range), text: own }]);
    return { ...node, value: own, written };
  }

  private note(written: string, own: string, edits: readonly TextEdit[]): void {
    const { range } = edits[0];
    const known = this.found.get(range.start);
    // What two aliases read as different things has no one name of ours.
    if (known && known.own !== own) {
      this.found.set(range.start, { ...known, edits: [] });
    } else {
      this.found.set(range.start, { range, written, own, edits });
    }
  }
}
