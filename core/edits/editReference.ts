import { editCommandsJsonSchema, type JsonSchema } from './editSchema.ts';
import { editDefinitions } from './registry.ts';

/**
 * The reference of all edit commands as Markdown: a heading for each family (`clip`, `marker` …), and for each command
 * its meaning, its words in the history, and a table of its parameters. Made of the same schema that commands are
 * checked against.
 */
export function editReference(): string {
  const { items, $defs } = editCommandsJsonSchema() as {
    items: { anyOf: JsonSchema[] };
    $defs: Record<string, JsonSchema>;
  };
  const labels = new Map(editDefinitions().map(({ type, label }) => [type, label]));
  const families = new Map<string, string[]>();
  for (const schema of items.anyOf) {
    const type = String(schema['title']);
    const family = type.slice(0, type.indexOf('.'));
    const section = describeCommand(schema, labels.get(type) ?? type);
    families.set(family, [...(families.get(family) ?? []), section]);
  }
  return (
    [
      INTRODUCTION,
      ...[...families].map(([family, sections]) => [`## ${family}`, ...sections].join('\n\n')),
      ['## Shared forms', ...Object.entries($defs).flatMap(describeForm)].join('\n\n'),
      '',
    ]
      .join('\n\n')
      .trimEnd() + '\n'
  );
}

const INTRODUCTION = `# Edit commands

Every change to a project is one of these commands, from the interface and from the command line alike
(\`inkreel edit FILE --commands CMDS.json\`; \`inkreel edit --schema\` prints the JSON Schema). This page is printed by
\`inkreel edit --reference\`.`;

function describeCommand(schema: JsonSchema, label: string): string {
  const required = new Set((schema['required'] as string[] | undefined) ?? []);
  const properties = Object.entries(schema['properties'] as Record<string, JsonSchema>).filter(
    ([name]) => name !== 'type',
  );
  const rows = properties.map(
    ([name, parameter]) =>
      `| \`${name}\` | ${cell(formOf(parameter))} | ${need(parameter, required.has(name))} | ${cell(noteOf(parameter))} |`,
  );
  const table =
    rows.length === 0
      ? []
      : [['| parameter | form | needed | |', '|---|---|---|---|', ...rows].join('\n')];
  return [
    `### \`${String(schema['title'])}\``,
    `${String(schema['description'])} In the history: “${label}”.`,
    ...table,
  ].join('\n\n');
}

function need(parameter: JsonSchema, isRequired: boolean): string {
  if (isRequired) return 'yes';
  const standard = parameter['default'];
  return standard === undefined ? 'no' : `default \`${JSON.stringify(standard)}\``;
}

function noteOf(parameter: JsonSchema): string {
  return typeof parameter['description'] === 'string' ? parameter['description'] : '';
}

function describeForm([name, schema]: [string, JsonSchema]): string[] {
  // Forms without a name of their own are those of other pages: blocks of a manuscript.
  if (name.startsWith('__')) return [];
  return [`**${name}**: ${noteOf(schema)}`];
}

/** A schema in a few words. */
function formOf(schema: JsonSchema): string {
  const { $ref, type, anyOf, oneOf } = schema;
  if (typeof $ref === 'string') {
    const name = $ref.slice($ref.lastIndexOf('/') + 1);
    return name.startsWith('__') ? 'object' : name;
  }
  if ('const' in schema) return `\`${JSON.stringify(schema['const'])}\``;
  if (Array.isArray(schema['enum'])) {
    return schema['enum'].map((value) => `\`${JSON.stringify(value)}\``).join(', ');
  }
  const choices = anyOf ?? oneOf;
  if (Array.isArray(choices)) {
    return [...new Set((choices as JsonSchema[]).map(formOf))].join(' or ');
  }
  if (type === 'array') return listForm(schema);
  if (type === 'object') return objectForm(schema);
  if (type === 'number' || type === 'integer') return numberForm(schema);
  if (typeof schema['pattern'] === 'string') return `text like \`${schema['pattern']}\``;
  if (type === 'string') return 'text';
  return typeof type === 'string' ? type : 'anything';
}

function listForm(schema: JsonSchema): string {
  const { prefixItems, items } = schema;
  if (Array.isArray(prefixItems))
    return `[${(prefixItems as JsonSchema[]).map(formOf).join(', ')}]`;
  return `list of ${formOf((items ?? {}) as JsonSchema)}`;
}

function objectForm(schema: JsonSchema): string {
  const properties = schema['properties'] as Record<string, JsonSchema> | undefined;
  if (properties === undefined) {
    return `names with ${formOf((schema['additionalProperties'] ?? {}) as JsonSchema)}`;
  }
  return `{${Object.keys(properties).join(', ')}}`;
}

function numberForm(schema: JsonSchema): string {
  const word = schema['type'] === 'integer' ? 'whole number' : 'number';
  const { minimum, maximum } = schema;
  const isBound = (value: unknown): value is number =>
    typeof value === 'number' && Math.abs(value) < Number.MAX_SAFE_INTEGER;
  if (isBound(minimum) && isBound(maximum)) return `${word} ${minimum} to ${maximum}`;
  if (isBound(minimum)) return `${word} from ${minimum}`;
  return isBound(maximum) ? `${word} up to ${maximum}` : word;
}

/** Text inside a Markdown table. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
