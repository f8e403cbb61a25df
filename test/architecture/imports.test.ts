/** Who may import whom: the rooms of ARCHITECTURE.md, held against every import of the code. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = path.join(import.meta.dirname, '../..');

interface Room {
  /** Rooms it may import, by folder; its own is always allowed. */
  readonly rooms: readonly string[];
  /** Packages it may import. */
  readonly packages: readonly string[];
  /** True where code must run in any JavaScript host and give the same result each time. */
  readonly pure: boolean;
  /** Files that are an exception, with what they may import besides. */
  readonly entries?: Readonly<Record<string, readonly string[]>>;
}

/** From the ground up: a room may only import rooms above it in this list. */
const ROOMS: Readonly<Record<string, Room>> = {
  'src/engine': { rooms: [], packages: ['#kernels.wasm'], pure: true },
  'src/model': { rooms: [], packages: [], pure: true },
  'src/text': { rooms: [], packages: [], pure: true },
  'src/record': { rooms: ['src/model'], packages: [], pure: true },
  'src/frontends': { rooms: ['src/model', 'src/text'], packages: ['yaml', 'jsonc-parser'], pure: true },
  'src/training': {
    rooms: ['src/engine', 'src/model', 'src/text', 'src/record'],
    packages: ['papaparse', 'pako'],
    pure: true,
  },
  'src/diagnosis': { rooms: ['src/model', 'src/record'], packages: [], pure: true },
  'src/fixes': {
    rooms: ['src/model', 'src/text', 'src/record', 'src/diagnosis', 'src/engine'],
    packages: [],
    pure: true,
  },
  'src/verification': {
    rooms: ['src/model', 'src/text', 'src/record', 'src/frontends', 'src/diagnosis', 'src/fixes'],
    packages: [],
    pure: true,
  },
  'src/protocol': {
    rooms: [
      'src/model',
      'src/record',
      'src/frontends',
      'src/training',
      'src/diagnosis',
      'src/fixes',
      'src/verification',
    ],
    packages: [],
    pure: true,
  },
  'src/worker': {
    rooms: ['src/model', 'src/text', 'src/record', 'src/training', 'src/verification', 'src/protocol'],
    packages: ['node:child_process'],
    pure: false,
    entries: {
      'src/worker/host-channel.ts': ['node:worker_threads', 'node:path'],
      'src/worker/memory-watch.ts': ['node:worker_threads', 'node:fs'],
    },
  },
  'src/python': {
    rooms: ['src/text', 'src/worker'],
    packages: ['pyodide', 'node:'],
    pure: false,
  },
  'src/analysis': {
    rooms: [
      'src/model',
      'src/text',
      'src/record',
      'src/frontends',
      'src/diagnosis',
      'src/fixes',
      'src/verification',
      'src/protocol',
      'src/worker',
    ],
    packages: [],
    pure: false,
    entries: { 'src/analysis/analysis-process.ts': ['node:path'] },
  },
  'src/extension': {
    rooms: [
      'src/model',
      'src/text',
      'src/record',
      'src/frontends',
      'src/training',
      'src/diagnosis',
      'src/fixes',
      'src/verification',
      'src/protocol',
      'src/worker',
    ],
    packages: [
      'vscode',
      'node:child_process',
      'node:os',
      'node:fs',
      'node:fs/promises',
      'node:path',
      'node:util',
      'node:zlib',
    ],
    pure: false,
  },
  'src/cli': {
    rooms: [
      'src/engine',
      'src/model',
      'src/text',
      'src/record',
      'src/frontends',
      'src/training',
      'src/diagnosis',
      'src/fixes',
      'src/verification',
      'src/protocol',
      'src/python',
    ],
    packages: ['node:'],
    pure: false,
  },
  webview: {
    rooms: ['src/record', 'src/diagnosis', 'src/protocol'],
    packages: ['chart.js', '@vscode/webview-ui-toolkit'],
    pure: false,
  },
};

/** Rooms that only lend their types: `import type` from them, never a value. */
const TYPES_ONLY: readonly (readonly [string, string])[] = [
  ['src/record', 'src/model'],
  ['src/protocol', 'src/training'],
  ['src/extension', 'src/training'],
  ['webview', 'src/diagnosis'],
  ['src/worker', 'src/model'],
  ['src/worker', 'src/verification'],
];

/**
 * Hosts are kept out by `tsconfig.pure.json`, which compiles the pure rooms without their types; the language has these
 * two.
 */
const CLOCK_OR_CHANCE = /\bDate\.now\b|\bnew Date\b|\bMath\.random\b/;

interface Import {
  readonly specifier: string;
  readonly typeOnly: boolean;
}

const sourceFiles = (folder: string): string[] =>
  fs
    .readdirSync(path.join(ROOT, folder), { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.d.ts'))
    .map(entry => path.relative(ROOT, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
    .filter(file => !file.startsWith('src/engine/kernels/assembly/'));

const importsOf = (text: string): Import[] =>
  [
    ...text.matchAll(
      /^(?:import|export)\s+(type\s+)?[^'";]*?from\s+'([^']+)'|^import\s+'([^']+)'|\bimport\('([^']+)'\)/gm,
    ),
  ].map(([, type, from, bare, dynamic]) => ({ specifier: from ?? bare ?? dynamic, typeOnly: type !== undefined }));

const roomOf = (file: string): string | undefined => Object.keys(ROOMS).find(room => file.startsWith(`${room}/`));

/** Comments and strings speak of anything; code may not. */
const codeOf = (text: string): string =>
  text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\/\/.*$/gm, '')
    .replace(/'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/g, "''");

describe.each(Object.entries(ROOMS))('%s', (room, { rooms, packages, pure, entries = {} }) => {
  const files = sourceFiles(room);

  it('has code', () => {
    expect(files).not.toEqual([]);
  });

  it('imports only the rooms and packages it may', () => {
    const broken: string[] = [];
    for (const file of files) {
      for (const { specifier, typeOnly } of importsOf(fs.readFileSync(path.join(ROOT, file), 'utf8'))) {
        if (specifier.startsWith('.')) {
          const target = path.posix.join(path.posix.dirname(file), specifier);
          const targetRoom = roomOf(`${target}/`) ?? 'nowhere';
          if (targetRoom === room || /\.css$/.test(target)) continue;
          const lent = TYPES_ONLY.some(([from, to]) => from === room && to === targetRoom);
          if (!rooms.includes(targetRoom) || (lent && !typeOnly)) broken.push(`${file} imports ${specifier}`);
        } else {
          const allowed = [...packages, ...(entries[file] ?? [])];
          if (
            !allowed.some(name => specifier === name || specifier.startsWith(name.endsWith(':') ? name : `${name}/`))
          ) {
            broken.push(`${file} imports ${specifier}`);
          }
        }
      }
    }
    expect(broken).toEqual([]);
  });

  it.runIf(pure)('knows no clock and no unseeded chance', () => {
    const broken = files
      .filter(file => !(file in entries))
      .map(file => [file, CLOCK_OR_CHANCE.exec(codeOf(fs.readFileSync(path.join(ROOT, file), 'utf8')))?.[0]] as const)
      .filter(([, found]) => found !== undefined);
    expect(broken).toEqual([]);
  });
});

/**
 * What takes long, or grows with the run: the analysis process does it, since every other extension waits for the
 * thread of the host.
 */
const NOT_IN_THE_HOST = [
  'src/diagnosis/diagnose',
  'src/fixes/propose',
  'src/fixes/compose-fix',
  'src/fixes/catalog',
  'src/verification/verify-fixes',
  'src/verification/compare-cures',
  'src/verification/assess-seeds',
  'src/verification/partial-harm',
  'src/verification/measure-trial',
  'src/verification/measure-candidates',
  'src/verification/board',
  'src/analysis/',
];

it('the extension host leaves diagnosis, the making of cures and measuring to the analysis process', () => {
  const reached = new Map<string, string>();
  const follow = (file: string, from: string): void => {
    if (reached.has(file) || !fs.existsSync(path.join(ROOT, file))) return;
    reached.set(file, from);
    for (const { specifier, typeOnly } of importsOf(fs.readFileSync(path.join(ROOT, file), 'utf8'))) {
      if (specifier.startsWith('.') && !typeOnly)
        follow(`${path.posix.join(path.posix.dirname(file), specifier)}.ts`, file);
    }
  };
  follow('src/extension/extension.ts', '');
  expect(reached.size).toBeGreaterThan(100);
  expect([...reached].filter(([file]) => NOT_IN_THE_HOST.some(work => file.startsWith(work)))).toEqual([]);
});

it('every pure room is compiled without the types of any host', () => {
  const { include } = JSON.parse(fs.readFileSync(path.join(ROOT, 'tsconfig.pure.json'), 'utf8')) as {
    include: string[];
  };
  expect(Object.entries(ROOMS).filter(([room, { pure }]) => pure && !include.includes(room))).toEqual([]);
});

it('a room only imports rooms above it, so that no two form a circle', () => {
  const order = Object.keys(ROOMS);
  const upward = Object.entries(ROOMS).flatMap(([room, { rooms }]) =>
    rooms.filter(other => order.indexOf(other) >= order.indexOf(room)).map(other => `${room} -> ${other}`),
  );
  expect(upward).toEqual([]);
});

it('no permission is left that nothing uses', () => {
  const unused = Object.entries(ROOMS).flatMap(([room, { rooms }]) => {
    const used = new Set(
      sourceFiles(room).flatMap(file =>
        importsOf(fs.readFileSync(path.join(ROOT, file), 'utf8'))
          .filter(({ specifier }) => specifier.startsWith('.'))
          .map(({ specifier }) => roomOf(`${path.posix.join(path.posix.dirname(file), specifier)}/`)),
      ),
    );
    return rooms.filter(other => !used.has(other)).map(other => `${room} -> ${other}`);
  });
  expect(unused).toEqual([]);
});

/** Rooms in which no two files form a circle, not even of types. */
const FILES_WITHOUT_CIRCLES = [
  'src/extension',
  'webview',
  'src/engine',
  'src/record',
  'src/worker',
  'src/analysis',
  'src/protocol',
  'src/fixes',
];

it.each(FILES_WITHOUT_CIRCLES)('no two files of %s form a circle', room => {
  const imports = new Map(
    sourceFiles(room).map(file => [
      file,
      importsOf(fs.readFileSync(path.join(ROOT, file), 'utf8'))
        .filter(({ specifier }) => specifier.startsWith('.'))
        .map(({ specifier }) => `${path.posix.join(path.posix.dirname(file), specifier)}.ts`),
    ]),
  );
  expect(circlesIn(imports)).toEqual([]);
});

/** Folders of the extension from the ground up; the files beside them put it together, and nothing imports those. */
const EXTENSION_FOLDERS = [
  'settings',
  'documents',
  'analysis',
  'data',
  'runs',
  'checks',
  'findings',
  'cures',
  'stored',
  'probe',
  'language',
  'panel',
  'commands',
];

it('a folder of the extension only imports folders below it', () => {
  const rankOf = (file: string): number => {
    const [, , folder, ...rest] = file.split('/');
    return rest.length === 0 ? EXTENSION_FOLDERS.length : EXTENSION_FOLDERS.indexOf(folder);
  };
  const files = sourceFiles('src/extension');
  expect(files.filter(file => rankOf(file) < 0)).toEqual([]);
  const upward = files.flatMap(file =>
    importsOf(fs.readFileSync(path.join(ROOT, file), 'utf8'))
      .map(({ specifier }) => `${path.posix.join(path.posix.dirname(file), specifier)}.ts`)
      .filter(target => target.startsWith('src/extension/') && rankOf(target) > rankOf(file))
      .map(target => `${file} -> ${target}`),
  );
  expect(upward).toEqual([]);
});

/** Nodes of a graph that can be reached from themselves. */
function circlesIn(graph: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const reaches = (from: string): boolean => {
    const seen = new Set<string>();
    const open = [...(graph.get(from) ?? [])];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (next === from) return true;
      if (seen.has(next)) continue;
      seen.add(next);
      open.push(...(graph.get(next) ?? []));
    }
    return false;
  };
  return [...graph.keys()].filter(reaches);
}

it('every folder under src is a room', () => {
  const folders = fs.readdirSync(path.join(ROOT, 'src')).map(name => `src/${name}`);
  expect(folders.filter(folder => !(folder in ROOMS))).toEqual([]);
});

it('the toolkit stays behind webview/controls', () => {
  const users = sourceFiles('webview').filter(file =>
    /@vscode\/webview-ui-toolkit/.test(fs.readFileSync(path.join(ROOT, file), 'utf8')),
  );
  expect(users.filter(file => !file.startsWith('webview/controls/'))).toEqual([]);
});
