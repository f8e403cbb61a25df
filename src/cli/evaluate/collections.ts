/** The collections of models that the evaluation is made of, read from their folders. */
import fs from 'node:fs';
import path from 'node:path';
import { partOf, type Part } from './part';
import type { PlantedFault } from './truth';

export type Kind = 'faulty' | 'healthy';

/** Models with a planted fault, their twins without it, and further healthy models. */
export interface Collection {
  readonly title: string;
  readonly faults: ReadonlyMap<string, PlantedFault>;
  /** Names of the healthy models, the faultless twins among them. */
  readonly healthy: readonly string[];
  /** Part of each model. Of a collection that is not split, all are `development`. */
  readonly partOf: (name: string) => Part;
  readonly isSplit: boolean;
  /** Path of a model. */
  readonly file: (kind: Kind, name: string) => string;
}

interface Place {
  readonly title: string;
  readonly truth: string;
  readonly faulty: string;
  readonly healthy: readonly string[];
  readonly isSplit: boolean;
}

/**
 * Relative to the folder of the evaluation. Files beside the faulty models that no truth lists are healthy where the
 * folder is in both.
 */
const PLACES: readonly Place[] = [
  { title: 'Planted faults', truth: 'truth.json', faulty: 'faulty', healthy: ['healthy'], isSplit: true },
  {
    title: 'Planted faults, fresh',
    truth: 'fresh/truth.json',
    faulty: 'fresh/faulty',
    healthy: ['fresh/healthy'],
    isSplit: true,
  },
  {
    title: 'Examples',
    truth: 'examples/truth.json',
    faulty: '../examples',
    healthy: ['examples/healthy', '../examples'],
    isSplit: false,
  },
  { title: 'Reports', truth: 'reports/truth.json', faulty: 'reports', healthy: ['reports/healthy'], isSplit: false },
];

const MODEL_FILE = /\.model\.(?:ya?ml|json)$/;

/**
 * Reads every collection that the folder has. @throws Error where models and truth do not agree, or where there is no
 * collection
 */
export function readCollections(folder: string): readonly Collection[] {
  const found = PLACES.filter(({ truth }) => fs.existsSync(path.join(folder, truth)));
  if (found.length === 0)
    throw new Error(`${folder}: there is no truth.json. Name the folder of a suite with --suite.`);
  return found.map(place => readCollection(folder, place));
}

function readCollection(folder: string, place: Place): Collection {
  const faults = new Map(
    Object.entries(JSON.parse(fs.readFileSync(path.join(folder, place.truth), 'utf8')) as Record<string, PlantedFault>),
  );
  const faulty = modelsIn(path.join(folder, place.faulty));
  const healthy = new Map(
    place.healthy.flatMap(each =>
      [...modelsIn(path.join(folder, each))].filter(([name]) => each !== place.faulty || !faults.has(name)),
    ),
  );
  const unlisted = [...faulty.keys()].filter(name => !faults.has(name) && !healthy.has(name));
  const absent = [...faults.keys()].filter(name => !faulty.has(name) || !healthy.has(name));
  if (unlisted.length + absent.length > 0) {
    throw new Error(
      `${path.join(folder, place.truth)} and the models disagree on ${[...unlisted, ...absent].join(', ')}. ` +
        'Every faulty model needs an entry there, and a twin of the same name among the healthy models.',
    );
  }
  return {
    title: place.title,
    faults,
    healthy: [...healthy.keys()].sort(),
    isSplit: place.isSplit,
    partOf: name => (place.isSplit ? partOf(name) : 'development'),
    file: (kind, name) => {
      const file = (kind === 'faulty' ? faulty : healthy).get(name);
      if (file === undefined) throw new Error(`${place.title}: there is no ${kind} model ${name}.`);
      return file;
    },
  };
}

/** Paths of the model files of a folder by their names. */
function modelsIn(folder: string): ReadonlyMap<string, string> {
  return new Map(
    fs
      .readdirSync(folder)
      .filter(file => MODEL_FILE.test(file))
      .sort()
      .map(file => [file.replace(MODEL_FILE, ''), path.join(folder, file)]),
  );
}

/** The collection with those models only. */
export function only(collection: Collection, isWanted: (name: string) => boolean): Collection {
  return {
    ...collection,
    faults: new Map([...collection.faults].filter(([name]) => isWanted(name))),
    healthy: collection.healthy.filter(isWanted),
  };
}
