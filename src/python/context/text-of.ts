/** Any value as text, also where that throws. */
export function textOf(value: unknown): string {
  try {
    return String(value);
  } catch {
    return '?';
  }
}
