/** The only list of front ends. */
import type { FrontEnd, Source } from './frontend';
import { MODEL_FILE } from './model-file/front-end';

/** In the order in which they are asked. */
const frontEnds: FrontEnd[] = [MODEL_FILE];

/** Adds a front end for files that no other one reads. Returns what takes it out again. */
export function registerFrontEnd(frontEnd: FrontEnd): () => void {
  frontEnds.push(frontEnd);
  return () => {
    frontEnds.splice(frontEnds.indexOf(frontEnd), 1);
  };
}

/** The front end that reads files of this name; `undefined` where none does. */
export function frontEndOf(fileName: string, head?: string): FrontEnd | undefined {
  return frontEnds.find(frontEnd => frontEnd.reads(fileName, head));
}

/** The front end of that `id`. @throws Error where there is none. */
export function frontEndNamed(id: string): FrontEnd {
  const found = frontEnds.find(frontEnd => frontEnd.id === id);
  if (!found) throw new Error(`There is no front end ${id}.`);
  return found;
}

/** Reads another text as a source was read, e.g. its own after edits. */
export function readLike({ frontEnd, context }: Pick<Source, 'frontEnd' | 'context'>, text: string): Source {
  return frontEndNamed(frontEnd).read(text, context);
}
