/** Which faults bring about which: what is explained by a finding is a symptom, not a finding of its own. */
import type { Finding, RelatedPlace, RuleId } from './finding';

/** For every rule, what its fault brings about in the same run. The keys are in order: an earlier one is the likelier root. */
const BRINGS_ABOUT: Readonly<Record<RuleId, readonly RuleId[]>> = {
  // One step along an exploded gradient throws weights far off: units die or saturate, and then gradients vanish.
  'exploding-through-time': [
    'exploding-gradient', 'dead-relu', 'saturated-activation', 'vanishing-gradient', 'vanishing-through-time', 'non-finite',
  ],
  'exploding-gradient': ['dead-relu', 'saturated-activation', 'vanishing-gradient', 'vanishing-through-time', 'non-finite'],
  'dead-relu': ['vanishing-gradient', 'vanishing-through-time'],
  'saturated-activation': ['vanishing-gradient', 'vanishing-through-time'],
  // Where nothing comes back to tell them otherwise, biases drift until units die or saturate.
  'vanishing-gradient': ['dead-relu', 'saturated-activation', 'vanishing-through-time'],
  'vanishing-through-time': [],
  'non-finite': [],
};

const ORDER = Object.keys(BRINGS_ABOUT);
const EXPLODING: ReadonlySet<RuleId> = new Set(['exploding-through-time', 'exploding-gradient']);

/** Roots in the order of the table, each with its symptoms among its related places. */
export function rootsOf(findings: readonly Finding[]): readonly Finding[] {
  const sorted = [...findings].sort((a, b) => ORDER.indexOf(a.rule) - ORDER.indexOf(b.rule));
  const roots = sorted.filter((finding) => !sorted.some((other) => explains(other, finding)));
  return roots.map((root) => {
    const symptoms = sorted.filter((finding) => !roots.includes(finding) && firstRoot(roots, sorted, finding) === root);
    return { ...root, related: [...root.related, ...symptoms.map(symptom)] };
  });
}

/** The root at the end of the chain of what explains a symptom. */
function firstRoot(roots: readonly Finding[], findings: readonly Finding[], symptomOf: Finding): Finding | undefined {
  const cause = findings.find((other) => explains(other, symptomOf));
  return cause === undefined || roots.includes(cause) ? cause : firstRoot(roots, findings, cause);
}

/** A cause shows no later than its effect; but a norm is seen to explode only after the updates that kill units with it. */
function explains(cause: Finding, effect: Finding): boolean {
  if (cause === effect || !BRINGS_ABOUT[cause.rule].includes(effect.rule)) return false;
  if (EXPLODING.has(cause.rule) && effect.step > 0) return true;
  if (cause.step !== effect.step) return cause.step < effect.step;
  return ORDER.indexOf(cause.rule) < ORDER.indexOf(effect.rule);
}

function symptom(finding: Finding): RelatedPlace {
  const [first] = finding.message.split(/\.\s/);
  return { source: finding.source, message: `${finding.rule}: ${first}.` };
}
