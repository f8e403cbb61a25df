/** The engine against PyTorch: every number that the golden cases record, in both precisions. */
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readCase, type CaseLayer, type GoldenCase } from '../../src/cli/golden/case-file';
import { caseLine } from '../../src/cli/golden/report';
import { runCase } from '../../src/cli/golden/run-case';
import { modelFileSchema } from '../../src/frontends/model-file/schema';
import { FOLDER } from './cases';

const CASES = readdirSync(FOLDER)
  .filter(file => file.endsWith('.json'))
  .map(file => readCase(FOLDER, file.slice(0, -5)));
/** Every word that a model file may use, as editors are told. */
const VOCABULARY = JSON.stringify(modelFileSchema());

/** Names of operators that a case asks for. */
function operatorsOf({ spec }: GoldenCase): readonly string[] {
  const ofLayer = (layer: CaseLayer): readonly string[] => [
    layer.type,
    ...(layer['weight_norm'] ? ['weight_norm'] : []),
    ...[...(layer.layers ?? []), ...(layer.shortcut ?? [])].flatMap(ofLayer),
  ];
  const others = [spec.loss, spec.optimizer, spec.clip, spec.schedule].flatMap(mapping => mapping?.type ?? []);
  return [...spec.layers.flatMap(ofLayer), ...others, ...(spec.optimizer['amsgrad'] ? ['amsgrad'] : [])];
}

describe.each(['float32', 'float64'] as const)('%s', precision => {
  const results = CASES.map(golden => runCase(golden, precision));

  const supported = results.filter(({ status }) => status !== 'not-supported');
  it.each(supported.map(result => [result.name, result] as const))('%s', (_, result) => {
    expect(result.status, caseLine(result)).toBe('passed');
  });

  it('leaves out those cases alone that need an operator model files do not have', () => {
    const missing = CASES.filter(golden => operatorsOf(golden).some(operator => !VOCABULARY.includes(`"${operator}"`)));
    const left = results.filter(({ status }) => status === 'not-supported');
    expect(left.map(({ name }) => name)).toEqual(missing.map(({ spec }) => spec.name));
  });

  it('compares every field that is recorded', () => {
    const compared = results.map(result => ('compared' in result ? result.compared : 0));
    const total = compared.reduce((sum, count) => sum + count, 0);
    expect(total).toBeGreaterThan(20_000);
  });
});
