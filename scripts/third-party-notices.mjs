// Collects the licences of every package that ended up in a bundle, from esbuild's account of the bundles' inputs.
import fs from 'node:fs';
import path from 'node:path';

const LICENSE_FILE = /^(licen[cs]e|copying)(\.\w+)?$/i;

/**
 * @param {string} root the project's folder
 * @param {readonly import('esbuild').Metafile[]} metafiles
 * @returns {string} one section a package: name, version, licence, its text
 */
export function thirdPartyNotices(root, metafiles) {
  const folders = new Set();
  for (const input of metafiles.flatMap(metafile => Object.keys(metafile.inputs))) {
    const match = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input);
    if (match) folders.add(match[1]);
  }
  return [...folders]
    .sort()
    .map(folder => {
      const { name, version, license } = JSON.parse(fs.readFileSync(path.join(root, folder, 'package.json'), 'utf8'));
      const file = fs.readdirSync(path.join(root, folder)).find(entry => LICENSE_FILE.test(entry));
      const text = file ? fs.readFileSync(path.join(root, folder, file), 'utf8').trim() : `Licensed under ${license}.`;
      return `${name} ${version} (${license})\n${'-'.repeat(60)}\n${text}\n`;
    })
    .join('\n\n');
}
