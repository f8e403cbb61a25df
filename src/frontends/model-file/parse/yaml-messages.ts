import type { YAMLError } from 'yaml';

/**
 * The YAML parser's errors as sentences for someone who writes a model; the first pattern that fits its message counts.
 */
const SENTENCES: readonly (readonly [RegExp, string])[] = [
  [
    /end with a \}|expected flow map to end with \}/i,
    'A closing `}` is missing before this, or what is inside the braces is ' + 'not indented.',
  ],
  [
    /end with a \]|expected flow sequence to end with \]/i,
    'A closing `]` is missing before this, or what is inside the ' + 'brackets is not indented.',
  ],
  [
    /All mapping items must start at the same column/,
    'The keys of one mapping start in one column; indent this line like the ' + 'keys above it.',
  ],
  [
    /All sequence items must start at the same column/,
    'The items of one list start in one column; indent this dash like those ' + 'above it.',
  ],
  [
    /without - indicator/,
    'The indentation of this line fits neither the list item above it nor the list; keys of one item ' +
      'start in one column.',
  ],
  [
    /Block collections are not allowed within flow|Missing , (or : )?between flow/,
    'Inside `{ }` and `[ ]` a comma parts the ' + 'entries; one is missing here.',
  ],
  [
    /Nested mappings are not allowed/,
    'Text with a `: ` in it needs quotes, and a mapping inside another a line of its own, ' + 'indented.',
  ],
  [
    /block sequence may not be used|Block collection cannot start|Unexpected block-seq-ind|Unexpected seq-item-ind/i,
    'A list cannot start on this line; put its first dash on a line of its own, indented.',
  ],
  [/need to be followed by map values/, 'A key needs a colon, a space and a value: write `key: value`.'],
  [/Missing space after :/, 'A colon needs a space after it.'],
  [/Missing closing .quote/, 'This text is never closed; a quote is missing at its end.'],
  [
    /Implicit keys need to be on a single line/,
    'A key takes one line; a colon or a closing quote may be missing here.',
  ],
  [/less than 1024|at most 1024/, 'This key is longer than 1,024 characters.'],
  [/Tabs are not allowed/i, 'YAML does not allow tabs for indentation; use spaces.'],
  [/Plain value cannot start with/, 'Text cannot start with this character; put it in quotes.'],
  [
    /escape sequence/i,
    'This escape is unknown in double-quoted text; use single quotes, or write a backslash as `\\\\`.',
  ],
  [/Comments must be separated/, 'A comment needs a space before its `#`; text with a `#` in it needs quotes.'],
  [/Unexpected flow-(map|seq)-end/, 'This closing bracket has no opening one before it.'],
  [/Unexpected ,|Unexpected empty item/, 'A value is missing beside this comma.'],
  [
    /alias node must not specify|An alias/i,
    'An alias (`*name`) has no anchor or tag of its own, and nothing after its name.',
  ],
  [/at most one anchor/i, 'A value has at most one anchor.'],
  [/directive/i, 'This line starts with `%`, which is not supported; remove it.'],
];

/** One sentence for an error of the `yaml` package. */
export function yamlSentence(error: YAMLError): string {
  const known = SENTENCES.find(([pattern]) => pattern.test(error.message));
  if (known) {
    return known[1];
  }
  const text = error.message.charAt(0).toLowerCase() + error.message.slice(1);
  return `This is not valid YAML: ${/[.!?]$/.test(text) ? text : `${text}.`}`;
}

/** Whether the error is about text whose closing quote is missing. */
export function isUnclosedQuote(error: YAMLError): boolean {
  return /Missing closing .quote/.test(error.message);
}
