/** Looks at a run that goes on: how often it is diagnosed, and which of its findings are shown. */
import type { Finding } from '../../diagnosis/finding';
import { PersistentFindings } from './persistent-findings';

/** Time between the end of one look and the next. */
const LOOK_MS = 1000;

export class RunLooks {
  private readonly persistent = new PersistentFindings();
  private lookedAt = Date.now();
  private isLooking = false;

  /**
   * @param diagnose gives the findings of the run as it is; `undefined` where nothing is to be said of it any more, or
   * not yet
   * @param show takes the findings that have stood for a while
   */
  constructor(
    private readonly diagnose: () => Promise<readonly Finding[] | undefined>,
    private readonly show: (findings: readonly Finding[]) => void,
  ) {}

  /** Looks where it is time, one look after the other. */
  async whenDue(): Promise<void> {
    if (this.isLooking || Date.now() - this.lookedAt < LOOK_MS) return;
    this.isLooking = true;
    try {
      const found = await this.diagnose();
      if (found) this.show(this.persistent.look(found));
    } catch {
      // The look after the end of the run, which everything rests on, tells why there are no findings.
    } finally {
      this.isLooking = false;
      this.lookedAt = Date.now();
    }
  }
}
