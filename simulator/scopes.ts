/**
 * The scopes of authentication, in the order in which the PIM lists them. They are consented by a
 * user, not granted by a manager, and give nothing without `openid`.
 *
 * @see docs/pim-contract.md §3.2
 */
export const AUTHENTICATION_SCOPES: readonly string[] = ['email', 'openid', 'profile'];

const CORE_SCOPES = [
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
];

const CATALOG_SCOPES = ['read_catalogs', 'write_catalogs', 'delete_catalogs'];

const ENTERPRISE_SCOPES = [
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
];

/**
 * The authorization scopes that a PIM knows; it drops every other one without an error.
 *
 * @param features.catalogs whether the PIM has catalogs for Apps
 * @param features.enterprise whether it is an Enterprise Edition
 * @see docs/pim-contract.md §3.1
 */
export function knownAuthorizationScopes(features: {
  catalogs: boolean;
  enterprise: boolean;
}): ReadonlySet<string> {
  return new Set([
    ...CORE_SCOPES,
    ...(features.catalogs ? CATALOG_SCOPES : []),
    ...(features.enterprise ? ENTERPRISE_SCOPES : []),
  ]);
}

/** What an App asked for, split as the PIM splits it. Both lists are sorted and free of duplicates. */
export interface RequestedScopes {
  readonly authorization: readonly string[];
  readonly authentication: readonly string[];
}

/**
 * Reads a `scope` parameter: separated by single spaces, case-sensitive, unknown scopes dropped.
 *
 * @see docs/pim-contract.md §3.3
 */
export function parseRequestedScopes(scope: string, known: ReadonlySet<string>): RequestedScopes {
  const requested = scope.split(' ');
  return {
    authorization: sortedScopes(requested.filter((name) => known.has(name))),
    authentication: sortedScopes(requested.filter((name) => AUTHENTICATION_SCOPES.includes(name))),
  };
}

/** The scopes without duplicates, in the alphabetical order in which the PIM keeps every list. */
export function sortedScopes(scopes: Iterable<string>): string[] {
  return [...new Set(scopes)].sort();
}

/**
 * The scopes and every scope they imply: writing implies reading, deleting implies both. Implied
 * scopes grant rights, but the PIM neither stores them nor names them in a token response.
 *
 * @see docs/pim-contract.md §3.3
 */
export function expandScopes(scopes: Iterable<string>): ReadonlySet<string> {
  return new Set([...scopes].flatMap((scope) => [scope, ...impliedScopes(scope)]));
}

function impliedScopes(scope: string): string[] {
  const [, verb, entity] = /^(write|delete)_(.+)$/.exec(scope) ?? [];
  if (verb === undefined || entity === undefined) return [];
  return verb === 'write' ? [`read_${entity}`] : [`read_${entity}`, `write_${entity}`];
}

/**
 * The scopes that a request would add to the granted ones, compared after expansion: asking for
 * `read_products` on top of `write_products` adds nothing.
 *
 * @see docs/pim-contract.md §3.4
 */
export function newScopes(requested: Iterable<string>, granted: Iterable<string>): string[] {
  const alreadyGranted = expandScopes(granted);
  return [...expandScopes(requested)].filter((scope) => !alreadyGranted.has(scope));
}

const VERBS: Readonly<Record<string, string>> = {
  read: 'View',
  write: 'Edit',
  delete: 'Delete',
  create: 'Create',
  manage: 'Manage',
};

/** The scopes for a person who decides about them: `write_products` reads "Edit products". */
export function scopeMessages(scopes: readonly string[]): { scope: string; message: string }[] {
  return scopes.map((scope) => {
    const [verb = '', ...entity] = scope.split('_');
    return { scope, message: `${VERBS[verb] ?? verb} ${entity.join(' ')}` };
  });
}
