/** The `evaluate` command: every model of the suite, several seeds each, and how often the diagnosis was right. */
import os from 'node:os';
import { parseArgs } from 'node:util';
import type { Output } from '../output';
import { inWorkers } from '../worker-pool';
import { only, readCollections, type Collection } from './collections';
import { grade, type Trials } from './grade';
import type { Part } from './part';
import { inJson, inWords, type PartReport } from './report';
import type { Trial, TrialRequest } from './trial';

const HELP = `Usage: npm run evaluate -- [--suite FOLDER] [--seeds N] [--quick] [--only TEXT] [--reveal] [--no-cures] [--json]

Trains every model of the evaluation with several seeds and prints how often the diagnosis found the planted fault, named its root and
its layer, how often the preferred cure undoes the fault and makes the model train, and how often it raised an alarm about a healthy
model. Shares are followed by their 95 % confidence interval, in which each model counts once.

Half of the planted faults, by a hash of their names, are held out from development: only their totals are printed.

  --suite FOLDER  another suite than evaluation/
  --seeds N       seeds per model (3)
  --quick         one seed per model, and one to choose cures by
  --only TEXT     only models whose name contains TEXT; held-out ones are left out, since the total of one is its result
  --reveal        list the cases of the held-out part too: for the last look, not for development
  --no-cures      do not measure cures, which takes most of the time
  --json          print the grades as JSON
`;

/** Seeds with which a preferred cure is tried, none of which it was chosen by. */
const HELD_BACK_SEEDS = 3;

/** @param bundle the file that answers as a worker */
export async function runEvaluate(args: readonly string[], bundle: string, output: Output): Promise<number> {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      suite: text,
      seeds: text,
      quick: flag,
      only: text,
      reveal: flag,
      json: flag,
      'no-cures': flag,
      help: flag,
    },
  });
  if (values.help) {
    output.out(HELP);
    return 0;
  }
  const count = Number(values.seeds ?? (values.quick ? 1 : 3));
  if (!Number.isInteger(count) || count < 1)
    throw new Error(`--seeds ${values.seeds}: give a whole number of at least 1.`);
  const reveal = values.reveal ?? false;
  const collections = readCollections(values.suite ?? 'evaluation');
  const chosen = collections.map(collection =>
    only(collection, name => isChosen(collection, name, values.only, reveal)),
  );
  const seeds = Array.from({ length: count }, (_, index) => index + 1);
  const cureSeeds = values['no-cures'] ? undefined : values.quick ? 1 : 3;
  const trained = await train(chosen, seeds, cureSeeds, bundle, output);
  const reports = chosen.flatMap(collection => reportsOf(collection, seeds, trained(collection), reveal));
  output.out(values.json ? inJson(reports) : inWords(reports));
  const left = values.only === undefined || reveal ? 0 : leftOut(collections, values.only);
  if (left > 0)
    output.error(`${left} held-out models match ${values.only} and were left out; --reveal takes them in.\n`);
  return 0;
}

/**
 * Whether a model is trained. The total of a few held-out models would tell what became of each, so a filter leaves
 * them out.
 */
export function isChosen(collection: Collection, name: string, text: string | undefined, reveal: boolean): boolean {
  return text === undefined || (name.includes(text) && (reveal || collection.partOf(name) !== 'held-out'));
}

function leftOut(collections: readonly Collection[], text: string): number {
  return collections.flatMap(collection =>
    [...new Set([...collection.faults.keys(), ...collection.healthy])].filter(
      name => name.includes(text) && !isChosen(collection, name, text, false),
    ),
  ).length;
}

/** Grades a collection, each part by itself. */
export function reportsOf(
  collection: Collection,
  seeds: readonly number[],
  trials: Trials,
  reveal: boolean,
): readonly PartReport[] {
  const parts: readonly (Part | undefined)[] = collection.isSplit ? ['development', 'held-out'] : [undefined];
  return parts
    .map(part => {
      const own = only(collection, name => part === undefined || collection.partOf(name) === part);
      return {
        collection: collection.title,
        part,
        faulty: own.faults.size,
        healthy: own.healthy.length,
        grades: grade(own, seeds, trials),
        shown: reveal || part !== 'held-out',
      };
    })
    .filter(({ faulty, healthy }) => faulty + healthy > 0);
}

async function train(
  collections: readonly Collection[],
  seeds: readonly number[],
  cureSeeds: number | undefined,
  bundle: string,
  output: Output,
): Promise<(collection: Collection) => Trials> {
  // The long ones first: what measures cures trains dozens of times.
  const requests = collections
    .flatMap(collection => requestsOf(collection, seeds, cureSeeds))
    .sort((one, other) => Number(other.cure !== undefined) - Number(one.cure !== undefined));
  const answers = await inWorkers<TrialRequest, Trial>(bundle, requests, os.availableParallelism(), done => {
    if (output.terminal) {
      output.clearLine();
      output.error(`${done} of ${requests.length} runs`);
    }
  });
  if (output.terminal) output.clearLine();
  const trials = new Map(requests.map(({ file, seed }, index) => [`${file} ${seed}`, answers[index]]));
  return collection => (kind, name, seed) => {
    const trial = trials.get(`${collection.file(kind, name)} ${seed}`);
    if (!trial) throw new Error(`${kind}/${name} was not trained with seed ${seed}.`);
    return trial;
  };
}

function requestsOf(
  collection: Collection,
  seeds: readonly number[],
  cureSeeds: number | undefined,
): readonly TrialRequest[] {
  const faulty = [...collection.faults].flatMap(([name, fault]) =>
    seeds.map((seed): TrialRequest => ({
      file: collection.file('faulty', name),
      seed,
      ...(cureSeeds !== undefined &&
        fault.curable &&
        fault.harm &&
        seed === seeds[0] && {
          cure: { twin: collection.file('healthy', name), seeds: cureSeeds, heldBackSeeds: HELD_BACK_SEEDS },
        }),
    })),
  );
  const healthy = collection.healthy.flatMap(name =>
    seeds.map((seed): TrialRequest => ({ file: collection.file('healthy', name), seed })),
  );
  return [...faulty, ...healthy];
}
