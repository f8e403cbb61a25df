/** A text that tells data files apart by their names and all their bytes: SHA-256, worked out beside this thread. */
export async function dataDigest(files: Readonly<Record<string, Uint8Array>>): Promise<string> {
  const parts = await Promise.all(Object.entries(files).map(async ([name, bytes]) => [name, await sha256(bytes)]));
  return JSON.stringify(parts);
}

/** The digest in hexadecimal digits. */
export async function sha256(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>);
  return Buffer.from(digest).toString('hex');
}
