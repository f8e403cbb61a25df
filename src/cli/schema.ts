/** Entry point of the build alone: it writes `dist/model.schema.json` from what this bundle exports. */
import { modelFileSchema as strictSchema } from '../frontends/model-file/schema';
import { withoutChecks } from '../frontends/model-file/schema/editor-schema';

/**
 * The schema for the editor's JSON support, which completes and explains; faults are reported by the extension itself.
 */
export function modelFileSchema(): object {
  return withoutChecks(strictSchema());
}
