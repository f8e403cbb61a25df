/** Which default rate, steps and initializer train most families: what a file that names none of them gets. */
import { assessLearning } from '../../diagnosis/evidence/learning';
import { windowsOf } from '../../diagnosis/evidence/windows';
import { median } from '../../record/median';
import { readModelFile } from '../../frontends/model-file/front-end';
import { runToEnd } from '../../training/run-in-process';

/** Candidate defaults. */
export interface Defaults {
  readonly rate: number;
  readonly steps: number;
  /** Initializer of every layer with an activation of relu's kind; glorot-uniform elsewhere. */
  readonly hidden: 'glorot-uniform' | 'he-normal';
}

/** Result of the defaults over the families. */
export interface DefaultsResult extends Defaults {
  /** Trainings that end at half of a constant prediction's loss or less, of `trainings`. */
  readonly trainsWell: number;
  readonly trainings: number;
  /** Median over the trainings of the late loss over that of a constant prediction. */
  readonly medianLoss: number;
  /** Families of which a training does not end below 0.9 of it. */
  readonly stuck: readonly string[];
}

const RECTIFYING = /activation: (relu|gelu)/;

/** Trains every family with seeds 1 to `seeds`. */
export function measureDefaults(
  families: Readonly<Record<string, string>>,
  defaults: Defaults,
  seeds: number,
): DefaultsResult {
  const losses: number[] = [];
  const stuck = new Set<string>();
  for (const [family, text] of Object.entries(families)) {
    for (let seed = 1; seed <= seeds; seed++) {
      const loss = relativeLoss(textWith(text, defaults, seed));
      losses.push(loss);
      if (!(loss < 0.9)) stuck.add(family);
    }
  }
  return {
    ...defaults,
    trainsWell: losses.filter(loss => loss <= 0.5).length,
    trainings: losses.length,
    medianLoss: median(losses),
    stuck: [...stuck],
  };
}

function textWith(text: string, { rate, steps, hidden }: Defaults, seed: number): string {
  const lines = text
    .split('\n')
    .map(line =>
      RECTIFYING.test(line) && !line.includes('norm')
        ? line.replace(/ \}$/, `, kernel_initializer: ${hidden} }`)
        : line,
    );
  return `${lines.join('\n')}optimizer: { type: adam, learning_rate: ${rate} }\nsteps: ${steps}\nseed: ${seed}\n`;
}

function relativeLoss(text: string): number {
  const { model, problems } = readModelFile(text, { fileName: 'defaults.yaml' });
  if (model === undefined) throw new Error(`${problems.map(({ message }) => message).join(' ')}\n${text}`);
  const history = runToEnd(model, { memoryLimitBytes: 2 ** 30, files: {} });
  const { lateLoss, reference, state } = assessLearning(model, history, windowsOf(history));
  return state === 'destroyed' ? Number.POSITIVE_INFINITY : lateLoss / reference;
}
