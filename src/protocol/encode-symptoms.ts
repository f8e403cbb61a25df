/** The symptoms that a finding explains, as the panel's page gets them. */
import type { Finding } from '../diagnosis/finding';
import { ruleMeta } from '../diagnosis/rules/index';
import type { PanelSymptom } from './panel-messages';

/** Places of other rules, and of layers that share the fault; places that only name a cause are left to the editor. */
export function encodeSymptoms({ rule: own, related }: Finding): readonly PanelSymptom[] {
  return related
    .filter(({ rule, layer }) => rule !== undefined || layer !== undefined)
    .map(({ rule = own, layer, message }) => ({
      text: ruleMeta(rule).word,
      ...(layer !== undefined && { layer }),
      message: message.startsWith(`${rule}: `) ? message.slice(rule.length + 2) : message,
    }));
}
