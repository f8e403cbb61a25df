// What a table was measured on.
import { readFile } from 'node:fs/promises';
import { cpus } from 'node:os';

/** Name, family and model: cloud machines call very different processors the same. */
export async function processorName() {
  const name = cpus()[0].model.trim();
  const text = await readFile('/proc/cpuinfo', 'utf8').catch(() => '');
  const field = key => new RegExp(`^${key}\\s*: (\\d+)$`, 'm').exec(text)?.[1];
  const [family, model] = [field('cpu family'), field('model')];
  return family === undefined ? name : `${name}, family ${family}, model ${model}`;
}
