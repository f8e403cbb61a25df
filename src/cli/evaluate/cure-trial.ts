/**
 * The preferred cure of a finding, found by measuring as the editor does, and tried with seeds that it was not chosen
 * by.
 */
import { diagnose } from '../../diagnosis/diagnose';
import type { Finding } from '../../diagnosis/finding';
import { verdictOf, type Verdict } from '../../diagnosis/verdict';
import type { RunHistory } from '../../record/run-history';
import { NotWritable } from '../../frontends/frontend';
import type { ModelSpec } from '../../model/model-spec';
import { runToEnd } from '../../training/run-in-process';
import { changeSource } from '../../verification/change-source';
import { measurePartialHarm } from '../../verification/partial-harm';
import { verifyFixes, type VerifiedFixes } from '../../verification/verify-fixes';
import { diagnosisSettings, MEMORY_LIMIT_BYTES, type DiagnosedRun } from '../train/diagnosed-run';
import { readDataFiles, readModelFile } from '../train/model-file';
import { changedLayers } from './changed-layers';
import { needsTwin, outcomeOf, type Outcome } from './outcome';

/** A cured model trained with one seed. */
export interface CuredRun {
  readonly seed: number;
  readonly outcome: Outcome;
  readonly verdict: Verdict | undefined;
  /** Outcome of the twin with the same seed; absent where nothing hangs on it. */
  readonly twin?: Outcome;
}

/** The effect of the preferred cure. */
export interface CureTrial {
  readonly verdict: VerifiedFixes['verdict'];
  /** Title of the preferred cure, with its measured effect; empty where there is none. */
  readonly title: string;
  /** Ids of the fixes that it is made of. */
  readonly fixes: readonly string[];
  /** Layers of the faulty model that it changes, adds something to, or takes away. */
  readonly layers: readonly string[];
  /** The cured model with seeds that the cure was not chosen by; empty where there was no cure to train. */
  readonly runs: readonly CuredRun[];
}

/** Seeds that choose a cure, and seeds that try it. */
export interface CureRequest {
  /** Model file without the fault. */
  readonly twin: string;
  /** Seeds that the cure is chosen by; the extension's default is 3. */
  readonly seeds: number;
  /** Seeds that it is tried with. */
  readonly heldBackSeeds: number;
}

/** Far from all seeds that anything was chosen by. */
const FIRST_HELD_BACK = 1000;

/** Seeds that the counterfactual is measured with: the extension's default. */
const COST_SEEDS = 3;

/**
 * Measures the cost of a fault in a run that trains, as the editor does in the background; `undefined` where nothing is
 * clearly better.
 */
export function costOf({ file, model, history }: DiagnosedRun): Promise<Finding | undefined> {
  const trainWith = trainer(file.path, model);
  return measurePartialHarm(
    { source: file.source, model, history },
    candidate => Promise.resolve({ history: trainWith(candidate) }),
    { seeds: COST_SEEDS, concurrency: 1, settings: diagnosisSettings(file, {}) },
  );
}

/** Measures the cures of the finding and tries the preferred one. @throws Error for a cure that makes no model */
export async function tryCure(
  { file, model, history }: DiagnosedRun,
  finding: Finding,
  request: CureRequest,
): Promise<CureTrial> {
  const trainWith = trainer(file.path, model);
  const verified = await verifyFixes(
    { source: file.source, model, history, finding },
    candidate => Promise.resolve({ history: trainWith(candidate) }),
    { seeds: request.seeds, concurrency: 1 },
  );
  const preferred = verified.fixes.find(fix => fix.preferred);
  if (!preferred) return { verdict: verified.verdict, title: '', fixes: [], layers: [], runs: [] };
  const changed = changeSource(file.source, preferred.changes);
  if (changed instanceof NotWritable) throw new Error(`${file.path}: ${changed.reason}`);
  const { source } = changed;
  const { model: cured } = source;
  if (!cured) throw new Error(`${file.path}: "${preferred.title}" makes a file that is not a model.`);
  const settings = diagnosisSettings({ source }, {});
  const runs = Array.from({ length: request.heldBackSeeds }, (_, index): CuredRun => {
    const seed = model.seed + FIRST_HELD_BACK + index;
    const candidate = { ...cured, seed };
    const run = trainWith(candidate);
    const outcome = outcomeOf(run, cured.batchSize);
    const verdict = verdictOf({
      model: candidate,
      history: run,
      findings: diagnose(candidate, run, settings),
    })?.verdict;
    return { seed, outcome, verdict, ...(needsTwin(outcome) && { twin: trainTwin(request.twin, seed, model.steps) }) };
  });
  return {
    verdict: verified.verdict,
    title: preferred.title,
    fixes: (preferred.parts ?? [preferred]).map(({ id }) => id),
    layers: changedLayers(model, cured),
    runs,
  };
}

function trainer(file: string, model: ModelSpec): (candidate: ModelSpec) => RunHistory {
  const files = readDataFiles(file, model);
  return candidate => runToEnd(candidate, { memoryLimitBytes: MEMORY_LIMIT_BYTES, files });
}

/** Trains the twin for as many steps as the faulty model has: some twins were given more. */
function trainTwin(file: string, seed: number, steps: number): Outcome {
  const { model } = readModelFile(file).source;
  if (!model) throw new Error(`${file} is not a model.`);
  return outcomeOf(trainer(file, model)({ ...model, seed, steps: Math.min(steps, model.steps) }), model.batchSize);
}
