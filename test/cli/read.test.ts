import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { runRead } from '../../src/cli/read/run-read';
import { builtPython } from '../python/python-files';

const MODELS = path.join(import.meta.dirname, '../python/models');

let bundles: string;
let folder: string;

beforeAll(async () => {
  bundles = await builtPython();
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'gradient-health-read-'));
}, 120_000);

async function read(...args: string[]): Promise<{ code: number; out: string; error: string }> {
  let [out, error] = ['', ''];
  const output = {
    out: (text: string) => (out += text),
    error: (text: string) => (error += text),
    terminal: false,
    clearLine: () => undefined,
  };
  return { code: await runRead(args, output, bundles, path.join(folder, 'cache')), out, error };
}

describe('npm run read', { timeout: 60_000 }, () => {
  it('prints the parameters of a model', async () => {
    const { code, out } = await read(path.join(MODELS, 'lenet.py'));
    expect(code).toBe(0);
    expect(out).toContain('61,706 parameters in 10 trainable tensors');
    expect(out).toContain('conv1.weight [6, 1, 5, 5]');
  });

  it('says it as JSON too', async () => {
    const { out } = await read('--json', path.join(MODELS, 'lenet.py'));
    expect(JSON.parse(out)).toMatchObject({ parameters: 61_706, leafModules: 5, tensors: { length: 10 } });
  });

  it('names the place and the words of PyTorch where shapes do not fit', async () => {
    const file = path.join(folder, 'wrong.py');
    fs.writeFileSync(
      file,
      'import torch\nfrom torch import nn\nnet = nn.Sequential(nn.Linear(11, 4), nn.Linear(5, 1))\nnet(torch.randn(2, 11))\n',
    );
    const { code, out } = await read(file);
    expect(code).toBe(1);
    expect(out).toContain(`${file}:4:1`);
    expect(out).toContain('mat1 and mat2 shapes cannot be multiplied (2x4 and 5x1)');
  });

  it('says how to name a model where it finds none, and what it does not know', async () => {
    const file = path.join(folder, 'none.py');
    fs.writeFileSync(file, 'x = 1\n');
    expect((await read(file)).out).toContain('# gradient-health: model Net()');
    expect((await read('--fast', file)).error).toContain('There is no option --fast.');
    expect((await read(path.join(folder, 'missing.py'))).code).toBe(1);
  });
});
