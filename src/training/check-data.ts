/** What is wrong with the data of a model, found without training it. */
import { Random } from '../engine/random';
import type { ModelSpec } from '../model/model-spec';
import type { BlamedPlace } from '../model/place';
import type { DataSource } from './data/load-dataset';
import { readExamples } from './data/read-examples';
import type { Remark, Remedy } from './remark';
import { TrainingError } from './training-error';

/** Why data and model do not fit, with edits that put it right. */
export interface DataFault {
  readonly message: string;
  readonly source: BlamedPlace | undefined;
  readonly remedies: readonly Remedy[];
}

/** What reading the data showed: a fault that training would be refused for, or what was noticed without one. */
export interface DataReport {
  readonly fault: DataFault | undefined;
  readonly remarks: readonly Remark[];
}

/** Reads the data as training does, and reports what training would be refused for. */
export function checkData(model: ModelSpec, source: DataSource): DataReport {
  try {
    return { fault: undefined, remarks: readExamples(model, source, new Random(model.seed)).remarks };
  } catch (error) {
    if (!(error instanceof TrainingError)) throw error;
    const { message, source: place, remedies } = error;
    return { fault: { message, source: place, remedies }, remarks: [] };
  }
}
