/** The part of pako 1 that is used here. */
declare module 'pako/lib/inflate' {
  export class Inflate {
    /** `raw`: a bare deflate stream; otherwise zlib or gzip, whichever the first bytes say, with its check sum verified. */
    constructor(options: { readonly raw?: boolean; readonly chunkSize?: number });
    /** Takes in bytes; false after an error. */
    push(bytes: Uint8Array, last: boolean): boolean;
    /** Called with every piece of output. */
    onData: (chunk: Uint8Array) => void;
    /** 0 while all is well. */
    readonly err: number;
    /** Whether the end of the stream was reached, where `last` was false. */
    readonly ended: boolean;
    readonly msg: string;
  }
}
