/**
 * Sends the records of long runs to a page that was hydrated without them, in parts between which the host hears
 * others.
 */
import { encodeRecordsInParts, isLong } from '../../protocol/encode-run';
import type { PanelRecord } from '../../protocol/panel-messages';
import type { RecordedRun } from '../runs/recorded-run';

/**
 * Sends all records of the runs that are long, in their order, each part after the one before was taken in.
 *
 * @param send resolves when the page has taken the records in
 * @param isWanted whether the page is still the one that was hydrated
 */
export async function streamRecords(
  runs: readonly (RecordedRun | undefined)[],
  send: (run: RecordedRun, records: readonly PanelRecord[]) => PromiseLike<unknown>,
  isWanted: () => boolean,
): Promise<void> {
  for (const run of runs) {
    if (!run || !isLong(run.history)) continue;
    for (const records of encodeRecordsInParts(run.history)) {
      if (!isWanted()) return;
      if (records.length > 0) await send(run, records);
      await new Promise(resolve => setTimeout(resolve));
    }
  }
}
