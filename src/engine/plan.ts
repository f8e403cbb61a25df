/** Where everything lies: the memory plan of a session. */
export interface Plan {
  /** Bytes of the whole arena. */
  readonly bytes: number;
  /** Bytes of all the blocks a layer has, by path ('' for what belongs to none), before dead blocks are used again: whom to blame. */
  readonly bytesByScope: ReadonlyMap<string, number>;
}
