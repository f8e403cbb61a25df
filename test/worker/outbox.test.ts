import { describe, expect, it } from 'vitest';
import { Outbox } from '../../src/worker/outbox';

describe('an outbox', () => {
  it('sends small messages at once, and large ones each in a turn of its own, in order', async () => {
    const sent: string[] = [];
    let leave = (): void => undefined;
    const outbox = new Outbox<string>(
      (message, done) => {
        sent.push(message);
        leave = done;
      },
      message => message.startsWith('large'),
    );
    outbox.post('small 1', 'large 1', 'large 2', 'small 2');
    outbox.post('small 3');
    expect(sent).toEqual(['small 1', 'large 1']);
    leave();
    expect(sent).toEqual(['small 1', 'large 1']);
    await new Promise(resolve => setImmediate(resolve));
    expect(sent).toEqual(['small 1', 'large 1', 'large 2']);
    leave();
    await new Promise(resolve => setImmediate(resolve));
    expect(sent).toEqual(['small 1', 'large 1', 'large 2', 'small 2', 'small 3']);
  });
});
