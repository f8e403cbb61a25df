/** Input of every part of the page, and the requests it may make. */
import type { FromPanel } from '../../src/protocol/panel-messages';
import type { PageState } from '../state/reducer';
import type { ViewState } from '../state/view-state';
import type { Theme } from '../theme/theme';

export interface Shown {
  readonly state: PageState;
  readonly view: ViewState;
  readonly theme: Theme;
  /** Path of the layer that the pointer or the focus is on. */
  readonly highlighted: string | undefined;
}

export interface Actions {
  readonly send: (message: FromPanel) => void;
  readonly changeView: (change: Partial<ViewState>) => void;
  /** Brings out a layer's curve while the pointer or focus is on something of that layer. */
  readonly highlight: (path: string | undefined) => void;
  /** Goes to the layer's line and keeps it selected. */
  readonly goToLayer: (path: string) => void;
  readonly dismissRefusal: () => void;
}

/** A part of the page. `update` is called with everything that is shown, and changes only what differs. */
export interface View {
  readonly root: HTMLElement;
  readonly update: (shown: Shown) => void;
}
