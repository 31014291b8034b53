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
