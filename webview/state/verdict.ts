/** One word a layer on how it fares: from the findings, or that the run ended without one. */
import type { PanelFinding, RunState } from '../../src/protocol/panel-messages';
import type { RunView } from './run-view';

export type Rule = PanelFinding['rule'];
export type Severity = PanelFinding['severity'];

export interface Verdict {
  readonly text: string;
  readonly tone: Severity | 'healthy' | 'unknown';
}

const WORDS: Readonly<Record<Rule, string>> = {
  'exploding-gradient': 'exploding',
  'vanishing-gradient': 'vanishing',
  'exploding-through-time': 'exploding in time',
  'vanishing-through-time': 'vanishing in time',
  'non-finite': 'not finite',
  'dead-relu': 'dead units',
  'saturated-activation': 'saturated',
  'dead-output': 'dead output',
  'loss-output-mismatch': 'unfit output',
  'unscaled-input': 'raw input',
  'unscaled-target': 'raw targets',
  'poor-initialization': 'unfit weights',
  'depth-beyond-signal': 'too deep',
  'missing-normalization': 'not normalised',
  'forward-explosion': 'signal explodes',
  'silent-death': 'learns nothing',
  'learning-rate-too-high': 'rate too high',
  'learning-rate-too-low': 'rate too low',
  'diverging-loss': 'diverging',
  'diverging-parameters': 'weights diverge',
  'oscillating-loss': 'oscillating',
  'slow-convergence': 'slow',
  'clip-never-binds': 'clip idle',
  'clip-always-binds': 'always clipped',
  'batch-too-noisy': 'noisy batches',
  'overfitting': 'overfitting',
  'not-learning': 'not learning',
  'over-regularization': 'penalty too strong',
  'degenerate-batch-norm': 'normalizes one value',
  'post-norm-without-warm-up': 'post-norm',
};

/** From the gravest to the lightest. */
export const SEVERITIES: readonly Severity[] = ['error', 'warning', 'information', 'hint'];

const UNKNOWN: Verdict = { text: '—', tone: 'unknown' };

/** Faults that spread: a finding names the layer that causes them, while others suffer from them too. */
const SPREADING: readonly Rule[] = [
  'exploding-gradient',
  'vanishing-gradient',
  'exploding-through-time',
  'vanishing-through-time',
  'non-finite',
];

const NO_FINDING: Verdict = { text: 'no finding', tone: 'unknown' };

/**
 * Verdicts in the order of the run's layers. A layer without a finding is called healthy only once the run is done and its
 * numbers stayed finite: before that nothing can be said, and after a value that is not finite every layer carries it. Nor is
 * it called healthy while another layer is at fault for something that spreads.
 */
export function verdicts(run: RunView, findings: readonly PanelFinding[], state: RunState): readonly Verdict[] {
  const last = run.records.at(-1);
  const sound = state === 'done' && last !== undefined && Number.isFinite(last.loss) && Number.isFinite(last.gradientNorm);
  const spreads = findings.some(({ rule, severity }) => SPREADING.includes(rule) && (severity === 'error' || severity === 'warning'));
  return run.layers.map(({ path }) => {
    const own = findings.filter(({ layer }) => layer === path);
    const gravest = SEVERITIES.map((severity) => own.find((finding) => finding.severity === severity)).find(Boolean);
    if (gravest !== undefined) return { text: WORDS[gravest.rule], tone: gravest.severity };
    if (!sound) return UNKNOWN;
    return spreads ? NO_FINDING : { text: 'healthy', tone: 'healthy' };
  });
}
