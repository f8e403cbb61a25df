import type { Finding } from '../diagnosis/finding';
import type { RunHistory } from '../record/run-history';
import type { ModelSpec } from '../model/model-spec';
import type { SourceDocument } from '../frontends/model-file/source-document';
import type { Fix } from './fix';

/** What a cure is made from. `history` may be of an earlier text of `document`; `model` is what the text says now. */
export interface FixContext {
  readonly document: SourceDocument;
  readonly model: ModelSpec;
  readonly history: RunHistory;
  readonly finding: Finding;
  /**
   * The number to take instead of the one that the cure works out from the run; only learning rates and steps can be
   * given.
   */
  readonly value?: number;
}

/** A cure before it is compared with others for the same finding. */
export type FixDraft = Omit<Fix, 'preferred'>;

/** Makes a cure, or `undefined` where it would change nothing, cannot help, or lacks the measurements it goes by. */
export type FixMaker = (context: FixContext) => FixDraft | undefined;
