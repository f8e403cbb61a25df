/**
 * Every message between the extension host and the panel's page. The host owns the data: a page is hydrated whole when
 * it says `ready` or becomes visible again, and gets deltas while it is. Those of the host travel as the text of their
 * JSON, which has no NaN and no infinity, hence `WireNumber`.
 */
import type { RuleId, Severity } from '../diagnosis/finding';
import type { LayerVerdict } from '../diagnosis/layer-verdict';
import type { RunVerdict } from '../diagnosis/verdict';
import type { ActivationName, LayerType } from '../model/model-spec';

export type WireNumber = number | 'nan' | 'inf' | '-inf';

/** A step as charted. `layerGradientNorms` is indexed as `PanelRun.layers`. */
export interface PanelRecord {
  readonly step: number;
  readonly loss: WireNumber;
  readonly accuracy?: WireNumber;
  readonly validationLoss?: WireNumber;
  readonly validationAccuracy?: WireNumber;
  readonly learningRate: WireNumber;
  readonly gradientNorm: WireNumber;
  readonly clipFactor: WireNumber;
  /** Norm of each layer's own parameters' gradient together. */
  readonly layerGradientNorms: readonly WireNumber[];
}

/** A row of the table of layers; medians over the latest steps. */
export interface PanelLayer {
  readonly path: string;
  readonly type: LayerType;
  /** Shown beside the type unless it is `identity`. */
  readonly activation?: ActivationName;
  /** Paths of what it reads, "input" for the model's, where that is not simply the layer in the row before. */
  readonly reads?: readonly string[];
  /** Whether it has parameters of its own that are updated: then it has a gradient norm, and a curve. */
  readonly isTrained: boolean;
  /** Whether it has parameters that are not. */
  readonly isFrozen?: true;
  readonly gradientNorm: WireNumber;
  /**
   * Deviation of its output over that of its input (the layer before or, where branches join, the one at which they
   * part).
   */
  readonly forwardGain: WireNumber;
  /** Norm of the loss gradient by its input over that by its output. */
  readonly backwardGain: WireNumber;
  /** Norm of the update over norm of the parameters. */
  readonly updateRatio: WireNumber;
  readonly deadShare: WireNumber;
  readonly saturatedShare: WireNumber;
}

/** State gradients of a recurrent layer by time step, from the first or the latest step that measured them. */
export interface PanelTimeSeries {
  readonly layer: string;
  readonly direction: 'forward' | 'reverse';
  /** The training step at which it was measured. */
  readonly step?: number;
  readonly hidden: readonly WireNumber[];
  readonly cell?: readonly WireNumber[];
}

export interface PanelFix {
  /** Key of its changes: a pair may begin with the same cure as a single one. */
  readonly id: string;
  readonly title: string;
  /** At most one, and only once it was measured. */
  readonly preferred: boolean;
  /** Whether it undoes the cause; others only make it bearable. */
  readonly causal?: boolean;
  /** One sentence on why it is preferred. */
  readonly why?: string;
  /** One sentence on why the text cannot have it, and a way on; then it cannot be applied. */
  readonly notWritable?: string;
}

/** A symptom that a finding explains, or a layer that shares its fault. */
export interface PanelSymptom {
  /** One or two words: "dead units". */
  readonly text: string;
  readonly layer?: string;
  /** In a sentence. */
  readonly message: string;
}

export interface PanelFinding {
  readonly rule: RuleId;
  readonly severity: Severity;
  readonly layer?: string;
  readonly message: string;
  readonly step: number;
  /** In the order of the diagnosis. */
  readonly symptoms: readonly PanelSymptom[];
  readonly fixes: readonly PanelFix[];
  /** How measuring its cures stands, in one sentence; absent where they are not measured. */
  readonly verification?: { readonly running: boolean; readonly message: string };
}

/** Result of other seeds of the run's model, or the progress of trying them, in one sentence. */
export interface PanelChance {
  readonly running: boolean;
  readonly message: string;
}

/** A run of one cure with one seed, for overlaid curves; thinned without losing a peak. */
export interface PanelCurve {
  readonly seed: number;
  readonly steps: readonly number[];
  readonly loss: readonly WireNumber[];
  readonly gradientNorm: readonly WireNumber[];
}

/** A row of the comparison of cures. */
export interface PanelCure {
  /** Key of its changes; empty for the original. */
  readonly id: string;
  /** As people read them, in the order of the columns. */
  readonly cells: readonly string[];
  /** As in `PanelFix`. */
  readonly notWritable?: string;
  readonly effect: 'original' | 'cures' | 'improves' | 'removes' | 'none' | 'unknown';
  readonly curves: readonly PanelCurve[];
}

export interface PanelComparison {
  readonly state: 'measuring' | 'done' | 'stopped' | 'failed';
  /** One sentence: how far it is, or what came of it. */
  readonly message: string;
  readonly columns: readonly string[];
  /** The original first, then the cures, best first once all are measured. */
  readonly rows: readonly PanelCure[];
  /** False when the text of the model has changed since, so that no cure can be applied any more. */
  readonly applicable: boolean;
}

/** `interrupted`: the window was closed or reloaded while the run went on. */
export type RunState = 'idle' | 'starting' | 'running' | 'stopping' | 'done' | 'cancelled' | 'interrupted' | 'failed';

export interface PanelStatus {
  readonly state: RunState;
  /** Steps done and to do. */
  readonly step: number;
  readonly steps: number;
  /**
   * One sentence: how far reading the data is, or the reason of a failure or of an early stop, and a way on; empty
   * otherwise.
   */
  readonly message: string;
}

export interface PanelRun {
  readonly id: number;
  /** "Run 2 · 14:03:12". */
  readonly label: string;
  readonly task: string;
  /** True when the file names no data and the task was chosen to fit its shapes. */
  readonly taskInferred?: boolean;
  /** Limit on the norm of the whole gradient, where the model clips by norm: drawn as a line. */
  readonly clipNorm?: number;
  readonly layers: readonly PanelLayer[];
  readonly records: readonly PanelRecord[];
  readonly throughTime: readonly PanelTimeSeries[];
}

export interface PanelState {
  readonly modelName: string;
  readonly fileName: string;
  /**
   * Address of the model file; the page keeps it in its saved state, so that a reloaded window restores the right
   * panel.
   */
  readonly uri?: string;
  readonly status: PanelStatus;
  /** The latest run. */
  readonly current: PanelRun | undefined;
  /** The run before it, drawn in gray. */
  readonly previous: PanelRun | undefined;
  readonly findings: readonly PanelFinding[];
  /** Absent before the run is over, and for one that was stopped without an alarm. */
  readonly verdict?: RunVerdict;
  /** In the order of the run's layers; empty as long as nothing can be said of any. */
  readonly layerVerdicts: readonly LayerVerdict[];
  /** Absent where no other seed was tried. */
  readonly chance?: PanelChance;
  /** True when the text of the model changed since the run: what is shown is of an earlier text. */
  readonly stale: boolean;
  /** Absent before the user asked for one. */
  readonly comparison?: PanelComparison;
}

export type ToPanel =
  | { readonly type: 'hydrate'; readonly state: PanelState }
  /** More records: of the current run as it goes on, and of either run where they were too many for `hydrate`. */
  | {
      readonly type: 'append';
      readonly run: number;
      readonly records: readonly PanelRecord[];
      readonly layers: readonly PanelLayer[];
      readonly throughTime: readonly PanelTimeSeries[];
      readonly status: PanelStatus;
    }
  | { readonly type: 'status'; readonly status: PanelStatus }
  | ({ readonly type: 'findings' } & Pick<PanelState, 'findings' | 'verdict' | 'layerVerdicts' | 'chance' | 'stale'>)
  /** Absent `comparison`: there is none any more. */
  | { readonly type: 'comparison'; readonly comparison?: PanelComparison }
  /** Answer to a request of the page that could not be carried out. */
  | { readonly type: 'refused'; readonly request: FromPanel['type']; readonly message: string };

export type FromPanel =
  | { readonly type: 'ready' }
  | { readonly type: 'train' }
  | { readonly type: 'cancel' }
  /** Show the layer's line in the model file. */
  | { readonly type: 'reveal-layer'; readonly layer: string }
  | { readonly type: 'apply-fix'; readonly finding: number; readonly fix: PanelFix['id'] }
  | { readonly type: 'open-rule'; readonly rule: RuleId }
  | { readonly type: 'compare-cures' }
  /** Ends the measuring of cures and of seeds, asked for or in the background. */
  | { readonly type: 'stop-measuring' }
  | { readonly type: 'apply-cure'; readonly cure: string }
  | { readonly type: 'export-comparison'; readonly format: 'csv' | 'markdown' };
