/** Findings of a run that still goes on: shown only once they have stood for a while. */
import type { Finding } from '../../diagnosis/finding';

/** Looks in a row that must agree before a finding of a running model is shown. */
const AGREEING_LOOKS = 3;

/** Remembers how long each finding of one run has been seen. Early steps come and go; what stays is a failing run. */
export class PersistentFindings {
  private seen = new Map<string, number>();
  private shown: readonly Finding[] = [];

  /**
   * Takes in the findings of a new look at the run and returns those that were in every one of the latest looks. As
   * long as these are the same ones it returns the same array, although their numbers go on changing: nothing flickers.
   */
  look(findings: readonly Finding[]): readonly Finding[] {
    this.seen = new Map(findings.map(finding => [nameOf(finding), (this.seen.get(nameOf(finding)) ?? 0) + 1]));
    const lasting = findings.filter(finding => this.seen.get(nameOf(finding))! >= AGREEING_LOOKS);
    if (lasting.map(nameOf).sort().join() !== this.shown.map(nameOf).sort().join()) this.shown = lasting;
    return this.shown;
  }
}

function nameOf({ rule, layer }: Finding): string {
  return `${rule} ${layer ?? ''}`;
}
