/** The whole page, from its parts. */
import { createScheduler } from '../frame-scheduler';
import { createAnnouncer } from './announcer';
import { createGradientChart, createLossChart, createTimeChart } from './charts';
import { element, show } from './dom';
import { createComparison } from './comparison';
import { createEmpty } from './empty';
import { createFindings } from './findings';
import { createHeader } from './header';
import { createLayerTable } from './layer-table';
import { createNotices } from './notices';
import type { Actions, Shown, View } from './view';

/** The table's numbers change no faster than they can be read. */
const TABLES_PER_SECOND = 4;

export function createPage(actions: Actions): View {
  const header = createHeader(actions);
  const notices = createNotices(actions);
  const empty = createEmpty(actions);
  const findings = createFindings(actions);
  const comparison = createComparison(actions);
  const announcer = createAnnouncer();
  const table = createLayerTable(actions);
  const charts = [createGradientChart(actions), createLossChart(actions), createTimeChart(actions)];
  const [gradients, loss, time] = charts;
  let latest: Shown | undefined;
  const updateTable = createScheduler(() => latest && table.update(latest), undefined, TABLES_PER_SECOND);
  return {
    root: element(
      'main',
      {},
      header.root,
      notices.root,
      empty.root,
      findings.root,
      comparison.root,
      gradients.root,
      table.root,
      element('div', { class: 'chart-pair' }, loss.root, time.root),
      announcer.root,
    ),
    update: shown => {
      const highlightOnly = latest !== undefined && latest.state === shown.state && latest.view === shown.view;
      latest = shown;
      show(header.root, shown.state.hydrated);
      for (const view of [header, notices, empty, findings, comparison, ...charts, announcer]) view.update(shown);
      if (highlightOnly) table.update(shown);
      else updateTable();
    },
  };
}
