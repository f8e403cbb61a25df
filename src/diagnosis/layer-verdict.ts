/** One word per layer on how it fares, from everything that was measured on it. */
import { isFiniteRecord } from '../record/finite';
import { isTrained, ownNorm, summarizeLayers } from '../record/layer-summary';
import type { RunHistory } from '../record/run-history';
import { isAlarm, type Finding, type Severity } from './finding';
import { ruleMeta } from './rules/index';
import type { RunVerdict } from './verdict';

/** Plain data. */
export interface LayerVerdict {
  /** Dotted path of the layer. */
  readonly layer: string;
  readonly text: string;
  readonly tone: Severity | 'healthy' | 'unknown';
  /** Where the layer shows a symptom only: the rule and the layer of the root that explains it. */
  readonly explainedBy?: string;
}

/** From the gravest on. */
const SEVERITIES: readonly Severity[] = ['error', 'warning', 'information', 'hint'];
/** An update smaller than this share of the weights is lost in the rounding of float32 (unit roundoff 6e-8). */
const LOST_IN_ROUNDING = 6e-8;
/** Share of a layer's outputs at flat ends that leaves little of the gradient. */
const MOSTLY_SATURATED = 0.8;
/** All units of a layer but what rounding leaves. */
const ALL_DEAD = 0.999;

/**
 * Verdicts in the order of the run's layers: the layer's own finding, else the symptom that a root explains, else what
 * its own numbers say. A layer is called healthy only in a run that trains and that every rule could judge; elsewhere
 * nothing can be said of one without a symptom.
 *
 * @param judged the verdict on the run; `undefined` while it goes on
 */
export function layerVerdicts(
  history: RunHistory,
  findings: readonly Finding[],
  judged: Pick<RunVerdict, 'verdict' | 'unjudged'> | undefined,
): readonly LayerVerdict[] {
  const summaries = summarizeLayers(history);
  const alarmed = findings.find(isAlarm);
  const verdict = judged?.verdict;
  return history.layout.layers.map(({ path: layer }, index): LayerVerdict => {
    const own = findings.filter(finding => finding.layer === layer || finding.layers?.includes(layer));
    const gravest = SEVERITIES.map(severity => own.find(finding => finding.severity === severity)).find(Boolean);
    if (gravest !== undefined && isAlarm(gravest))
      return { layer, text: ruleMeta(gravest.rule).word, tone: gravest.severity };
    const symptom = symptomOf(layer, findings);
    if (symptom !== undefined) return symptom;
    const { deadShare, saturatedShare, gradientNorm } = summaries[index];
    const measured =
      measuredFault(history, index, deadShare, gradientNorm) ??
      // A network that trains may end at the flat ends, sure of its answers.
      (verdict !== undefined && verdict !== 'trains' && saturatedShare >= MOSTLY_SATURATED
        ? ruleMeta('saturated-activation').word
        : undefined);
    if (measured !== undefined) {
      return { layer, text: measured, tone: 'warning', ...(alarmed && { explainedBy: rootText(alarmed) }) };
    }
    if (gravest !== undefined) return { layer, text: ruleMeta(gravest.rule).word, tone: gravest.severity };
    if (verdict === 'trains' && judged?.unjudged.length === 0) return { layer, text: 'healthy', tone: 'healthy' };
    return { layer, text: verdict === undefined ? '—' : 'no finding', tone: 'unknown' };
  });
}

function symptomOf(layer: string, findings: readonly Finding[]): LayerVerdict | undefined {
  for (const root of findings) {
    const place = root.related.find(related => related.layer === layer);
    if (place === undefined) continue;
    const rule = place.rule ?? root.rule;
    return {
      layer,
      text: ruleMeta(rule).word,
      tone: root.severity,
      ...(place.rule !== undefined && { explainedBy: rootText(root) }),
    };
  }
  return undefined;
}

function rootText({ rule, layer }: Finding): string {
  return layer === undefined ? rule : `${rule} in \`${layer}\``;
}

/** Judges a layer by its own numbers, whatever the rules found. */
function measuredFault(
  history: RunHistory,
  index: number,
  deadShare: number,
  gradientNorm: number,
): string | undefined {
  const last = history.records.at(-1);
  if (last !== undefined && !isFiniteRecord(last)) return undefined;
  if (deadShare >= ALL_DEAD) return 'dead units';
  if (!isTrained(history.layout, index)) return undefined;
  if (gradientNorm === 0) return 'no gradient';
  const moves = history.records.some(
    record =>
      isFiniteRecord(record) &&
      !(
        ownNorm(history.layout, index, record.updateNorms) / ownNorm(history.layout, index, record.parameterNorms) <
        LOST_IN_ROUNDING
      ),
  );
  return moves ? undefined : 'hardly moves';
}
