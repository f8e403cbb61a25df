/**
 * Where `npm start` and the tests find VS Code's server, with a program in its place that behaves as that one does at a
 * taken port.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { startServer } from '../../scripts/vscode/server.mjs';

const FOLDER = mkdtempSync(path.join(tmpdir(), 'gradient-health-'));
mkdirSync(path.join(FOLDER, 'out'));
// Where its port is taken, VS Code's server logs the error and stays.
writeFileSync(
  path.join(FOLDER, 'out/server-main.js'),
  `
const port = Number(process.argv[process.argv.indexOf('--port') + 1]);
const server = require('node:http').createServer((_request, response) => response.end('the editor'));
server.on('error', (error) => console.log('Error occurred in server', error)).listen(port, '127.0.0.1', () => {
  console.log('Extension host agent listening on ' + server.address().port);
});
setInterval(() => undefined, 1000);`,
);
afterAll(() => rmSync(FOLDER, { recursive: true }));

const HOST = { server: FOLDER, node: process.execPath };
const answerAt = async (url: string): Promise<string> => (await fetch(url)).text();

async function otherProgram(): Promise<{ readonly port: number; readonly close: () => Promise<void> }> {
  const server = http.createServer((_request, response) => response.end('another program'));
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise(resolve => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

describe("VS Code's server", () => {
  it('has another port where a program that answers every request has the one that was wanted', async () => {
    const other = await otherProgram();
    const server = await startServer({ ...HOST, port: other.port });
    expect(server.port).not.toBe(other.port);
    expect(await answerAt(server.url)).toBe('the editor');
    await Promise.all([server.stop(), other.close()]);
  });

  it('has the port that was wanted where it is free', async () => {
    const { port, close } = await otherProgram();
    await close();
    const server = await startServer({ ...HOST, port });
    expect(server).toMatchObject({ port, host: `127.0.0.1:${port}`, url: `http://127.0.0.1:${port}` });
    expect(await answerAt(server.url)).toBe('the editor');
    await server.stop();
  });
});
