import { RULE_IDS } from '../src/diagnosis/rule-ids';
import { readModelFile } from '../src/frontends/model-file/front-end';
import type { ModelFileSource } from '../src/frontends/model-file/model-file-source';

/** A model file as the editor reads it, with the comments that silence rules. */
export function readSource(text: string, fileName = 'a.model.yaml'): ModelFileSource {
  return readModelFile(text, { fileName, rules: RULE_IDS });
}
