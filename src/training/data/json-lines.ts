/** JSON lines (https://jsonlines.org): an object a line, two fields of which are inputs and target. */
import type { ModelSpec } from '../../spec/model-spec';
import { nearestName } from '../../spec/nearest-name';
import { TrainingError } from '../training-error';
import type { NamedArray } from './array-examples';
import { decodeText, type NamedBytes } from './data-files';
import type { NumericArray } from './numeric-array';
import { checkSize } from './size-limit';

/** Axes of one example's inputs or target. */
const MAXIMUM_AXES = 4;

export interface JsonLines {
  readonly inputs: NamedArray;
  readonly targets: NamedArray;
}

/**
 * Reads both fields of every line that is not blank. Lists may be nested; every line must have the shape of the first. A target
 * that is a text is a class, numbered in alphabetical order; `true` and `false` are 1 and 0.
 * @throws TrainingError that names the line and the field.
 */
export function readJsonLines(
  model: ModelSpec, settings: { readonly inputs: string; readonly target: string }, file: NamedBytes, limitBytes: number,
): JsonLines {
  const lines = decodeText(file).split('\n').map((text, index) => ({ text, line: index + 1 })).filter(({ text }) => text.trim() !== '');
  if (lines.length === 0) throw new TrainingError(`"${file.name}" is empty; it needs a JSON object a line.`, file.source);
  checkSize(model, lines.length, limitBytes, 'use fewer lines', file.source);
  const inputs = new Column(file, settings.inputs);
  const targets = new Column(file, settings.target);
  for (const { text, line } of lines) {
    const fields = parseLine(text, line, file);
    inputs.add(fields, line);
    targets.add(fields, line);
  }
  return {
    inputs: { array: inputs.toArray(), name: `"${settings.inputs}" of ${file.name}`, source: ['data', 'inputs'] },
    targets: { array: targets.toArray(), name: `"${settings.target}" of ${file.name}`, source: ['data', 'target'] },
  };
}

function parseLine(text: string, line: number, file: NamedBytes): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Readonly<Record<string, unknown>>;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new TrainingError(`"${file.name}", line ${line} is no JSON: ${error.message}.`, file.source);
  }
  throw new TrainingError(`"${file.name}", line ${line}: a JSON object is needed, such as {"x": [1, 2], "y": 0}.`, file.source);
}

/** One field over the lines. */
class Column {
  private readonly numbers: number[] = [];
  private readonly texts: string[] = [];
  private shape: readonly number[] | undefined;
  private lines = 0;

  constructor(private readonly file: NamedBytes, private readonly field: string) {}

  add(fields: Readonly<Record<string, unknown>>, line: number): void {
    if (!Object.hasOwn(fields, this.field)) throw this.missing(fields, line);
    const value = fields[this.field];
    const shape = shapeOf(value);
    this.shape ??= shape;
    if (shape.length > MAXIMUM_AXES) throw this.problem(line, `its lists are nested more than ${MAXIMUM_AXES} deep`);
    if (shape.join() !== this.shape.join()) {
      throw this.problem(line, `it has the shape [${shape.join(', ')}], but that of the first line is [${this.shape.join(', ')}]`);
    }
    if (typeof value === 'string') this.texts.push(value);
    else this.flatten(value, shape, 0, line);
    this.lines++;
    if (this.texts.length > 0 && this.texts.length < this.lines) throw this.problem(line, 'some lines have a text and some a number');
  }

  toArray(): NumericArray {
    const shape = [this.lines, ...(this.shape ?? [])];
    if (this.texts.length === 0) return { shape, size: this.numbers.length, at: (index) => this.numbers[index] };
    const ids = new Map([...new Set(this.texts)].sort().map((text, id) => [text, id]));
    return { shape, size: this.lines, at: (index) => ids.get(this.texts[index]) ?? NaN };
  }

  private flatten(value: unknown, shape: readonly number[], axis: number, line: number): void {
    if (axis < shape.length) {
      if (!Array.isArray(value) || value.length !== shape[axis]) throw this.problem(line, 'its lists are not equally long');
      for (const part of value) this.flatten(part, shape, axis + 1, line);
    } else if (typeof value === 'number' || typeof value === 'boolean') {
      this.numbers.push(Number(value));
    } else {
      throw this.problem(line, `a number is needed, not ${value === null ? 'null' : Array.isArray(value) ? 'a list' : `a ${typeof value}`}`);
    }
  }

  private missing(fields: Readonly<Record<string, unknown>>, line: number): TrainingError {
    const near = nearestName(this.field, Object.keys(fields));
    return this.problem(line, `there is no such field${near ? `; did you mean "${near}"?` : ` among ${Object.keys(fields).join(', ') || 'none'}`}`);
  }

  private problem(line: number, what: string): TrainingError {
    const ending = what.endsWith('?') ? '' : '.';
    return new TrainingError(`"${this.file.name}", line ${line}, "${this.field}": ${what}${ending}`, this.file.source);
  }
}

/** Of the first element along every axis; `[]` for a number or a text. */
function shapeOf(value: unknown): readonly number[] {
  const shape: number[] = [];
  for (let part = value; Array.isArray(part) && shape.length <= MAXIMUM_AXES; part = part[0]) shape.push(part.length);
  return shape;
}
