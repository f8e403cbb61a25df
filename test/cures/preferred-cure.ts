/**
 * Measures the cures of a faulty model as the editor does, applies the preferred one and trains it with seeds it was
 * not chosen by.
 */
import { ModelFileSource } from '../../src/frontends/model-file/model-file-source';
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose';
import { isAlarm } from '../../src/diagnosis/finding';
import { compileModel } from '../../src/frontends/model-file/compile';
import { dataFilesOf } from '../../src/model/data-files';
import { applyEdits } from '../../src/frontends/model-file/edit';
import type { ModelSpec } from '../../src/model/model-spec';
import { parseModelFile } from '../../src/frontends/model-file/parse';
import type { ModelFileLanguage } from '../../src/frontends/model-file/source-document';
import { runToEnd } from '../../src/training/run-in-process';
import { measureTrial } from '../../src/verification/measure-trial';
import { isUnder } from '../../src/verification/training-bar';
import { verifyFixes } from '../../src/verification/verify-fixes';
import { EXAMPLES } from '../diagnosis/train-text';

/** Seeds far from all that a cure is chosen or confirmed by. */
const UNSEEN = [1001, 1002, 1003, 1004, 1005];
/** The default of the setting `gradientHealth.verification.seeds`. */
const SEEDS = 3;

/**
 * Expects that the preferred cure of the text's first alarm trains with every unseen seed. A model without an alarm
 * needs no cure, and one that trains as it is may be without a better one.
 */
export async function expectCureToTrain(text: string, language: ModelFileLanguage): Promise<void> {
  const document = parseModelFile(text, language);
  const { model } = compileModel(document);
  if (!model) throw new Error(`This is no model:\n${text}`);
  const history = train(model);
  const findings = diagnose(model, history);
  if (findings.length === 0) throw new Error(`Nothing is found in\n${text}`);
  const finding = findings.find(isAlarm);
  if (finding === undefined) return;
  const verified = await verifyFixes(
    {
      source: new ModelFileSource(document, { fileName: 'a.model.yaml', language: language }),
      model,
      history,
      finding,
    },
    candidate => Promise.resolve({ history: train(candidate) }),
    {
      seeds: SEEDS,
      concurrency: 1,
      known: [measureTrial(model, { history })],
    },
  );
  const preferred = verified.fixes.find(fix => fix.preferred);
  if (preferred === undefined && verified.baseline.trainsIn === SEEDS) return;
  const tried = verified.candidates.map(
    ({ id, trainsIn, seeds, relativeLoss }) => `${id} ${trainsIn}/${seeds} ${relativeLoss.toPrecision(3)}`,
  );
  expect(preferred, `${finding.rule}: ${verified.summary}\n${tried.join('\n')}`).toBeDefined();
  const cured = compileModel(parseModelFile(applyEdits(text, preferred!.edits), language)).model!;
  const outcomes = UNSEEN.map(seed => measureTrial(cured, { history: train({ ...cured, seed }) }));
  const losses = outcomes.map(({ relativeLoss }) => relativeLoss.toPrecision(3)).join(', ');
  expect(
    outcomes.filter(trial => isUnder(verified.bar, trial)).length,
    `${preferred!.title}; unseen seeds: ${losses}`,
  ).toBe(UNSEEN.length);
}

function train(model: ModelSpec): ReturnType<typeof runToEnd> {
  const files = Object.fromEntries(
    dataFilesOf(model.data).map(({ path }) => [path, readFileSync(`${EXAMPLES}${path}`)]),
  );
  return runToEnd(model, { memoryLimitBytes: 2 ** 29, files });
}
