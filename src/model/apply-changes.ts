import type { Change } from './change';
import { LayerChanges } from './changes/change-layers';
import { SettingChanges } from './changes/change-settings';
import { checkReferences } from './changes/check-references';
import { draftOfModel } from './changes/draft-of-model';
import { LayerTree } from './changes/layer-tree';
import type { ModelSpec } from './model-spec';
import { isLayerPlace } from './place';
import type { ModelProblem } from './problem';
import { ProblemLog } from './resolve/problem-log';
import { resolveModel } from './resolve/resolve-model';

/** A changed model, or why there is none. */
export interface ChangedModel {
  /** `undefined` exactly where one of the problems is an error. */
  readonly model: ModelSpec | undefined;
  readonly problems: readonly ModelProblem[];
}

/**
 * Makes the changes on the drafts of a model and resolves it again, so that shapes and all that was chosen for it follow.
 * Every place of a change is one of the model as it was.
 */
export function applyChanges(model: ModelSpec, changes: readonly Change[]): ChangedModel {
  const log = new ProblemLog();
  const draft = draftOfModel(model);
  const tree = new LayerTree(draft.layers);
  const layers = new LayerChanges(log, tree);
  const settings = new SettingChanges(log, model, draft.settings);
  for (const change of changes) {
    applyChange(layers, settings, change);
  }
  const drafts = tree.drafts();
  checkReferences(log, drafts);
  if (log.problems.some(({ severity }) => severity === 'error')) {
    return { model: undefined, problems: log.problems };
  }
  return resolveModel({ input: settings.input, layers: drafts, settings: settings.settings });
}

function applyChange(layers: LayerChanges, settings: SettingChanges, change: Change): void {
  switch (change.kind) {
    case 'set':
      return isLayerPlace(change.at)
        ? layers.set(change.at.layer, change.at.part, change.value)
        : settings.set(change.at, change.value);
    case 'reset':
      return isLayerPlace(change.at) ? layers.reset(change.at.layer, change.at.part) : settings.reset(change.at);
    case 'insert-after':
      return layers.insertAfter(change);
    case 'insert-first':
      return layers.insertFirst(change);
    case 'wrap':
      return layers.wrap(change);
    case 'replace-type':
      return layers.replaceType(change);
    case 'remove':
      return layers.remove(change);
  }
}
