import type { SourceNode } from '../source-document';
import type { TextProblem } from '../../text-problem';
import { firstLine, refuse, type Reading } from '../parse/reading';

/** Code of the one problem of a file that is of another kind altogether; nothing else is said of it. */
export const OTHER_FORMAT = 'other-format';

/** Advice for a network that is described otherwise. */
const WAY_ON = 'describe the network in a model file, with `input` and `layers`, as docs/model-file.md shows';

/** A line that only Python has. */
const PYTHON_LINE =
  /^(?:from [\w.]+ import .+|import [\w.]+(?: as \w+)?(?:, *[\w.]+)*|def \w+\(.*|class \w+(?:\(.*\))?:) *(?:#.*)?$/;

/** The refusal of a text that is Python by its first lines of code; `undefined` for any other. */
export function refusePython(text: string): Reading | undefined {
  const lines = text
    .slice(0, 20_000)
    .split(/\r?\n/)
    .map(line => line.trimEnd());
  return lines.some(line => PYTHON_LINE.test(line)) ? pythonFile(text) : undefined;
}

/** The refusal of a Python file. */
export function pythonFile(text: string): Reading {
  return refuse(text, OTHER_FORMAT, `Python files are not supported yet; ${WAY_ON}.`);
}

/** The one problem of a Keras model or a notebook that was read as JSON or YAML. */
export function otherFormat(root: SourceNode, text: string): TextProblem | undefined {
  const child = (node: SourceNode | undefined, key: string): SourceNode | undefined =>
    node?.kind === 'mapping' ? node.entries.find(entry => entry.key === key)?.value : undefined;
  if (child(root, 'nbformat') && child(root, 'cells')?.kind === 'sequence') {
    return problem(text, `Notebooks are not supported yet; ${WAY_ON}.`);
  }
  const [name, config] = [child(root, 'class_name'), child(root, 'config')];
  if (name?.kind !== 'scalar' || config?.kind !== 'mapping') {
    return undefined;
  }
  const layers = child(config, 'layers');
  const count = layers?.kind === 'sequence' ? ` of ${layers.items.length} layers` : '';
  return problem(
    text,
    `This is a Keras model (${name.value}${count}, written by \`to_json\`), which is not supported yet; ${WAY_ON}. Keras ` +
      'names of layers and keys work there.',
  );
}

function problem(text: string, message: string): TextProblem {
  return { code: OTHER_FORMAT, severity: 'error', message, range: firstLine(text) };
}
