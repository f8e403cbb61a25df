/** Findings of a run that still goes on: shown only once they have stood for a while. */
import type { Finding } from '../../diagnosis/finding';

/** Looks in a row that must agree before a finding of a running model is shown. */
const AGREEING_LOOKS = 3;

/** Remembers how long each finding of one run has been seen. Early steps come and go; what stays is a failing run. */
export class PersistentFindings {
  private seen = new Map<string, number>();

  /** Takes in the findings of a new look at the run and returns those that were in every one of the latest looks. */
  look(findings: readonly Finding[]): readonly Finding[] {
    const key = (finding: Finding): string => `${finding.rule} ${finding.layer ?? ''}`;
    this.seen = new Map(findings.map((finding) => [key(finding), (this.seen.get(key(finding)) ?? 0) + 1]));
    return findings.filter((finding) => this.seen.get(key(finding))! >= AGREEING_LOOKS);
  }
}
