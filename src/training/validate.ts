import type { Session } from '../engine/session-contract';
import { INPUT, TARGET } from './build-network';
import type { Dataset } from './data/dataset';
import { rowPicker } from './data/gather';
import type { ValidationRecord } from '../record/step-record';

/**
 * Returns a function that measures loss (without regularization) and accuracy over the held-back examples in evaluation
 * mode: no dropout, running statistics. The last batch may be a part of one; every example counts the same, except that
 * with class weights the answers within a batch count by them.
 * @param batch examples that the session evaluates at once
 */
export function validator(
  session: Session,
  data: Dataset,
  examples: Int32Array,
  batch: number,
): () => ValidationRecord {
  const pickInputs = rowPicker(data.inputs, data.inputSize, batch);
  const pickTargets = rowPicker(data.targets, data.targetSize, batch);
  return () => {
    let loss = 0;
    let right: number | undefined;
    for (let start = 0; start < examples.length; start += batch) {
      const part = examples.subarray(start, start + batch);
      session.feedEvaluation(INPUT, pickInputs(part));
      session.feedEvaluation(TARGET, pickTargets(part));
      const result = session.evaluate(part.length);
      loss += result.loss * part.length;
      if (result.accuracy !== undefined) right = (right ?? 0) + result.accuracy * part.length;
    }
    return { loss: loss / examples.length, ...(right !== undefined && { accuracy: right / examples.length }) };
  };
}
