/**
 * The scopes that a PIM knows. It drops every other one silently, so a misspelt scope would only show as a
 * missing right much later; that is why the command line checks names at all.
 *
 * @see docs/pim-contract.md §3.1 and §3.2
 */
export const KNOWN_SCOPES = {
  'every edition': [
    'read_products',
    'write_products',
    'delete_products',
    'read_catalog_structure',
    'write_catalog_structure',
    'read_attribute_options',
    'write_attribute_options',
    'read_categories',
    'write_categories',
    'read_channel_localization',
    'read_channel_settings',
    'write_channel_settings',
    'read_association_types',
    'write_association_types',
  ],
  'PIMs with catalogs for Apps': ['read_catalogs', 'write_catalogs', 'delete_catalogs'],
  'Enterprise Edition': [
    'read_reference_entities',
    'write_reference_entities',
    'read_reference_entity_records',
    'write_reference_entity_records',
    'read_asset_families',
    'write_asset_families',
    'read_assets',
    'write_assets',
    'delete_assets',
    'read_workflows',
    'read_workflow_step_assignees',
    'read_workflow_tasks',
    'write_workflow_tasks',
    'create_suggestions',
    'read_suggestions',
    'manage_suggestions',
  ],
  'authentication of PIM users': ['openid', 'profile', 'email'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** The name of a scope that some PIM knows. */
export type KnownScope = (typeof KNOWN_SCOPES)[keyof typeof KNOWN_SCOPES][number];

const NAMES: ReadonlySet<string> = new Set(Object.values(KNOWN_SCOPES).flat());

/** Every known name, in the order of the list above. */
export function knownScopes(): readonly string[] {
  return [...NAMES];
}

/** True for a name that some PIM knows; names are case-sensitive. */
export function isKnownScope(name: string): boolean {
  return NAMES.has(name);
}

/** The list as a paragraph of `--help`. */
export function knownScopesText(): string {
  const groups = Object.entries(KNOWN_SCOPES).map(
    ([where, names]) => `  ${where}:\n${wrapped(names)}`,
  );
  return ['Scopes:', ...groups].join('\n');
}

const NAMES_PER_LINE = 2;

function wrapped(names: readonly string[]): string {
  const lines = names.map((_, index) => index).filter((index) => index % NAMES_PER_LINE === 0);
  return lines
    .map((index) => `    ${names.slice(index, index + NAMES_PER_LINE).join(' ')}`)
    .join('\n');
}
