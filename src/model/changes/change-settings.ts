/** Changes of settings, made on their draft. */
import type { ChangeValue } from '../change';
import type { SettingsDraft } from '../layer-draft';
import type { InputSpec, ModelSpec } from '../model-spec';
import type { SettingPlace } from '../place';
import type { ProblemLog } from '../resolve/problem-log';
import { sameMeaning } from '../same-model';
import { defaultOf } from '../vocabulary/default-value';
import { findVariant } from '../vocabulary/family';
import type { Key } from '../vocabulary/key';
import { keyOfPart } from '../vocabulary/key-names';
import { MODEL_KEYS } from '../vocabulary/model';
import { specParts, withDefaults } from '../vocabulary/spec-parts';
import { keyFor } from '../vocabulary/value-problem';
import { without } from '../without';
import { filledValue } from './given-values';

interface Values {
  readonly [setting: string]: unknown;
}

/** The settings and the input of a model, while they are changed. */
export class SettingChanges {
  private values: Values;

  constructor(
    private readonly log: ProblemLog,
    private readonly model: ModelSpec,
    draft: SettingsDraft,
  ) {
    this.values = { ...draft, input: model.input };
  }

  get settings(): SettingsDraft {
    return without(this.values, 'input') as unknown as SettingsDraft;
  }

  get input(): InputSpec {
    return this.values['input'] as InputSpec;
  }

  /** Sets a setting or a part of one. */
  set(at: SettingPlace, value: ChangeValue): void {
    const { setting, part } = at;
    if (setting === 'input') {
      const input = part === undefined ? value : { ...this.model.input, [part]: value };
      this.put(setting, input);
    } else if (part === undefined) {
      const filled = filledValue(this.log, this.keyOf(at), value, at);
      if (filled !== undefined) this.put(setting, filled);
    } else if (part === 'type') {
      this.setType(at, String(value));
    } else {
      const whole = this.written(at);
      const key = this.partKey(at, whole);
      const filled = key && filledValue(this.log, key, value, at);
      if (filled !== undefined) this.put(setting, { ...whole, [part]: filled });
    }
  }

  /** Gives a setting or a part of one its default. */
  reset(at: SettingPlace): void {
    const { setting, part } = at;
    const draft = this.values[setting] as Values | undefined;
    if (part === undefined) {
      this.put(setting, defaultSetting(setting));
    } else if (draft !== undefined) {
      const defaults = this.defaultsOf(at, draft);
      if (this.partKey(at, draft)) this.put(setting, { ...draft, [part]: defaults[part] });
    }
  }

  private put(setting: string, value: unknown): void {
    this.values = { ...this.values, [setting]: value };
  }

  /** Another type; parts that both have stay, unless they have the default of the old one. */
  private setType(at: SettingPlace, type: string): void {
    const { setting } = at;
    const old = this.written(at);
    const filled = filledValue(this.log, this.keyOf(at), type, { setting }) as Values | undefined;
    if (!filled) return;
    const defaults = 'type' in old ? this.defaultsOf(at, old) : {};
    const kept = Object.entries(old).filter(
      ([part, value]) => part !== 'type' && part in filled && !sameMeaning(value, defaults[part]),
    );
    this.put(setting, { ...filled, ...Object.fromEntries(kept) });
  }

  /** The setting as it would be written: what was chosen for the model, where its author named none. Empty without one. */
  private written({ setting }: SettingPlace): Values {
    const draft = this.values[setting] as Values | undefined;
    if (draft) return draft;
    const chosen = (this.model[setting] ?? {}) as unknown as Values;
    return without(chosen, 'inferred', 'derived', ...((chosen['derived'] ?? []) as readonly string[]));
  }

  private defaultsOf(at: SettingPlace, { type }: Values): Values {
    const kind = this.keyOf(at).value;
    if (kind.kind !== 'variant') return defaultOf(this.keyOf(at)) as Values;
    return specParts(withDefaults(kind.family(), type as string));
  }

  private keyOf({ setting }: SettingPlace): Key {
    return (MODEL_KEYS as Readonly<Record<string, Key>>)[keyOfPart(setting)];
  }

  private partKey(at: SettingPlace, { type }: Values): Key | undefined {
    const kind = this.keyOf(at).value;
    const keys =
      kind.kind === 'variant'
        ? findVariant(kind.family(), String(type))?.keys
        : kind.kind === 'group'
          ? kind.keys
          : undefined;
    const key = keyFor(keys ?? {}, at.part!, String(type));
    if (!key) this.log.report('unknown-key', `\`${at.setting}\` has no \`${at.part}\`.`, at);
    return key;
  }
}

function defaultSetting(setting: string): unknown {
  // Chosen by resolving.
  if (setting === 'optimizer') return undefined;
  if (setting === 'name') return 'Model';
  const fallback = defaultOf((MODEL_KEYS as Readonly<Record<string, Key>>)[keyOfPart(setting)]);
  return typeof fallback === 'object' && fallback !== null && 'type' in fallback
    ? specParts(fallback as { readonly type: string })
    : fallback;
}
