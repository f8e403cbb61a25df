import type { YAMLError } from 'yaml';

type ErrorCode = YAMLError['code'];

/** The YAML parser's errors as sentences for someone who writes a model, by the parser's code. */
const SENTENCES: Readonly<Partial<Record<ErrorCode, string>>> = {
  ALIAS_PROPS: 'An alias (`*name`) cannot have an anchor or tag of its own.',
  BAD_ALIAS: 'This alias has no usable name; write `*name` and a matching `&name` above.',
  BAD_DIRECTIVE: 'This YAML directive is not understood; remove it.',
  BAD_DQ_ESCAPE: 'This escape is unknown in double-quoted text; use single quotes, or write a backslash as `\\\\`.',
  BAD_INDENT: 'The indentation or a closing bracket is wrong here; keys of one mapping start in one column, and every `{` and `[` needs its end.',
  BAD_PROP_ORDER: 'Anchors come after the `:` or `-` they belong to.',
  BAD_SCALAR_START: 'Text cannot start with this character; put it in quotes.',
  BLOCK_AS_IMPLICIT_KEY: 'A mapping cannot start on this line; move it to a line of its own, indented.',
  BLOCK_IN_FLOW: 'An indented block cannot stand inside `{ }` or `[ ]`.',
  KEY_OVER_1024_CHARS: 'This key is longer than 1,024 characters.',
  MULTILINE_IMPLICIT_KEY: 'A key must stand on one line; a `:` or a closing quote may be missing here.',
  MULTIPLE_ANCHORS: 'A value can have one anchor only.',
  TAB_AS_INDENT: 'YAML does not allow tabs for indentation; use spaces.',
};

/** One sentence for an error of the `yaml` package. */
export function yamlSentence(error: YAMLError): string {
  if (error.code === 'MISSING_CHAR') {
    return missingSentence(error.message);
  }
  return SENTENCES[error.code] ?? `This is not valid YAML: ${sentenceCase(error.message)}`;
}

function missingSentence(message: string): string {
  if (/map keys need to be followed by map values/.test(message)) {
    return 'A key needs a colon and a value: write `key: value`.';
  }
  const quote = /Missing closing (.)quote/.exec(message);
  if (quote) {
    return 'This text is never closed; a quote is missing at its end.';
  }
  return `Something is missing here: ${sentenceCase(message)}`;
}

function sentenceCase(message: string): string {
  const text = message.charAt(0).toLowerCase() + message.slice(1);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
