/** Parts that fold away. Lists are rebuilt when the host sends them anew: what was unfolded stays so. */
import { type Child, element } from './dom';

export interface Folds {
  /** `key` names the part in every list that it comes back in. */
  readonly fold: (key: string, summary: readonly Child[], ...content: readonly Child[]) => HTMLDetailsElement;
}

export function createFolds(): Folds {
  const unfolded = new Set<string>();
  return {
    fold: (key, summary, ...content) => {
      const made = element('details', { open: unfolded.has(key) }, element('summary', {}, ...summary), ...content);
      made.addEventListener('toggle', () => {
        if (made.open) unfolded.add(key);
        else unfolded.delete(key);
      });
      return made;
    },
  };
}
