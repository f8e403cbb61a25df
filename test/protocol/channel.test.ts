import { describe, expect, it } from 'vitest';
import { Channel, ChannelClosedError, type MessagePort } from '../../src/protocol/channel';
import { isFromPanel, isFromWorker, isToWorker } from '../../src/protocol/parse-message';
import type { FromWorker, ToWorker } from '../../src/protocol/worker-messages';

/** A port whose other side is the test: what was posted, and a way to speak. */
interface TestPort extends MessagePort {
  readonly posted: unknown[];
  hear(message: unknown): void;
  listening(): boolean;
}

function testPort(): TestPort {
  let listener: ((message: unknown) => void) | undefined;
  const posted: unknown[] = [];
  return {
    posted,
    postMessage: message => void posted.push(message),
    onMessage: heard => {
      listener = heard;
      return () => (listener = undefined);
    },
    hear: message => listener?.(message),
    listening: () => listener !== undefined,
  };
}

const STARTED = {
  reply: 'started',
  refusal: (message: FromWorker) => (message.type === 'failed' ? message.message : undefined),
} as const;

describe('Channel', () => {
  it('hands messages to the listeners of their type, until they stop', () => {
    const port = testPort();
    const channel = new Channel<ToWorker, FromWorker>(port, isFromWorker);
    const heard: string[] = [];
    const stop = channel.on('finished', message => heard.push(message.outcome.kind));
    port.hear({ type: 'finished', outcome: { kind: 'completed' } });
    port.hear({ type: 'records', records: [] });
    stop();
    port.hear({ type: 'finished', outcome: { kind: 'completed' } });
    expect(heard).toEqual(['completed']);
  });

  it('drops what is not a message of its union', () => {
    const port = testPort();
    const channel = new Channel<ToWorker, FromWorker>(port, isFromWorker);
    let calls = 0;
    channel.on('failed', () => calls++);
    const strangers = [
      undefined,
      null,
      'text',
      {},
      { type: 'constructor' },
      { type: 'failed' },
      { type: 'failed', message: 1 },
    ];
    strangers.forEach(message => port.hear(message));
    expect(calls).toBe(0);
  });

  it('answers a request with its reply', async () => {
    const port = testPort();
    const channel = new Channel<ToWorker, FromWorker>(port, isFromWorker);
    const answer = channel.request({ type: 'acknowledge' }, STARTED);
    port.hear({ type: 'records', records: [] });
    port.hear({ type: 'started', layout: { task: 'blobs' } });
    expect((await answer).layout.task).toBe('blobs');
    expect(port.posted).toEqual([{ type: 'acknowledge' }]);
  });

  it('rejects a refused request with the sentence of the refusal', async () => {
    const port = testPort();
    const channel = new Channel<ToWorker, FromWorker>(port, isFromWorker);
    const answer = channel.request({ type: 'acknowledge' }, STARTED);
    port.hear({ type: 'failed', message: 'No such column.', internal: false });
    await expect(answer).rejects.toThrow('No such column.');
  });

  it('rejects what is open when it is disposed of, and everything after', async () => {
    const port = testPort();
    const channel = new Channel<ToWorker, FromWorker>(port, isFromWorker);
    const open = channel.request({ type: 'acknowledge' }, STARTED);
    channel.dispose();
    channel.dispose();
    await expect(open).rejects.toBeInstanceOf(ChannelClosedError);
    await expect(channel.request({ type: 'cancel' }, STARTED)).rejects.toBeInstanceOf(ChannelClosedError);
    channel.send({ type: 'cancel' });
    expect(port.posted).toHaveLength(1);
    expect(port.listening()).toBe(false);
  });
});

describe('message guards', () => {
  it('take the messages of their unions', () => {
    expect(isFromPanel({ type: 'apply-fix', finding: 0, fix: 'clip-by-norm' })).toBe(true);
    expect(isFromPanel({ type: 'reveal-layer', layer: 'memory' })).toBe(true);
    expect(isToWorker({ type: 'start', model: {}, memoryLimitBytes: 1 })).toBe(true);
    expect(isToWorker({ type: 'cancel' })).toBe(true);
  });

  it('refuse wrong fields', () => {
    expect(isFromPanel({ type: 'apply-fix', finding: -1, fix: 'clip-by-norm' })).toBe(false);
    expect(isFromPanel({ type: 'open-rule', rule: '../../etc' })).toBe(false);
    expect(isFromPanel({ type: 'toString' })).toBe(false);
    expect(isToWorker({ type: 'start', model: {}, memoryLimitBytes: Number.NaN })).toBe(false);
    expect(isToWorker({ type: 'start', model: {}, memoryLimitBytes: 1, files: { 'a.csv': 'text' } })).toBe(false);
    expect(isToWorker({ type: 'start', model: {}, memoryLimitBytes: 1, files: { 'a.csv': new Uint8Array(1) } })).toBe(
      true,
    );
  });
});
