/** Small runs as the host sends them, for tests of the page. */
import type {
  PanelFinding,
  PanelLayer,
  PanelRecord,
  PanelRun,
  PanelState,
  WireNumber,
} from '../../src/protocol/panel-messages';

export function panelLayer(path: string, change: Partial<PanelLayer> = {}): PanelLayer {
  return {
    path,
    type: 'dense',
    activation: 'identity',
    isTrained: true,
    gradientNorm: 1,
    forwardGain: 1,
    backwardGain: 1,
    updateRatio: 1e-3,
    deadShare: 0,
    saturatedShare: 0,
    ...change,
  };
}

export function panelRecord(
  step: number,
  norms: readonly WireNumber[],
  change: Partial<PanelRecord> = {},
): PanelRecord {
  return {
    step,
    loss: 1 / (step + 1),
    learningRate: 0.01,
    gradientNorm: 1,
    clipFactor: 1,
    layerGradientNorms: norms,
    ...change,
  };
}

/** A run of two layers, `first` and `last`, of `steps` steps. */
export function panelRun(id: number, steps: number, change: Partial<PanelRun> = {}): PanelRun {
  return {
    id,
    label: `Run ${id} · 12:00:00`,
    task: 'two spirals, 512 examples',
    layers: [panelLayer('first'), panelLayer('last')],
    records: Array.from({ length: steps }, (_, step) => panelRecord(step, [0.1, 0.2])),
    throughTime: [],
    ...change,
  };
}

export function panelState(change: Partial<PanelState> = {}): PanelState {
  return {
    modelName: 'Model',
    fileName: 'a.model.yaml',
    uri: 'file:///a.model.yaml',
    status: { state: 'running', step: 0, steps: 10, message: '' },
    current: undefined,
    previous: undefined,
    findings: [],
    layerVerdicts: [],
    stale: false,
    ...change,
  };
}

export function panelFinding(change: Partial<PanelFinding> = {}): PanelFinding {
  return {
    rule: 'exploding-gradient',
    severity: 'error',
    layer: 'first',
    message: 'It explodes.',
    step: 3,
    symptoms: [],
    fixes: [],
    ...change,
  };
}
