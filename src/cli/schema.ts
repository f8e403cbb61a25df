/** Entry point of the build alone: it writes `dist/model.schema.json` from what this bundle exports. */
export { modelFileSchema } from '../spec/schema';
