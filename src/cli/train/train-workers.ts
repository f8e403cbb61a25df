/** Tasks of the worker threads of the `train` command: train with another seed, and train an edited model. */
import type { TrialResult } from '../../verification/measure-trial';
import { WorkerPool } from '../worker-pool';
import { trainCandidate, type CandidateAnswer, type CandidateRequest } from './candidate-training';
import { trySeed, type SeedRequest } from './seed-trial';

export interface TrainWorkers {
  /** Trainings at a time. */
  readonly concurrency: number;
  trySeed(request: SeedRequest): Promise<TrialResult>;
  trainCandidate(request: CandidateRequest): Promise<CandidateAnswer>;
  /** Ends them; to be called once. */
  close(): Promise<void>;
}

export type WorkerRequest =
  | { readonly kind: 'seed'; readonly seed: SeedRequest }
  | { readonly kind: 'candidate'; readonly candidate: CandidateRequest };

/** Answers a request inside a worker. */
export function answerRequest(request: WorkerRequest): TrialResult | CandidateAnswer {
  return request.kind === 'seed' ? trySeed(request.seed) : trainCandidate(request.candidate);
}

/** Threads of the bundle `file`, which are started when they are first needed. */
export function poolWorkers(file: string, concurrency: number): TrainWorkers {
  const pool = new WorkerPool<WorkerRequest, TrialResult | CandidateAnswer>(file, concurrency);
  return {
    concurrency,
    // `answerRequest` answers each kind of request with its own kind of answer.
    trySeed: seed => pool.ask({ kind: 'seed', seed }) as Promise<TrialResult>,
    trainCandidate: candidate => pool.ask({ kind: 'candidate', candidate }) as Promise<CandidateAnswer>,
    close: () => pool.close(),
  };
}
