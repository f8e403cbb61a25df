/**
 * Options that make Node keep a process from everything but reading `paths` and starting threads; none where this Node
 * has no such options. A second wall: the closed context is the first.
 */
export function permissionsFor(paths: readonly string[]): readonly string[] {
  const known = process.allowedNodeEnvironmentFlags;
  const flag = ['--permission', '--experimental-permission'].find(name => known.has(name));
  if (flag === undefined) return [];
  return [flag, '--allow-worker', ...paths.map(path => `--allow-fs-read=${path}`)];
}
