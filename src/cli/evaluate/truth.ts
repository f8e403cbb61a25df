/** What is known of the models of the evaluation: by construction, not by our rules. */
import fs from 'node:fs';
import path from 'node:path';

/** One fault, planted in a model that trains without it. The model without it has the same name under `healthy/`. */
export interface PlantedFault {
  /** What was done to the model. */
  readonly what: string;
  /** Rules whose finding names the planted cause; any of them is right. */
  readonly roots: readonly string[];
  /** Layers where the fault was planted, or `'*'` where it is a matter of the whole model. */
  readonly layers: readonly string[] | '*';
  /** Whether it is known that an edit cures it: its twin learns the same task in as many steps. */
  readonly curable: boolean;
  /** Whether it keeps the model from training. Without, a finding of any severity is what is asked for. */
  readonly harm: boolean;
}

export interface Suite {
  readonly folder: string;
  readonly faults: ReadonlyMap<string, PlantedFault>;
  /** Names of the healthy models, the faultless twins among them. */
  readonly healthy: readonly string[];
}

const SUFFIX = '.model.yaml';

/** Reads the suite. @throws Error where a model and the list of faults do not agree */
export function readSuite(folder: string): Suite {
  const faults = new Map(Object.entries(
    JSON.parse(fs.readFileSync(path.join(folder, 'truth.json'), 'utf8')) as Record<string, PlantedFault>,
  ));
  const faulty = namesIn(path.join(folder, 'faulty'));
  const healthy = namesIn(path.join(folder, 'healthy'));
  const unlisted = faulty.filter((name) => !faults.has(name));
  const absent = [...faults.keys()].filter((name) => !faulty.includes(name) || !healthy.includes(name));
  if (unlisted.length + absent.length > 0) {
    throw new Error(`truth.json and the models do not agree: ${[...unlisted, ...absent].join(', ')}.`);
  }
  return { folder, faults, healthy };
}

/** Path of a model of the suite. */
export function modelPath(folder: string, kind: 'faulty' | 'healthy', name: string): string {
  return path.join(folder, kind, name + SUFFIX);
}

function namesIn(folder: string): string[] {
  return fs.readdirSync(folder).filter((file) => file.endsWith(SUFFIX)).map((file) => file.slice(0, -SUFFIX.length)).sort();
}
