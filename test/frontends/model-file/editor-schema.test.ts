import { describe, expect, it } from 'vitest';
import { modelFileSchema } from '../../../src/frontends/model-file/schema';
import { withoutChecks } from '../../../src/frontends/model-file/schema/editor-schema';

const REFUSALS =
  /^(required|additionalProperties|const|enum|minimum|maximum|exclusiveMinimum|exclusiveMaximum|minItems|maxItems|minLength)$/;

/** Paths of keywords that refuse something, those of conditions left out. */
function refusals(schema: unknown, path = ''): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([keyword, value]) => {
    if (keyword === 'if' || keyword === 'defaultSnippets' || keyword === 'default') return [];
    const isKeyword = !/\/(properties|patternProperties|definitions)$/.test(path);
    return [
      ...(isKeyword && REFUSALS.test(keyword) ? [`${path}/${keyword}`] : []),
      ...refusals(value, `${path}/${keyword}`),
    ];
  });
}

describe('the schema for editors', () => {
  const loose = withoutChecks(modelFileSchema());

  it('refuses nothing, since our own problems do', () => {
    expect(refusals(modelFileSchema()).length).toBeGreaterThan(10);
    expect(refusals(loose)).toEqual([]);
  });

  it('keeps every key with its explanation', () => {
    const keys = (schema: object): string[] => Object.keys((schema as { properties: object }).properties);
    expect(keys(loose)).toEqual(keys(modelFileSchema()));
    expect(JSON.stringify(loose).match(/markdownDescription/g)).toHaveLength(
      JSON.stringify(modelFileSchema()).match(/markdownDescription/g)!.length,
    );
  });

  it('keeps the conditions by which a type decides the keys', () => {
    const conditions = (schema: object): string[] =>
      [...JSON.stringify(schema).matchAll(/"if":(\{.*?\}\},"required":\["type"\]\})/g)].map(([, text]) => text);
    expect(conditions(loose)).toEqual(conditions(modelFileSchema()));
    expect(conditions(loose).length).toBeGreaterThan(5);
  });

  it('turns choices into proposals', () => {
    expect(withoutChecks({ enum: ['relu'], enumDescriptions: ['max(0, x)'] })).toEqual({
      defaultSnippets: [{ label: 'relu', body: 'relu', description: 'max(0, x)' }],
    });
  });

  it('names the wanted type first and lets every other one pass', () => {
    expect(withoutChecks({ type: 'integer', minimum: 1 })).toEqual({
      type: ['integer', 'object', 'array', 'string', 'number'],
    });
  });
});
