import type { SpecLanguage } from './spec-document';

const SUFFIX = /\.model\.(ya?ml|json)$/i;

/**
 * Whether a file of this name (a path, with either slash, or a name alone) is a model file: `*.model.yaml`, `*.model.yml`,
 * `*.model.json`, or one of the patterns, in which `*` stands for any part of a name, `**` for any folders and `?` for one
 * character. A pattern without a slash speaks of the name alone.
 */
export function isModelFileName(name: string, extraPatterns: readonly string[] = []): boolean {
  const path = name.replaceAll('\\', '/');
  const base = path.slice(path.lastIndexOf('/') + 1);
  if (SUFFIX.test(base) && !base.startsWith('.model.')) {
    return true;
  }
  return extraPatterns.some((pattern) => matches(pattern.trim().replaceAll('\\', '/'), path, base));
}

/** The language a model file of this name is read as: JSON for `.json` and `.jsonc`, else YAML. */
export function languageOf(name: string): SpecLanguage {
  return /\.jsonc?$/i.test(name) ? 'json' : 'yaml';
}

function matches(pattern: string, path: string, base: string): boolean {
  if (pattern === '') {
    return false;
  }
  const anchored = pattern.replace(/^\.?\//, '');
  const source = anchored
    .split(/(\*\*\/|\*\*|\*|\?)/)
    .map((part) => WILDCARDS[part] ?? part.replace(/[.+^${}()|[\]\\]/g, '\\$&'))
    .join('');
  return pattern.includes('/') ? new RegExp(`(?:^|/)${source}$`, 'i').test(path) : new RegExp(`^${source}$`, 'i').test(base);
}

const WILDCARDS: Readonly<Record<string, string>> = { '**/': '(?:.*/)?', '**': '.*', '*': '[^/]*', '?': '[^/]' };
