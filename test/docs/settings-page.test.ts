/** The table of settings against the manifest. */
import { expect, it } from 'vitest';
import { read } from './markdown';

interface Manifest {
  readonly contributes: {
    readonly configuration: { readonly properties: Readonly<Record<string, { readonly default: unknown }>> };
  };
}

it('the page lists every setting with its default', () => {
  const { contributes } = JSON.parse(read('package.json')) as Manifest;
  const settings = Object.entries(contributes.configuration.properties).map(([name, setting]) => [
    name,
    JSON.stringify(setting.default),
  ]);
  const rows = [...read('docs/settings.md').matchAll(/^\| `([^`]+)` \| `([^`]+)` \| .+ \|$/gm)].map(
    ([, name, value]) => [name, value],
  );
  expect(rows.sort()).toEqual(settings.sort());
});
