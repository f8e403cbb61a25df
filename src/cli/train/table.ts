export interface Column<Row> {
  readonly title: string;
  readonly align: 'left' | 'right';
  readonly text: (row: Row) => string;
}

/** Rows as aligned text, two spaces between columns, a title line first. */
export function alignedTable<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): readonly string[] {
  const cells = [columns.map(({ title }) => title), ...rows.map(row => columns.map(({ text }) => text(row)))];
  const widths = columns.map((_, index) => Math.max(...cells.map(line => line[index].length)));
  const pad = (cell: string, index: number): string =>
    columns[index].align === 'left' ? cell.padEnd(widths[index]) : cell.padStart(widths[index]);
  return cells.map(line => line.map(pad).join('  ').trimEnd());
}
