/** JSON lines (https://jsonlines.org): an object a line, two fields of which are inputs and target. */
import type { DataSpec, ModelSpec } from '../../model/model-spec';
import { nearestName } from '../../model/vocabulary/nearest-name';
import { isReconstruction } from '../../model/reconstruction';
import { TrainingError } from '../training-error';
import type { NamedArray } from './array-examples';
import { checkFileSize, decodeText } from './given-files';
import type { NumericArray } from './numeric-array';
import { checkSize } from './size-limit';
import { PATH, type TableFile } from './table';

/** Axes of one example's inputs or target. */
const MAXIMUM_AXES = 4;
/** Lines between two reports of how far reading is, and between two checks of what they will take. */
const LINES_BETWEEN_REPORTS = 5000;
const SIZE_CHECKED = 5000;

export interface JsonLines {
  readonly inputs: NamedArray;
  /** Absent where the target is the input itself. */
  readonly targets: NamedArray | undefined;
}

/**
 * Reads both fields of every line that is not blank. Lists may be nested; every line must have the shape of the first.
 * A target that is a text is a class, numbered in alphabetical order; `true` and `false` are 1 and 0.
 * @throws TrainingError that names the line and the field.
 */
export function readJsonLines(
  model: ModelSpec,
  data: Extract<DataSpec, { readonly type: 'json-lines' }>,
  file: TableFile,
  limitBytes: number,
): JsonLines {
  const inputs = new Column(file, data.inputs);
  const targets = isReconstruction(data) ? undefined : new Column(file, data.target);
  let examples = 0;
  eachJsonLine(file, (fields, line) => {
    // Each line that is read is an example: too many are refused before the file has become one large table.
    if (++examples % SIZE_CHECKED === 0) checkSize(model, examples, limitBytes, 'read fewer with "rows"', PATH);
    inputs.add(fields, line);
    targets?.add(fields, line);
  });
  checkSize(model, examples, limitBytes, 'read fewer with "rows"', PATH);
  return {
    inputs: { array: inputs.toArray(), name: `"${data.inputs}" of ${file.name}`, source: ['data', 'inputs'] },
    targets: targets && {
      array: targets.toArray(),
      name: `"${data.target}" of ${file.name}`,
      source: ['data', 'target'],
    },
  };
}

/**
 * Calls `take` with the object of every line that is not blank, up to as many as are read.
 * @throws TrainingError where a line is no JSON object, or there is none
 */
export function eachJsonLine(
  file: TableFile,
  take: (fields: Readonly<Record<string, unknown>>, line: number) => void,
): void {
  checkFileSize(file.bytes, file.name, PATH);
  const text = decodeText({ ...file, source: PATH });
  const most = file.rows ?? Infinity;
  let count = 0;
  let line = 0;
  for (let start = 0; start < text.length && count < most;) {
    const next = text.indexOf('\n', start);
    const end = next < 0 ? text.length : next;
    const written = text.slice(start, end);
    line++;
    start = end + 1;
    if (written.trim() === '') continue;
    take(parseLine(written, line, file), line);
    if (++count % LINES_BETWEEN_REPORTS === 0) file.onReading?.(end / text.length);
  }
  if (count === 0) throw new TrainingError(`"${file.name}" is empty; it needs a JSON object a line.`, PATH);
}

function parseLine(text: string, line: number, file: TableFile): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Readonly<Record<string, unknown>>;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new TrainingError(`"${file.name}", line ${line} is no JSON: ${error.message}.`, PATH);
  }
  throw new TrainingError(
    `"${file.name}", line ${line}: a JSON object is needed, such as {"x": [1, 2], "y": 0}.`,
    PATH,
  );
}

/** One field over the lines. */
class Column {
  private readonly numbers: number[] = [];
  private readonly texts: string[] = [];
  private shape: readonly number[] | undefined;
  private lines = 0;

  constructor(
    private readonly file: TableFile,
    private readonly field: string,
  ) {}

  add(fields: Readonly<Record<string, unknown>>, line: number): void {
    if (!Object.hasOwn(fields, this.field)) throw this.missing(fields, line);
    const value = fields[this.field];
    const shape = shapeOf(value);
    this.shape ??= shape;
    if (shape.length > MAXIMUM_AXES) throw this.problem(line, `its lists are nested more than ${MAXIMUM_AXES} deep`);
    if (shape.join() !== this.shape.join()) {
      throw this.problem(
        line,
        `it has the shape [${shape.join(', ')}], but that of the first line is [${this.shape.join(', ')}]`,
      );
    }
    if (typeof value === 'string') this.texts.push(value);
    else this.flatten(value, shape, 0, line);
    this.lines++;
    if (this.texts.length > 0 && this.texts.length < this.lines)
      throw this.problem(line, 'some lines have a text and some a number');
  }

  toArray(): NumericArray {
    const shape = [this.lines, ...(this.shape ?? [])];
    if (this.texts.length === 0) return { shape, size: this.numbers.length, at: index => this.numbers[index] };
    const ids = new Map([...new Set(this.texts)].sort().map((text, id) => [text, id]));
    return { shape, size: this.lines, at: index => ids.get(this.texts[index]) ?? NaN };
  }

  private flatten(value: unknown, shape: readonly number[], axis: number, line: number): void {
    if (axis < shape.length) {
      if (!Array.isArray(value) || value.length !== shape[axis])
        throw this.problem(line, 'its lists are not equally long');
      for (const part of value) this.flatten(part, shape, axis + 1, line);
    } else if (typeof value === 'number' || typeof value === 'boolean') {
      this.numbers.push(Number(value));
    } else {
      throw this.problem(
        line,
        `a number is needed, not ${value === null ? 'null' : Array.isArray(value) ? 'a list' : `a ${typeof value}`}`,
      );
    }
  }

  private missing(fields: Readonly<Record<string, unknown>>, line: number): TrainingError {
    const near = nearestName(this.field, Object.keys(fields));
    return this.problem(
      line,
      `there is no such field${near ? `; did you mean "${near}"?` : ` among ${Object.keys(fields).join(', ') || 'none'}`}`,
    );
  }

  private problem(line: number, what: string): TrainingError {
    const ending = what.endsWith('?') ? '' : '.';
    return new TrainingError(`"${this.file.name}", line ${line}, "${this.field}": ${what}${ending}`, PATH);
  }
}

/** Of the first element along every axis; `[]` for a number or a text. */
function shapeOf(value: unknown): readonly number[] {
  const shape: number[] = [];
  for (let part = value; Array.isArray(part) && shape.length <= MAXIMUM_AXES; part = part[0]) shape.push(part.length);
  return shape;
}
