import type { Variant } from '../../../model/vocabulary/family';
import type { Key } from '../../../model/vocabulary/key';
import { writtenText } from '../../../model/vocabulary/documentation';

/** A snippet of a mapping on one line, `{ type: dense, units: ${1:64}, activation: ${2:relu} }`. */
export function flowSnippet(variant: Variant): string {
  return `{ type: ${variant.name}${fields(variant)
    .map(field => `, ${field}`)
    .join('')} }`;
}

/** The same as the lines of a block; every line but the first is moved in by `indent`. */
export function blockSnippet(variant: Variant, indent: string): string {
  return [`type: ${variant.name}`, ...fields(variant)].join(`\n${indent}`);
}

function fields(variant: Variant): string[] {
  return (variant.usual ?? []).map((name, index) => `${name}: ${placeholder(variant.keys[name], index + 1)}`);
}

/** A tab stop with an example of the key's value. */
function placeholder(key: Key | undefined, number: number): string {
  if (key?.value.kind === 'layers') {
    return `[{ type: dense, units: \${${number}:64} }]`;
  }
  return `\${${number}:${exampleOf(key) ?? ''}}`;
}

/** An example of the value: the one its snippet gives, or its default. */
export function exampleOf(key: Key | undefined): string | undefined {
  const written = /\$\{\d+:(.*)\}/.exec(key?.snippet ?? '')?.[1];
  return written ?? (key?.default === undefined ? undefined : writtenText(key.default));
}

interface ModelSnippet {
  readonly label: string;
  readonly description: string;
  readonly lines: readonly string[];
}

/** Whole models to begin an empty file with. */
export const MODEL_SNIPPETS: readonly ModelSnippet[] = [
  {
    label: 'classifier',
    description: 'A small network that classifies points.',
    lines: [
      'name: ${1:My classifier}',
      'input: [${2:2}]',
      'layers:',
      '  - { name: hidden, type: dense, units: ${3:32}, activation: relu, kernel_initializer: he-normal }',
      '  - { name: answer, type: dense, units: ${4:3} }',
      'data: ${5:blobs}',
      '$0',
    ],
  },
  {
    label: 'sequence model',
    description: 'A recurrent network that must remember two numbers from a long sequence.',
    lines: [
      'name: ${1:My sequence model}',
      'input: [${2:50}, 2]',
      'layers:',
      '  - { name: memory, type: ${3:lstm}, units: ${4:32} }',
      '  - { name: answer, type: dense, units: 1 }',
      'data: adding-problem',
      'clip: { type: norm, max: ${5:1.0} }',
      '$0',
    ],
  },
  {
    label: 'model of a CSV file',
    description: 'A network that predicts one column of a CSV file from the others.',
    lines: [
      'name: ${1:My model}',
      'input: [${2:4}]',
      'layers:',
      '  - { name: hidden, type: dense, units: ${3:32}, activation: relu, kernel_initializer: he-normal }',
      '  - { name: answer, type: dense, units: ${4:1} }',
      'data: { type: csv, path: ${5:data.csv}, target: ${6:target}, standardize: true }',
      'validation: 0.2',
      '$0',
    ],
  },
];
