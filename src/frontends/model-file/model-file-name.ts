import type { ModelFileLanguage } from './source-document';

const SUFFIX = /\.model\.(ya?ml|json)$/i;

/**
 * Whether a file of this name (a path, with either slash, or a name alone) is a model file: `*.model.yaml`,
 * `*.model.yml`, `*.model.json`, or one of the patterns, in which `*` stands for any part of a name, `**` for any
 * folders and `?` for one character. A pattern without a slash speaks of the name alone.
 */
export function isModelFileName(name: string, extraPatterns: readonly string[] = []): boolean {
  const path = name.replaceAll('\\', '/');
  const base = path.slice(path.lastIndexOf('/') + 1);
  if (SUFFIX.test(base) && !base.startsWith('.model.')) {
    return true;
  }
  return extraPatterns.some(pattern => matches(pattern.trim().replaceAll('\\', '/'), path, base));
}

/** The language a model file of this name is read as: JSON for `.json` and `.jsonc`, else YAML. */
export function languageOf(name: string): ModelFileLanguage {
  return /\.jsonc?$/i.test(name) ? 'json' : 'yaml';
}

function matches(pattern: string, path: string, base: string): boolean {
  if (pattern === '') {
    return false;
  }
  const parts = pattern
    .replace(/^\.?\//, '')
    .toLowerCase()
    .split(WILDCARD)
    .filter(part => part !== '');
  if (!pattern.includes('/')) {
    return matchesWhole(parts, base.toLowerCase());
  }
  const folders = path.toLowerCase().split('/');
  return folders.some((_, index) => matchesWhole(parts, folders.slice(index).join('/')));
}

const WILDCARD = /(\*\*\/|\*\*|\*|\?)/;

/**
 * Whether the parts, texts and wildcards, make up the whole name. Takes the set of places where the parts so far may
 * end, a part at a time, so that no pattern takes longer than its length times that of the name.
 */
function matchesWhole(parts: readonly string[], name: string): boolean {
  let ends = new Set([0]);
  for (const part of parts) {
    const next = new Set<number>();
    for (const end of ends) {
      for (const reached of endsAfter(part, name, end)) {
        // Two places from which a wildcard reaches the same one reach all the same after it.
        if (next.has(reached) && part.includes('*')) {
          break;
        }
        next.add(reached);
      }
    }
    ends = next;
  }
  return ends.has(name.length);
}

/** Where a part may end that begins at `start`. */
function* endsAfter(part: string, name: string, start: number): Generator<number> {
  switch (part) {
    case '?':
      if (start < name.length && name[start] !== '/') {
        yield start + 1;
      }
      return;
    case '*':
    case '**':
      for (let end = start; end <= name.length; end += 1) {
        yield end;
        if (part === '*' && name[end] === '/') {
          return;
        }
      }
      return;
    case '**/':
      yield start;
      for (let end = name.indexOf('/', start); end >= 0; end = name.indexOf('/', end + 1)) {
        yield end + 1;
      }
      return;
    default:
      if (name.startsWith(part, start)) {
        yield start + part.length;
      }
  }
}
