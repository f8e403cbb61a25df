/** The symptoms of a finding, folded under it: a layer's own symptom is not lost because its cause is elsewhere. */
import type { PanelFinding, PanelSymptom } from '../../src/protocol/panel-messages';
import { element, setAttributes } from './dom';
import type { Folds } from './fold';
import { inlineCode } from './inline-code';

/** Layers named for one symptom; of more their number is enough. */
const NAMED = 3;

/** "Also: dead units in `narrow`, `wide` and 4 more; saturated". */
export function symptomsSummary(symptoms: readonly PanelSymptom[]): string {
  const words = [...new Set(symptoms.map(({ text }) => text))];
  return `Also: ${words
    .map(text =>
      wordsOf(
        text,
        symptoms.filter(symptom => symptom.text === text),
      ),
    )
    .join('; ')}`;
}

function wordsOf(text: string, symptoms: readonly PanelSymptom[]): string {
  const layers = [...new Set(symptoms.flatMap(({ layer }) => layer ?? []))].map(layer => `\`${layer}\``);
  if (layers.length === 0) return text;
  const named = layers.slice(0, layers.length === NAMED + 1 ? NAMED + 1 : NAMED);
  const more = layers.length - named.length;
  return `${text} in ${named.join(', ')}${more === 0 ? '' : ` and ${more} more`}`;
}

export function symptomsOf({ rule, layer, symptoms }: PanelFinding, folds: Folds): HTMLElement {
  const made = folds.fold(
    `symptoms ${rule} ${layer ?? ''}`,
    inlineCode(symptomsSummary(symptoms)),
    element('ul', {}, ...symptoms.map(({ message }) => element('li', {}, ...inlineCode(message)))),
  );
  setAttributes(made, { class: 'symptoms' });
  return made;
}
