/** Files of a golden case (see test/golden/README.md): what was measured, and the tensors it starts from. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fromWire } from '../../protocol/wire-number';
import type { WireNumber } from '../../protocol/panel-messages';
import { readSafetensors, type StoredTensor } from '../safetensors';

/** A layer, optimizer, loss … as the case spells it: `type` and what belongs to it. */
export interface CaseMapping {
  readonly type: string;
  readonly [key: string]: unknown;
}

export interface CaseLayer extends CaseMapping {
  readonly name: string;
  readonly layers?: readonly CaseLayer[];
  readonly shortcut?: readonly CaseLayer[];
}

/**
 * Numbers of a field: one, one a name, one a place, or series by name by layer. "nan", "inf" and "-inf" are strings.
 */
export type Measured = WireNumber | readonly WireNumber[] | { readonly [name: string]: Measured };

/** A record of a step, or the end of the run: fields by name. */
export type MeasuredRecord = { readonly [field: string]: Measured };

export interface CaseSpec {
  readonly name: string;
  readonly steps: number;
  readonly input: readonly number[];
  readonly target: readonly number[];
  /** Number of token ids, where the input is tokens. */
  readonly vocabulary?: number;
  readonly classes?: number;
  readonly layers: readonly CaseLayer[];
  readonly loss: CaseMapping & { readonly l1?: number; readonly l2?: number };
  readonly optimizer: CaseMapping;
  readonly schedule?: CaseMapping;
  readonly clip?: CaseMapping;
}

export interface GoldenCase {
  readonly spec: CaseSpec;
  readonly history: readonly MeasuredRecord[];
  /** Fields measured after the last update. */
  readonly end: MeasuredRecord;
  /** Deviation of float32 from float64, by field. */
  readonly deviation: Readonly<Record<'first_step' | 'all_steps', Readonly<Record<string, number>>>>;
  readonly zeroGradientParameters: readonly string[];
  readonly firstNotFiniteStep: { readonly float64: number | null; readonly float32: number | null };
  readonly tensors: ReadonlyMap<string, StoredTensor>;
}

const END_FIELDS = ['final_parameter_norms', 'final_change_norms', 'final_buffer_norms'] as const;

/**
 * Reads `<name>.json` and `<name>.safetensors` of a folder.
 * @throws Error where a file is missing or damaged
 */
export function readCase(folder: string, name: string): GoldenCase {
  const record = JSON.parse(readFileSync(path.join(folder, `${name}.json`), 'utf8'));
  const end: Record<string, Measured> = {};
  for (const field of END_FIELDS) if (record[field] !== undefined) end[field] = record[field];
  return {
    spec: { ...record, name },
    history: record.history,
    end,
    deviation: record.float32_deviation,
    zeroGradientParameters: record.zero_gradient_parameters ?? [],
    firstNotFiniteStep: record.first_not_finite_step ?? { float64: null, float32: null },
    tensors: readSafetensors(readFileSync(path.join(folder, `${name}.safetensors`))),
  };
}

/** A tensor of the case. @throws Error where the case has none of that name. */
export function tensorOf(golden: GoldenCase, name: string): StoredTensor {
  const tensor = golden.tensors.get(name);
  if (!tensor) throw new Error(`${golden.spec.name} has no tensor "${name}".`);
  return tensor;
}

/** A field as flat numbers, each with where in the field it stands: a parameter, a layer, a time step. */
export function leavesOf(value: Measured, place = ''): readonly { readonly place: string; readonly value: number }[] {
  if (typeof value !== 'object') return [{ place, value: fromWire(value) }];
  const entries: readonly (readonly [string, Measured])[] = Array.isArray(value)
    ? value.map((item: WireNumber, index) => [String(index), item] as const)
    : Object.entries(value);
  return entries.flatMap(([name, item]) => leavesOf(item, place === '' ? name : `${place} ${name}`));
}
