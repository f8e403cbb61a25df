import { describe, expect, it } from 'vitest';
import { MalformedAnswerError } from '../../src/python/json-checks';
import { readTrace } from '../../src/python/read-trace';

const EMPTY = {
  version: 1,
  status: 'ended',
  error: null,
  files: ['/workspace/main.py'],
  places: [[0, 3, 9, 'forward']],
  stacks: [[0], []],
  tensors: [
    ['parameter', [2, 3], 'float32', null],
    ['constant', [2], 'float64', [1.5, 'inf']],
    ['activation', [2], 'float32', null],
  ],
  parameters: [],
  buffers: [],
  modules: [],
  calls: [],
  nodes: [['add', [['input', { tensor: 0 }]], [2], false, -1, 0]],
  optimizers: [],
  events: [],
  notes: [],
};

const read = (changes: object): unknown => readTrace(JSON.stringify({ ...EMPTY, ...changes }));

describe('an answer of Python', () => {
  it('becomes a trace', () => {
    const trace = readTrace(JSON.stringify(EMPTY));
    expect(trace.places).toEqual([{ file: 0, start: 3, end: 9, function: 'forward' }]);
    expect(trace.tensors[1].values).toEqual([1.5, Infinity]);
    expect(trace.tensors[2].madeBy).toBe(0);
    expect(trace.nodes[0].arguments.get('input')).toEqual({ kind: 'tensor', tensor: 0 });
    expect(trace.nodes[0].call).toBeUndefined();
  });

  it.each([
    ['no JSON', () => readTrace('{')],
    ['no record', () => readTrace('[]')],
    ['another version', () => read({ version: 2 })],
    ['an unknown status', () => read({ status: 'fine' })],
    ['a tensor that is not there', () => read({ nodes: [['add', [['input', { tensor: 3 }]], [], false, -1, 0]] })],
    ['an output that is not there', () => read({ nodes: [['add', [], [7], false, -1, 0]] })],
    ['a stack that is not there', () => read({ nodes: [['add', [], [], false, -1, 5]] })],
    ['a place that ends before it begins', () => read({ places: [[0, 9, 3, '']] })],
    ['a file that is not there', () => read({ places: [[1, 0, 3, '']] })],
    ['a size that is no integer', () => read({ tensors: [['data', [1.5], 'float32', null]] })],
    ['a negative size', () => read({ tensors: [['data', [-1], 'float32', null]] })],
    ['a text for a number', () => read({ tensors: [['data', ['1'], 'float32', null]] })],
    ['an unknown type', () => read({ tensors: [['data', [1], 'float31', null]] })],
    ['a value of no known kind', () => read({ nodes: [['add', [['input', { code: 'x' }]], [], false, -1, 0]] })],
    ['a deep value', () => read({ nodes: [['add', [['input', deep(40)]], [], false, -1, 0]] })],
    ['a long list', () => read({ notes: new Array(501).fill({}) })],
    ['a call that is not there', () => read({ nodes: [['add', [], [], false, 0, 0]] })],
    ['a missing list', () => read({ events: undefined })],
  ])('with %s is refused', (_name, answer) => {
    expect(answer).toThrow(MalformedAnswerError);
  });

  it('has its long texts shortened', () => {
    const note = { kind: 'left-out', text: 'x'.repeat(10_000), source: -1, count: 1, inForward: false };
    expect(readTrace(JSON.stringify({ ...EMPTY, notes: [note] })).notes[0].text).toHaveLength(4000);
  });
});

function deep(levels: number): unknown {
  return levels === 0 ? 1 : [deep(levels - 1)];
}
