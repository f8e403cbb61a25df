/** The manifest against the code and the files it speaks of. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { MODEL_TEMPLATES } from '../../src/extension/commands/model-templates';
import { compileModel } from '../../src/frontends/model-file/compile';
import { parseModelFile } from '../../src/frontends/model-file/parse';
import { manifestWithRules, stringsWithRules } from './manifest-rules';

const ROOT = path.join(import.meta.dirname, '../..');
const read = (file: string): string => fs.readFileSync(path.join(ROOT, file), 'utf8');

interface MenuEntry {
  readonly command: string;
  readonly when?: string;
  readonly group?: string;
}
interface Manifest {
  readonly icon: string;
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly category: string; readonly icon?: unknown }[];
    readonly menus: Readonly<Record<string, readonly MenuEntry[]>>;
    readonly configuration: { readonly properties: Readonly<Record<string, Record<string, unknown>>> };
    readonly walkthroughs: readonly {
      readonly steps: readonly { readonly description: string; readonly media: { readonly svg: string } }[];
    }[];
  };
}

const manifestText = read('package.json');
const { icon, activationEvents, contributes } = JSON.parse(manifestText) as Manifest;
const stringsText = read('package.nls.json');
const strings = JSON.parse(stringsText) as Record<string, string>;
const settings = contributes.configuration.properties;

describe('the manifest', () => {
  it('has a text for every name in percent signs, and no text that nothing names', () => {
    const named = new Set([...manifestText.matchAll(/"%([^%"]+)%"/g)].map(([, name]) => name));
    expect([...named].sort()).toEqual(Object.keys(strings).sort());
  });

  it('lists the commands that the code registers', () => {
    const code = read('src/extension/commands/commands.ts');
    const registered = /Record<string, \(\.\.\.args[\s\S]*?= \{\n([\s\S]*?)\n {2}\};/
      .exec(code)![1]
      .match(/^ {4}(\w+):/gm)!
      .map(name => name.trim().slice(0, -1));
    expect(contributes.commands.map(({ command }) => command).sort()).toEqual(
      registered.map(name => `gradientHealth.${name}`).sort(),
    );
    expect(contributes.commands.every(({ category }) => category === 'Gradient Health')).toBe(true);
  });

  it('lists the settings that the code reads', () => {
    const readKeys = [...read('src/extension/settings/settings.ts').matchAll(/\bread(?:<\w+>)?\('([\w.]+)'\)/g)].map(
      ([, key]) => `gradientHealth.${key}`,
    );
    expect(Object.keys(settings).sort()).toEqual(readKeys.sort());
  });

  it('gives every setting a default, an order, a scope and a description', () => {
    for (const [name, setting] of Object.entries(settings)) {
      expect(Object.keys(setting), name).toEqual(
        expect.arrayContaining(['default', 'order', 'scope', 'markdownDescription']),
      );
    }
  });

  it('has the severity and the options of every rule; `npx vitest run test/extension/manifest.test.ts -u` writes them', async () => {
    await expect(manifestWithRules(manifestText)).toMatchFileSnapshot('../../package.json');
    await expect(stringsWithRules(stringsText)).toMatchFileSnapshot('../../package.nls.json');
  });

  it('puts one icon into the editor title, on model files alone', () => {
    const icons = contributes.menus['editor/title'].filter(({ group }) => group?.startsWith('navigation'));
    expect(icons).toHaveLength(1);
    for (const { when } of contributes.menus['editor/title'])
      expect(when).toMatch(/resourcePath in gradientHealth\.modelFilePaths/);
  });

  it('wakes for model files and its own panel, never for everything', () => {
    expect(activationEvents).not.toContain('*');
    expect(activationEvents).not.toContain('onStartupFinished');
    expect(activationEvents).toContain('onWebviewPanel:gradientHealth.panel');
  });

  it('has an icon of 256 pixels and a picture for every step of the walkthrough', () => {
    const png = fs.readFileSync(path.join(ROOT, icon));
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([256, 256]);
    for (const { media } of contributes.walkthroughs[0].steps) expect(read(media.svg)).toContain('var(--vscode-');
  });

  it('names commands of its own in the walkthrough', () => {
    const commands = contributes.commands.map(({ command }) => command);
    const named = Object.values(strings).flatMap(text =>
      [...text.matchAll(/command:(gradientHealth\.\w+)/g)].map(([, name]) => name),
    );
    expect(named.filter(name => !commands.includes(name))).toEqual([]);
  });
});

describe.each(MODEL_TEMPLATES.map(template => [template.id, template] as const))('the template %s', (_id, { text }) => {
  it('is a model file without a problem', () => {
    const { model, problems } = compileModel(parseModelFile(text, 'yaml'));
    expect(problems).toEqual([]);
    expect(model).toBeDefined();
  });
});
