import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { editReference } from './editReference.ts';
import { editCommandsJsonSchema } from './editSchema.ts';
import { editDefinitions } from './registry.ts';

test('the schema describes every command, and each of its references leads somewhere', () => {
  const schema = editCommandsJsonSchema() as { $defs: object; items: { anyOf: object[] } };
  expect(schema.items.anyOf).toHaveLength(editDefinitions().length);
  const references = [...JSON.stringify(schema).matchAll(/"\$ref":"#\/\$defs\/([^"]+)"/g)];
  expect(references.length).toBeGreaterThan(100);
  for (const [, name] of references) expect(Object.keys(schema.$defs)).toContain(name);
});

test('no two commands have the same name', () => {
  const types = editDefinitions().map(({ type }) => type);
  expect(types).toEqual([...new Set(types)]);
});

test('the reference names every command with its parameters', () => {
  const reference = editReference();
  for (const { type, parameters } of editDefinitions()) {
    const section = reference.split(`### \`${type}\``)[1]?.split('\n### ')[0] ?? '';
    for (const name of Object.keys(parameters.shape)) expect(section).toContain(`| \`${name}\` |`);
  }
});

test('docs/edit-commands.md is what “inkreel edit --reference” prints', () => {
  const page = readFileSync(new URL('../../docs/edit-commands.md', import.meta.url), 'utf8');
  expect(page === editReference(), 'print the reference into docs/edit-commands.md again').toBe(
    true,
  );
});
