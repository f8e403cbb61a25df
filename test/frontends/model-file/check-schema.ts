/** Just enough of JSON Schema draft 07 to check a value against the model file's schema. */
type Schema = Readonly<Record<string, unknown>>;

/** Whether the value fits the schema; `definitions` are those of the root. */
export function fitsSchema(
  value: unknown,
  schema: Schema | boolean,
  definitions: Readonly<Record<string, Schema>>,
): boolean {
  if (typeof schema === 'boolean') {
    return schema;
  }
  const fits = (inner: unknown, of: unknown): boolean => fitsSchema(inner, of as Schema, definitions);
  const list = (keyword: string): readonly unknown[] => (schema[keyword] as readonly unknown[] | undefined) ?? [];
  if (typeof schema['$ref'] === 'string') {
    return fits(value, definitions[schema['$ref'].replace('#/definitions/', '')]);
  }
  const checks: boolean[] = [
    schema['type'] === undefined || hasType(value, schema['type'] as string),
    schema['enum'] === undefined || list('enum').includes(value),
    schema['const'] === undefined || schema['const'] === value,
    list('allOf').every(one => fits(value, one)),
    schema['anyOf'] === undefined || list('anyOf').some(one => fits(value, one)),
    schema['if'] === undefined ||
      !fits(value, schema['if']) ||
      schema['then'] === undefined ||
      fits(value, schema['then']),
  ];
  if (typeof value === 'number') {
    const bound = (keyword: string): number | undefined => schema[keyword] as number | undefined;
    checks.push(
      value >= (bound('minimum') ?? -Infinity),
      value <= (bound('maximum') ?? Infinity),
      value > (bound('exclusiveMinimum') ?? -Infinity),
      value < (bound('exclusiveMaximum') ?? Infinity),
    );
  }
  if (typeof value === 'string') {
    checks.push(value.length >= ((schema['minLength'] as number | undefined) ?? 0));
  }
  if (Array.isArray(value)) {
    checks.push(
      value.length >= ((schema['minItems'] as number | undefined) ?? 0),
      value.length <= ((schema['maxItems'] as number | undefined) ?? Infinity),
    );
    checks.push(schema['items'] === undefined || value.every(item => fits(item, schema['items'])));
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    const properties = (schema['properties'] ?? {}) as Record<string, Schema>;
    const patterns = Object.keys(schema['patternProperties'] ?? {}).map(pattern => new RegExp(pattern));
    checks.push(list('required').every(name => Object.hasOwn(value, name as string)));
    for (const [name, inner] of Object.entries(value)) {
      const known = properties[name];
      const allowed = schema['additionalProperties'] !== false || patterns.some(pattern => pattern.test(name));
      checks.push(known ? fits(inner, known) : allowed);
    }
  }
  return checks.every(Boolean);
}

function hasType(value: unknown, type: string): boolean {
  switch (type) {
    case 'integer':
      return Number.isInteger(value);
    case 'array':
      return Array.isArray(value);
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    default:
      return typeof value === type;
  }
}
