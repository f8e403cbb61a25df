/** Small files in the extension's own storage: written whole or not at all, and set aside where they cannot be read. */
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';

/** Ending of a file that is being written; one that a crash leaves behind is removed. */
const UNFINISHED = '.part';

/** A file that is unfinished for so long is no longer being written, by another window either. */
const ABANDONED_MS = 3_600_000;
/** Ending of a file that was set aside. */
export const ASIDE = '.unreadable';

export class RunFolder {
  /** Tells files that are being written apart. */
  private writes = 0;

  constructor(private readonly folder: string) {}

  /** The content of a file; `undefined` where there is none. */
  async read(name: string): Promise<Uint8Array | undefined> {
    try {
      return await readFile(this.pathOf(name));
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  /**
   * Writes beside the file and puts the new one in its place: whatever goes wrong before leaves the older one as it is.
   */
  async write(name: string, bytes: Uint8Array): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    const unfinished = this.pathOf(`${name}.${process.pid}-${this.writes++}${UNFINISHED}`);
    try {
      const file = await open(unfinished, 'w');
      try {
        await file.writeFile(bytes);
        // The name must not come to stand for bytes that a power failure takes back.
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(unfinished, this.pathOf(name));
    } catch (error) {
      await rm(unfinished, { force: true });
      throw error;
    }
  }

  /** Whether there was such a file. */
  async remove(name: string): Promise<boolean> {
    try {
      await rm(this.pathOf(name));
      return true;
    } catch (error) {
      if (isMissing(error)) return false;
      throw error;
    }
  }

  /** Gives a file a name that nobody reads. Returns its path. */
  async setAside(name: string): Promise<string> {
    const aside = this.pathOf(`${name}.${Date.now()}${ASIDE}`);
    await rename(this.pathOf(name), aside);
    return aside;
  }

  /** Names of the files with this ending, the one written last first. */
  async newestFirst(ending: string): Promise<readonly string[]> {
    const names = (await this.list()).filter(name => name.endsWith(ending));
    const dated = await Promise.all(names.map(async name => ({ name, time: (await stat(this.pathOf(name))).mtimeMs })));
    return dated.sort((one, other) => other.time - one.time).map(({ name }) => name);
  }

  /** Removes what a crash in the middle of writing has left behind. */
  async removeUnfinished(): Promise<void> {
    for (const name of await this.list()) {
      if (name.endsWith(UNFINISHED) && Date.now() - (await stat(this.pathOf(name))).mtimeMs > ABANDONED_MS)
        await this.remove(name);
    }
  }

  private async list(): Promise<readonly string[]> {
    try {
      return await readdir(this.folder);
    } catch (error) {
      if (isMissing(error)) return [];
      throw error;
    }
  }

  private pathOf(name: string): string {
    return path.join(this.folder, name);
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
