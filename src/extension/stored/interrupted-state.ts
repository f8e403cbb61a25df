import type { ModelRunState } from '../runs/model-runs';

/**
 * State of a file whose run went on when the window was closed or reloaded, with the records that were written by then.
 *
 * @param finished what was known of the file before that run
 */
export function interruptedState(
  { status, current }: ModelRunState,
  finished: ModelRunState | undefined,
): ModelRunState {
  const { step, steps } = status;
  current?.history.finish({ kind: 'cancelled', step });
  const message = `The run was interrupted at step ${step} of ${steps} by a window reload: train again. The same seed gives the same run.`;
  return {
    status: { state: 'interrupted', step, steps, message },
    current,
    previous: finished?.current ?? finished?.previous,
    failure: undefined,
  };
}
