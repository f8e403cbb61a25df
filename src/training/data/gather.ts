/** Picks examples out of a table. */
type Rows = Float32Array | Int32Array;

/**
 * Returns a function that copies the rows of some examples one after another: rows `[examples, size]`, picked `[picked,
 * size]`. Its result is used again by the next call.
 * @param capacity examples that are picked at most at once
 */
export function rowPicker(rows: Rows, size: number, capacity: number): (examples: Int32Array) => Rows {
  const picked = rows instanceof Int32Array ? new Int32Array(capacity * size) : new Float32Array(capacity * size);
  return examples => {
    for (let i = 0; i < examples.length; i++) {
      const start = examples[i] * size;
      for (let j = 0; j < size; j++) picked[i * size + j] = rows[start + j];
    }
    return picked.subarray(0, examples.length * size);
  };
}
