/** Rule, page and test carry one name, and the examples of the page do what it says. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { RuleId } from '../../src/diagnosis/finding';
import { RULES } from '../../src/diagnosis/rules/index';
import { compileText, inShort, trainAndDiagnose } from './train-text';

const root = fileURLToPath(new URL('../../', import.meta.url));
const names = (folder: string, ending: string): string[] =>
  readdirSync(`${root}${folder}`)
    .filter(name => name.endsWith(ending))
    .map(name => name.slice(0, -ending.length))
    .sort();
const page = (id: RuleId): string => readFileSync(`${root}docs/rules/${id}.md`, 'utf8');
const SECTIONS = [
  'Why it happens',
  'How it is measured',
  'Options',
  'Cures',
  'Example',
  'When it may misfire',
  'References',
];
const ids = RULES.map(({ meta }) => meta.id);

describe('rules, pages and tests', () => {
  it('come in threes', () => {
    const sorted = [...ids].sort();
    expect(names('src/diagnosis/rules', '.ts').filter(name => name !== 'index')).toEqual(sorted);
    expect(names('docs/rules', '.md').filter(name => name !== 'README')).toEqual(sorted);
    expect(names('test/diagnosis/rules', '.test.ts')).toEqual(sorted);
  });
});

describe.each(RULES.map(({ meta }) => [meta.id, meta] as const))('%s', (id, meta) => {
  it('has a page with every section, every option and its default, and pages it links to', () => {
    const text = page(id);
    expect(text.startsWith(`# ${id}\n`)).toBe(true);
    for (const section of SECTIONS) {
      expect(text).toContain(`\n## ${section}\n`);
    }
    for (const option of meta.options) {
      const row = text.split('\n').find(line => line.startsWith(`| \`${option.name}\` |`)) ?? '';
      expect(Number(row.split('|')[2])).toBe(option.default);
    }
    for (const [, link] of text.matchAll(/\]\(([^)#]+\.md)\)/g))
      expect(existsSync(`${root}docs/rules/${link}`)).toBe(true);
  });

  it('speaks of each faulty example and not of the cured one behind it', { timeout: 120_000 }, () => {
    const examples = [...page(id).matchAll(/```yaml\n(.*?)```/gs)].map(match => compileText(match[1]));
    expect(examples.length).toBeGreaterThan(0);
    expect(examples.length % 2).toBe(0);
    for (let index = 0; index < examples.length; index += 2) {
      const { findings } = trainAndDiagnose(examples[index]);
      expect(findings.map(finding => finding.rule)).toEqual([id]);
      for (const fix of findings[0].fixes) expect(meta.fixes).toContain(fix);
      expect(findings[0].message).toMatch(/^[A-Z0-9].*\.$/);
      expect(trainAndDiagnose(examples[index + 1]).findings.map(inShort)).toEqual([]);
    }
  });
});
