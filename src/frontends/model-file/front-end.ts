/** The front end of model files: our own YAML and JSON. */
import type { FrontEnd, ReadingContext } from '../frontend';
import { isModelFileName, languageOf } from './model-file-name';
import { ModelFileSource } from './model-file-source';
import { parseModelFile } from './parse';

export const MODEL_FILE_ID = 'model-file';

export const MODEL_FILE: FrontEnd = {
  id: MODEL_FILE_ID,
  reads: fileName => isModelFileName(fileName),
  read: (text, context) => readModelFile(text, context),
};

/** Reads a model file; as JSON where its editor or its name says so. */
export function readModelFile(text: string, context: ReadingContext): ModelFileSource {
  const { language } = context;
  const isJson = language === undefined ? languageOf(context.fileName) === 'json' : /^jsonc?$/.test(language);
  return new ModelFileSource(parseModelFile(text, isJson ? 'json' : 'yaml'), context);
}
