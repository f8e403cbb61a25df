/** Measuring what one update did to the loss of its own batch. */
import { preconditionerOf, type Preconditioner } from './optimizers/preconditioner';
import type { OptimizerOptions } from './optimizers/index';
import type { Arena } from './program';
import type { UpdateEffect } from './step-measurements';
import type { Tensor } from './tensor';
import type { TrainingGraph } from './training-graph';

interface Probed {
  readonly parameter: Tensor;
  readonly gradient: Tensor;
  /** Its state in the optimizer that the preconditioner is read from. */
  readonly state: Tensor | undefined;
  readonly rateMultiplier: number;
  readonly parameterBefore: Float32Array | Float64Array;
  /** Before clipping; once the passes were repeated, that after the update. */
  readonly gradientKept: Float32Array | Float64Array;
}

/**
 * Keeps what an update is measured by. On the way of a probed step: `remember` before clipping, then clipping and
 * update, then the passes once more on the same batch, then `effect`. At the next step `gradientProduct` compares
 * gradients of two batches at the same parameters. Takes its memory when it is made.
 */
export class UpdateProbe {
  private readonly probed: readonly Probed[];
  private readonly preconditioner: Preconditioner | undefined;
  private readonly running: readonly { readonly state: Tensor; readonly saved: Float32Array | Float64Array }[];
  /** Norm of the kept gradient while it is that of the current parameters; NaN otherwise. */
  private keptNorm = Number.NaN;

  constructor(
    training: TrainingGraph,
    private readonly arena: Arena,
    optimizer: OptimizerOptions,
  ) {
    const { graph, gradients } = training;
    this.preconditioner = preconditionerOf(optimizer);
    const role = this.preconditioner?.role;
    this.probed = [...gradients].map(([name, gradient]) => {
      const parameter = graph.parameters.get(name)!;
      const { data } = arena.at(parameter);
      return {
        parameter,
        gradient,
        rateMultiplier: graph.rateMultipliers.get(name) ?? 1,
        state: role === undefined ? undefined : graph.states.get(`${name} ${role}`),
        parameterBefore: data.slice(),
        gradientKept: data.slice(),
      };
    });
    this.running = training.runningStates.map(state => ({ state, saved: arena.at(state).data.slice() }));
  }

  /** Bytes that a probe of a training graph takes besides the arena. */
  static bytes(training: TrainingGraph, bytesPerNumber: number): number {
    let numbers = 0;
    const sizeOf = (tensor: Tensor): number => tensor.shape.reduce((product, length) => product * length, 1);
    for (const gradient of training.gradients.values()) numbers += 2 * sizeOf(gradient);
    for (const state of training.runningStates) numbers += sizeOf(state);
    return numbers * bytesPerNumber;
  }

  remember(): void {
    for (const { parameter, gradient, parameterBefore, gradientKept } of this.probed) {
      parameterBefore.set(this.arena.at(parameter).data);
      gradientKept.set(this.arena.at(gradient).data);
    }
    for (const { state, saved } of this.running) saved.set(this.arena.at(state).data);
  }

  /** Once the passes were repeated. @param loss of the repeated pass @param updates made so far, this one included */
  effect(loss: number, updates: number): UpdateEffect {
    let [slopeBefore, slopeAfter, preconditionedSquare, keptSquare] = [0, 0, 0, 0];
    for (const { parameter, gradient, state, rateMultiplier, parameterBefore, gradientKept } of this.probed) {
      const after = this.arena.at(parameter).data;
      const gradientAfter = this.arena.at(gradient).data;
      const states = state && this.arena.at(state).data;
      const divisor = this.preconditioner?.divisor;
      for (let i = 0; i < after.length; i++) {
        const change = after[i] - parameterBefore[i];
        slopeBefore += gradientKept[i] * change;
        slopeAfter += gradientAfter[i] * change;
        if (divisor)
          preconditionedSquare += (change * change * divisor(states ? states[i] : 0, updates)) / rateMultiplier;
        keptSquare += gradientAfter[i] * gradientAfter[i];
      }
      gradientKept.set(gradientAfter);
    }
    for (const { state, saved } of this.running) this.arena.at(state).data.set(saved);
    this.keptNorm = Math.sqrt(keptSquare);
    return {
      loss,
      slopeBefore,
      slopeAfter,
      preconditionedSquare: this.preconditioner === undefined ? Number.NaN : preconditionedSquare,
    };
  }

  /** Of the step after a probed one, before clipping; undefined at any other. */
  gradientProduct(): { readonly product: number; readonly otherNorm: number } | undefined {
    if (Number.isNaN(this.keptNorm)) return undefined;
    let product = 0;
    for (const { gradient, gradientKept } of this.probed) {
      const { data } = this.arena.at(gradient);
      for (let i = 0; i < data.length; i++) product += data[i] * gradientKept[i];
    }
    const otherNorm = this.keptNorm;
    this.keptNorm = Number.NaN;
    return { product, otherNorm };
  }
}
