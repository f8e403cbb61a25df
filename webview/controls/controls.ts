/**
 * The page's controls: the only module that knows `@vscode/webview-ui-toolkit`, which is no longer developed. To move
 * to another set of controls, rewrite this one folder. Kinds in use: button, checkbox, dropdown (with its options),
 * progress ring.
 */
import { endStyleProbe } from './style-probe';
import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeCheckbox,
  vsCodeDropdown,
  vsCodeOption,
  vsCodeProgressRing,
} from '@vscode/webview-ui-toolkit';

endStyleProbe();

/** Registers the controls' elements. Call once, before making any. */
export function registerControls(): void {
  provideVSCodeDesignSystem().register(
    vsCodeButton(),
    vsCodeCheckbox(),
    vsCodeDropdown(),
    vsCodeOption(),
    vsCodeProgressRing(),
  );
}

export type ButtonAppearance = 'primary' | 'secondary';

export interface Button {
  readonly root: HTMLElement;
  readonly update: (change: {
    readonly text?: string;
    readonly disabled?: boolean;
    readonly appearance?: ButtonAppearance;
  }) => void;
}

/** A button; `primary` is for what the user most likely wants next. */
export function createButton(text: string, appearance: ButtonAppearance, pressed: () => void): Button {
  const root = document.createElement('vscode-button');
  root.setAttribute('appearance', appearance);
  root.textContent = text;
  root.addEventListener('click', pressed);
  return {
    root,
    update: change => {
      if (change.text !== undefined && root.textContent !== change.text) root.textContent = change.text;
      if (change.disabled !== undefined) root.toggleAttribute('disabled', change.disabled);
      if (change.appearance !== undefined) root.setAttribute('appearance', change.appearance);
    },
  };
}

export interface Checkbox {
  readonly root: HTMLElement;
  readonly update: (checked: boolean) => void;
}

export function createCheckbox(text: string, changed: (checked: boolean) => void): Checkbox {
  const root = document.createElement('vscode-checkbox') as HTMLElement & { checked: boolean };
  root.textContent = text;
  // Setting `checked` fires `change` too: only what differs from what was shown last is the user's doing.
  let shown = false;
  root.addEventListener('change', () => {
    if (root.checked !== shown) changed((shown = root.checked));
  });
  return {
    root,
    update: checked => {
      shown = checked;
      if (root.checked !== checked) root.checked = checked;
    },
  };
}

export interface Choice {
  readonly value: string;
  readonly text: string;
}

export interface Dropdown {
  readonly root: HTMLElement;
  /** Shows `value` as chosen. Choices are replaced when they differ from those shown. */
  readonly update: (choices: readonly Choice[], value: string) => void;
}

export function createDropdown(label: string, changed: (value: string) => void): Dropdown {
  const root = document.createElement('vscode-dropdown') as HTMLElement & { value: string };
  root.setAttribute('aria-label', label);
  let shown = '';
  let shownChoices = '';
  root.addEventListener('change', () => {
    if (root.value !== shown) changed((shown = root.value));
  });
  return {
    root,
    update: (choices, value) => {
      const key = JSON.stringify(choices);
      if (key !== shownChoices) {
        shownChoices = key;
        root.replaceChildren(...choices.map(option));
      }
      if (value === shown) return;
      shown = value;
      // Options join the list only after the element has been upgraded and slotted.
      queueMicrotask(() => (root.value = shown));
    },
  };
}

function option({ value, text }: Choice): HTMLElement {
  const made = document.createElement('vscode-option');
  made.setAttribute('value', value);
  made.textContent = text;
  return made;
}

/** A ring that turns while something is waited for whose length is not known. */
export function createProgressRing(label: string): HTMLElement {
  const ring = document.createElement('vscode-progress-ring');
  ring.setAttribute('aria-label', label);
  return ring;
}
