/** Which files are watched for the model files that are open. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import type * as vscode from 'vscode';
import { DataFileWatch } from '../../src/extension/checks/data-file-watch';
import type { ModelSnapshot } from '../../src/extension/documents/model-documents';
import { withPlacesOf } from '../../src/frontends/moved-source';
import { DATA } from '../../src/model/vocabulary/data';
import { readSource } from '../read-source';
import { EventEmitter, Uri, watchers } from './fake-file-host';

vi.mock('vscode', () => import('./fake-file-host'));

const MODEL_FILE = Uri.file('/work/a.model.yaml') as unknown as vscode.Uri;
const PLAIN = 'input: [2]\nlayers: [{ type: dense, units: 3 }]\n';
const MODELS: Readonly<Record<string, string>> = {
  text: 'input: { tokens: 8, length: 4 }\nlayers: [{ type: embedding, units: 2 }, { type: dense, units: 8 }]\n',
  'sentence-pairs':
    'input: { tokens: 8, length: 4 }\nlayers: [{ type: seq2seq, embedding: 2, units: 2, target_length: 2 }]\n',
};

function opened() {
  const read = new EventEmitter<ModelSnapshot>();
  const forgot = new EventEmitter<vscode.Uri>();
  const refresh = vi.fn();
  const fileChanged = vi.fn();
  const watch = new DataFileWatch({ onDidRead: read.event, onDidForget: forgot.event, refresh }, { fileChanged });
  let last: ModelSnapshot['places'] | undefined;
  const show = (text: string): void => {
    const source = readSource(text);
    last = withPlacesOf(last, source);
    read.fire({ text: { uri: MODEL_FILE } as vscode.TextDocument, version: 1, source, places: last });
  };
  const watched = (): readonly string[] =>
    [...watchers].map(({ pattern }) => `${pattern.base.path} ${pattern.pattern}`);
  return { show, watched, refresh, fileChanged, forget: () => forgot.fire(MODEL_FILE), watch };
}

afterEach(() => watchers.clear());

describe('the data files of an open model file', () => {
  const named = DATA.variants.map(({ name, keys }) => ({
    name,
    required: Object.entries(keys).filter(([, key]) => key.required),
    files: Object.entries(keys).filter(([, key]) => key.description.startsWith('Path of')),
  }));

  it.each(named.filter(({ files }) => files.length > 0))('are all watched in $name', ({ name, required, files }) => {
    const { show, watched, refresh, fileChanged } = opened();
    const keys = required.map(([key]) => `${key}: sets/the-${key}.x`);
    show(`${MODELS[name] ?? PLAIN}data: { ${[`type: ${name}`, ...keys].join(', ')} }\n`);
    expect(watched()).toEqual(files.map(([key]) => `/work/sets the-${key}.x`));
    for (const watcher of watchers) watcher.altered.fire();
    expect(fileChanged.mock.calls.map(([file]) => String(file))).toEqual(
      files.map(([key]) => `file:///work/sets/the-${key}.x`),
    );
    expect(refresh).not.toHaveBeenCalled();
    for (const watcher of watchers) watcher.created.fire();
    for (const watcher of watchers) watcher.deleted.fire();
    expect(refresh).toHaveBeenCalledTimes(2 * files.length);
  });

  it('are those of the present text, those of the last model while it has none, and none of a closed file', () => {
    const { show, watched, forget } = opened();
    const text = (path: string): string => `${PLAIN}data: { type: csv, path: ${path}, target: y }\n`;
    show(text('a.csv'));
    const [first] = watchers;
    show(text('a.csv, rows: 5'));
    expect([...watchers]).toEqual([first]);
    show(`${text('a.csv')}clip: {\n`);
    expect(watched()).toEqual(['/work a.csv']);
    show(text('../b.csv'));
    expect(watched()).toEqual(['/ b.csv']);
    show(PLAIN);
    expect(watched()).toEqual([]);
    show(text('"a[1]*.csv"'));
    expect(watched()).toEqual(['/work a[[]1[]][*].csv']);
    forget();
    expect(watched()).toEqual([]);
  });
});
