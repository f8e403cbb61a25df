/** Findings as the user wants them: severities of the settings, rules that are off left out. */
import type { Finding } from '../../diagnosis/finding';
import type { RuleSeverities } from '../settings/settings';

/** The findings that are shown, in their order, each with the severity that its rule has in `rules`. */
export function applySeverities(findings: readonly Finding[], rules: RuleSeverities): readonly Finding[] {
  return findings.flatMap(finding => {
    const severity = rules[finding.rule] ?? finding.severity;
    return severity === 'off' ? [] : [{ ...finding, severity }];
  });
}
