/**
 * Everything the engine computes with numbers, as one interface with two implementations: `reference/` (plain loops,
 * float32 or float64, the definition) and `simd/` (WebAssembly, float32). A plan binds calls of these functions once
 * and replays them.
 *
 * Conventions: arrays are dense and row-major; `[a, b]` after a parameter is its shape; `=` overwrites and `+=` adds to
 * what is there. Unless a comment says "may be", no output overlaps an input. Sums that are returned or written to a
 * `MeasureBuffer` are taken in double precision. Nothing allocates. In float32 every kernel stores 0 in place of what
 * is below `FLUSH_BOUND`.
 */
import type { AttentionKernels } from './attention-kernels';
import type { ConvolutionKernels } from './convolution-kernels';
import type { MapKernels, PlainMapKernels } from './map-kernels';
import type { NormalizationKernels } from './normalization-kernels';
import type { OptimizerKernels } from './optimizer-kernels';
import type { PlainKernels } from './plain-kernels';
import type { RecurrentKernels } from './recurrent-kernels';
import type { StatisticKernels } from './statistic-kernels';
import type { StridedKernels } from './strided-kernels';
import type { ElementwiseKernels } from './elementwise-kernels';
import type { LayoutKernels } from './layout-kernels';
import type { LossKernels } from './loss-kernels';
import type { MatrixKernels } from './matrix-kernels';

export interface Kernels
  extends
    MatrixKernels,
    ConvolutionKernels,
    AttentionKernels,
    ElementwiseKernels,
    LayoutKernels,
    LossKernels,
    MapKernels,
    NormalizationKernels,
    RecurrentKernels,
    OptimizerKernels,
    StatisticKernels,
    StridedKernels {}

/** All that an instruction may call: a set's kernels and the plain ones that serve every set. */
export interface CallableKernels extends Kernels, PlainKernels, PlainMapKernels {}
