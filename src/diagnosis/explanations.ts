/** Which of a run's findings are roots: what is explained by another finding is a symptom, not a finding of its own. */
import type { Finding, RelatedPlace, Severity } from './finding';
import type { RuleMeta } from './rule';

/** The relations of rules and layers that ranking uses. */
export interface Ranking {
  /** Every rule's meta; of those that could explain each other the earlier one is the likelier root. */
  readonly rules: readonly RuleMeta[];
  /** Dotted paths of the model's layers in forward order. */
  readonly layers: readonly string[];
}

/** Severities from the gravest on. */
const SEVERITIES: readonly Severity[] = ['error', 'warning', 'information', 'hint'];

/**
 * Roots, the likeliest first, each with its symptoms among its related places and as grave as the gravest of them. A
 * finding is a symptom of the first one that explains it (see `RuleMeta.explains`): earlier in time, or at the same
 * time and further upstream, or else of the likelier rule.
 */
export function rootsOf(findings: readonly Finding[], ranking: Ranking): readonly Finding[] {
  const rankOf = new Map(ranking.rules.map((meta, index) => [meta.id, index]));
  const metaOf = new Map(ranking.rules.map(meta => [meta.id, meta]));
  const place = placesOf(ranking.layers);
  const time = (finding: Finding): number =>
    metaOf.get(finding.rule)?.showsLate ? Math.min(finding.step, 1) : finding.step;
  const rank = (finding: Finding): number => rankOf.get(finding.rule) ?? ranking.rules.length;
  const names = (cause: Finding, effect: Finding): boolean =>
    metaOf.get(cause.rule)?.explains.includes(effect.rule) ?? false;

  const sorted = [...findings].sort((a, b) => rank(a) - rank(b) || a.step - b.step);
  const explains = (cause: Finding, effect: Finding): boolean => {
    if (cause === effect || !names(cause, effect)) return false;
    if (time(cause) !== time(effect)) return time(cause) < time(effect);
    if (!names(effect, cause)) return true;
    const travels = metaOf.get(cause.rule)?.travels;
    const distance = place(effect) - place(cause);
    if (travels === undefined || travels !== metaOf.get(effect.rule)?.travels || !(Math.abs(distance) > 0)) {
      return sorted.indexOf(cause) < sorted.indexOf(effect);
    }
    return travels === 'forward' ? distance > 0 : distance < 0;
  };
  const rootOf = (finding: Finding, symptoms: readonly Finding[] = []): Finding => {
    // Findings that explain each other in a ring: the first one of them stands for all.
    if (symptoms.includes(finding)) return sorted.find(each => symptoms.includes(each)) ?? finding;
    const cause = sorted.find(other => explains(other, finding));
    return cause === undefined ? finding : rootOf(cause, [...symptoms, finding]);
  };

  const roots = sorted.map(finding => rootOf(finding));
  return sorted
    .filter(finding => roots.includes(finding))
    .map(root => {
      const symptoms = sorted.filter((finding, index) => finding !== root && roots[index] === root);
      return withSymptoms(root, symptoms);
    });
}

/** Position of a finding's layer in forward order; NaN, which is neither before nor after, for the whole model. */
function placesOf(layers: readonly string[]): (finding: Finding) => number {
  const places = new Map(layers.map((path, index) => [path, index]));
  return ({ layer }) => (layer === undefined ? Number.NaN : (places.get(layer) ?? Number.NaN));
}

function withSymptoms(root: Finding, symptoms: readonly Finding[]): Finding {
  const gravest = Math.min(...[root, ...symptoms].map(finding => SEVERITIES.indexOf(finding.severity)));
  return {
    ...root,
    severity: SEVERITIES[gravest],
    related: [...root.related, ...symptoms.flatMap(placesOfSymptom)],
  };
}

/** A symptom at its own layer, wherever its cause would be written, with the layers that it names as its like. */
function placesOfSymptom({ rule, layer, at, message, related }: Finding): readonly RelatedPlace[] {
  const [first] = message.split(/\.\s/);
  const own = layer === undefined ? at : { layer };
  const alike = related.filter(each => each.layer !== undefined && each.rule === undefined);
  return [
    { at: own, message: `${rule}: ${first}.`, rule, ...(layer !== undefined && { layer }) },
    ...alike.map(each => ({ ...each, rule, message: `${rule}: ${each.message}` })),
  ];
}
