import type { InputSpec } from '../../../model/model-spec';
import type { SourceNode } from '../source-document';
import { MAX_ELEMENTS, MAX_TIME } from '../../../model/vocabulary/limits';
import { TOKEN_KEYS } from '../../../model/vocabulary/model';
import { report, type Compilation } from './compilation';
import { describeFound } from './describe-found';
import { readMapping } from './read-mapping';
import { elementCount } from '../../../model/resolve/shape-text';

/** Axes of an example: features, [time, features], [channels, length], [channels, height, width]. */
const MAX_AXES = 4;

/** Reads `input`: a whole number, a list of sizes, or a mapping for token ids. `undefined`: the problem is reported. */
export function readInput(compilation: Compilation, node: SourceNode): InputSpec | undefined {
  if (node.kind === 'mapping') {
    const values = readMapping(compilation, node, TOKEN_KEYS, { place: '`input`', path: ['input'] });
    return values && { kind: 'tokens', vocabulary: values.tokens, length: values.length };
  }
  const sizes = node.kind === 'sequence' ? node.items : [node];
  const shape: number[] = [];
  for (const size of sizes) {
    const value = readSize(compilation, size, node.kind === 'sequence');
    if (value === undefined) {
      return undefined;
    }
    shape.push(value);
  }
  if (shape.length === 0 || shape.length > MAX_AXES) {
    const message = `\`input\` must have 1 to ${MAX_AXES} sizes, such as \`[4]\` or \`[100, 2]\`, but has ${shape.length}.`;
    report(compilation, 'out-of-range', message, node.range);
    return undefined;
  }
  if (elementCount(shape) > MAX_ELEMENTS) {
    const message =
      `\`input\` has ${elementCount(shape).toLocaleString('en-US')} numbers per example; at most ` +
      `${MAX_ELEMENTS.toLocaleString('en-US')} can be trained here.`;
    report(compilation, 'limit', message, node.range);
    return undefined;
  }
  return { kind: 'features', shape };
}

function readSize(compilation: Compilation, node: SourceNode, listed: boolean): number | undefined {
  const value = node.kind === 'scalar' ? node.value : undefined;
  const subject = listed ? 'A size in `input`' : '`input`';
  const expected = listed
    ? 'a whole number'
    : 'a whole number, a shape such as `[100, 2]`, or `{ tokens: 64, length: 30 }`';
  if (typeof value !== 'number' || !Number.isInteger(value)) {
    report(compilation, 'wrong-type', `${subject} must be ${expected}, but is ${describeFound(node)}.`, node.range);
    return undefined;
  }
  if (value < 1 || value > MAX_TIME) {
    const range = `from 1 to ${MAX_TIME.toLocaleString('en-US')}`;
    report(compilation, 'out-of-range', `${subject} must be ${range}, but is ${value}.`, node.range);
    return undefined;
  }
  return value;
}
