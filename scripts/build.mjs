// `npm run build`: everything that ships, into dist/. Options are esbuild.js's.
import { installPackages, run } from './setup.mjs';

installPackages();
run(process.execPath, ['esbuild.js', ...process.argv.slice(2)]);
