import { describe, expect, it } from 'vitest';
import { dataAddress } from '../../src/extension/data/data-address';

const FOLDER = { scheme: 'file', authority: '', path: '/projects/nets' };
const saved = { scheme: 'file', authority: '', path: '/projects/nets/models/a.model.yaml' };
const at = (path: string, more: object = {}): object => ({ scheme: 'file', authority: '', path, ...more });

describe('the address of a data file', () => {
  it('is relative to a saved model file, on its file system', () => {
    expect(dataAddress(saved, FOLDER, 'data.csv')).toEqual(at('/projects/nets/models/data.csv'));
    expect(dataAddress(saved, FOLDER, '../data/./x.csv')).toEqual(at('/projects/nets/data/x.csv'));
    expect(dataAddress(saved, FOLDER, '..\\x.csv')).toEqual(at('/projects/nets/x.csv'));
    const remote = { scheme: 'memfs', authority: 'host', path: '/models/a.model.yaml' };
    expect(dataAddress(remote, FOLDER, 'x.csv')).toEqual({ scheme: 'memfs', authority: 'host', path: '/models/x.csv' });
  });

  it('is what an absolute path says', () => {
    expect(dataAddress(saved, FOLDER, '/data/x.csv')).toEqual(at('/data/x.csv'));
    expect(dataAddress(saved, FOLDER, 'C:\\data\\x.csv')).toEqual(at('/C:/data/x.csv'));
  });

  it('of an unsaved model file has nothing of the address of the window', () => {
    const untitled = { scheme: 'untitled', authority: 'localhost:3000', path: '/projects/nets/own-data.model.yaml' };
    expect(dataAddress(untitled, FOLDER, 'data.csv')).toEqual(at('/projects/nets/data.csv'));
    expect(dataAddress(untitled, undefined, 'data.csv')).toEqual(at('/projects/nets/data.csv'));
    expect(dataAddress({ ...untitled, path: 'Untitled-1' }, FOLDER, 'data.csv')).toEqual(at('/projects/nets/data.csv'));
    const shared = { scheme: 'vscode-vfs', authority: 'github', path: '/me/work' };
    expect(dataAddress({ ...untitled, path: '/me/work/a.model.yaml' }, shared, 'data.csv')).toEqual({
      scheme: 'vscode-vfs',
      authority: 'github',
      path: '/me/work/data.csv',
    });
  });
});
