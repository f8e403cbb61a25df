/** Where the first rows of a table end, found while its bytes come in, so that the rest need not be read. */

const LINE_FEED = 10;
const QUOTE = 34;
/** Byte order mark of UTF-8. */
const MARK: ReadonlySet<number> = new Set([0xef, 0xbb, 0xbf]);
const BLANK: ReadonlySet<number> = new Set([9, 13, 32]);
/** Any delimiter that a header may have chosen. */
const DELIMITERS: ReadonlySet<number> = new Set([44, 59, 9, 124]);

/**
 * Counts rows byte by byte. A line that is blank is no row. In a CSV file a row may go over several lines, in quotes,
 * and the header comes before the first row. Where it is not known which delimiter a file has, a quote after any of
 * them opens a value: that can only count too few rows, so that more than enough is read.
 */
export class FirstRows {
  private left: number;
  private isBlank = true;
  private atFieldStart = true;
  private inQuotes = false;
  private afterQuote = false;
  private isFirstByte = true;

  constructor(
    private readonly format: 'csv' | 'lines',
    rows: number,
  ) {
    this.left = format === 'csv' ? rows + 1 : rows;
  }

  /** Takes in more bytes. Returns how many of them belong to the rows asked for, once these are complete. */
  feed(bytes: Uint8Array): number | undefined {
    for (let position = 0; position < bytes.length; position++) {
      const byte = bytes[position];
      if (byte === LINE_FEED && !this.inQuotes) {
        if (!this.isBlank) {
          this.left--;
        }
        if (this.left === 0) {
          return position + 1;
        }
        this.isBlank = true;
        this.atFieldStart = true;
        this.afterQuote = false;
      } else if (!(this.isFirstByte && MARK.has(byte))) {
        this.isFirstByte = false;
        this.take(byte);
      }
    }
    return undefined;
  }

  private take(byte: number): void {
    this.isBlank &&= BLANK.has(byte);
    if (this.format === 'lines') {
      return;
    }
    if (byte === QUOTE) {
      // A quote opens a value at its start; inside it closes it, or, where another follows at once, stands for itself.
      const opens = !this.inQuotes && (this.atFieldStart || this.afterQuote);
      this.afterQuote = this.inQuotes;
      this.inQuotes = opens;
      this.atFieldStart = false;
      return;
    }
    this.afterQuote = false;
    this.atFieldStart = !this.inQuotes && DELIMITERS.has(byte);
  }
}
