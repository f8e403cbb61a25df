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
  'vanishing-gradient': ['vanishing-through-time'],
  'vanishing-through-time': [],
  'non-finite': [],
};

/** Roots first, in the order of the table, each with its symptoms among its related places. */
export function rootsOf(findings: readonly Finding[]): readonly Finding[] {
  const order = Object.keys(BRINGS_ABOUT);
  const sorted = [...findings].sort((a, b) => order.indexOf(a.rule) - order.indexOf(b.rule));
  const roots: Finding[] = [];
  for (const finding of sorted) {
    const root = roots.findIndex((candidate) => BRINGS_ABOUT[candidate.rule].includes(finding.rule));
    if (root < 0) roots.push(finding);
    else roots[root] = { ...roots[root], related: [...roots[root].related, symptom(finding)] };
  }
  return roots;
}

function symptom(finding: Finding): RelatedPlace {
  const [first] = finding.message.split(/\.\s/);
  return { source: finding.source, message: `${finding.rule}: ${first}.` };
}
