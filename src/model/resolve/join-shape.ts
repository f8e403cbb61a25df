import type { DraftOfType, LayerDraft } from '../layer-draft';
import type { Shape } from '../model-spec';
import type { Flow } from './flow';
import { elementCount, sameShape, shapeText } from './shape-text';

type JoinDraft = DraftOfType<'add' | 'multiply' | 'concatenate'>;

/** Whether the layer has several inputs. */
export function isJoin(draft: LayerDraft): draft is JoinDraft {
  return draft.type === 'add' || draft.type === 'multiply' || draft.type === 'concatenate';
}

/** The shape that a layer makes of all that it joins, or why it cannot, as the end of a sentence. */
export function joinShape(draft: JoinDraft, flows: readonly Flow[]): Shape | string {
  const tokens = flows.find(flow => flow.tokens !== undefined);
  if (tokens) {
    return `needs numbers, but gets token ids from ${tokens.from}; put an embedding layer between`;
  }
  const [first, ...others] = flows as readonly [Flow, ...Flow[]];
  if (draft.type !== 'concatenate') {
    const other = others.find(flow => !sameShape(flow.shape, first.shape));
    const verb = draft.type === 'add' ? 'add' : 'multiply';
    return other === undefined ? first.shape : `cannot ${verb} ${both(first, other)}; give all its inputs one shape`;
  }
  const axis = joinAxis(draft.axis, flows);
  if (axis < 1 || axis > first.shape.length) {
    return (
      `has \`axis: ${draft.axis}\`, but ${shapeText(first.shape)} from ${first.from} has the axes ` +
      `${first.shape.length === 1 ? '1 only' : `1 to ${first.shape.length}`}, the batch being 0`
    );
  }
  const fits = (shape: Shape): boolean =>
    shape.length === first.shape.length &&
    shape.every((size, index) => index === axis - 1 || size === first.shape[index]);
  const other = others.find(flow => !fits(flow.shape));
  if (other !== undefined) {
    return `cannot put ${both(first, other)} one after another along axis ${axis}; their other sizes must be the same`;
  }
  const total = flows.reduce((sum, { shape }) => sum + shape[axis - 1], 0);
  return first.shape.map((size, index) => (index === axis - 1 ? total : size));
}

/**
 * The axis of a concatenation, counted with the batch as 0: where the file names none, channels of maps and features of
 * others.
 */
export function joinAxis(axis: number | undefined, flows: readonly Flow[]): number {
  if (axis === undefined) {
    return flows.every(({ maps, shape }) => maps === true || shape.length > 2) ? 1 : flows[0].shape.length;
  }
  return axis === -1 ? flows[0].shape.length : axis;
}

function both(one: Flow, other: Flow): string {
  return `${shapeText(one.shape)} from ${one.from} and ${shapeText(other.shape)} from ${other.from}`;
}

/** The shape with the size that -1 stands for, or why the numbers do not fit it, as the end of a sentence. */
export function reshaped(wanted: readonly number[], { shape, from }: Flow): Shape | string {
  const open = wanted.filter(size => size === -1).length;
  const rest = elementCount(wanted.filter(size => size !== -1));
  const count = elementCount(shape);
  if (wanted.includes(0) || open > 1) {
    return `cannot make ${shapeText(wanted)}: ${open > 1 ? 'only one size may be -1' : 'no size may be 0'}`;
  }
  if (open === 0 ? rest !== count : count % rest !== 0) {
    return `cannot make ${shapeText(wanted)} of the ${count} numbers of ${shapeText(shape)} from ${from}`;
  }
  return wanted.map(size => (size === -1 ? count / rest : size));
}

/** The shape with its axes in another order, or why that is none, as the end of a sentence. */
export function permuted(order: readonly number[], { shape, from }: Flow): Shape | string {
  const axes = shape.map((_, index) => index + 1);
  const whole = order.length === axes.length && axes.every(axis => order.includes(axis));
  return whole
    ? order.map(axis => shape[axis - 1])
    : `has the order ${shapeText(order)}, but must name each axis of ${shapeText(shape)} from ${from} once: ` +
        `such as ${shapeText([...axes].reverse())}`;
}
