/** A small catalog, with the members that the PIM gives every resource. */

/** What the web API gives, as a JSON object. */
export interface Item {
  readonly [member: string]: unknown;
  /** Of a product: by attribute. */
  readonly values?: Readonly<Record<string, readonly { readonly data: unknown }[]>>;
}

/** One kind of resource of the web API. */
export interface Resource {
  /** What the PIM calls one of them when there is none of a code. */
  readonly title: string;
  /** The plural of the PIM's 403. */
  readonly plural: string;
  /** The scope without which the App gets a 403. */
  readonly scope: string;
  /** The member that is in a resource's own address. */
  readonly key: 'code' | 'identifier' | 'uuid';
  /** What can stand in such an address. Any other is nobody's. */
  readonly keys: RegExp;
  /** `false` where the PIM ignores `search`. */
  readonly isSearchable: boolean;
  readonly items: readonly Item[];
}

const CHANNELS: readonly Item[] = [
  channel('ecommerce', ['en_US', 'fr_FR'], { en_US: 'Ecommerce', fr_FR: 'E-commerce' }),
  channel('mobile', ['en_US'], { en_US: 'Mobile' }),
  channel('print', ['de_DE', 'en_US', 'fr_FR'], { en_US: 'Print', de_DE: 'Druck' }),
];

function channel(code: string, locales: string[], labels: Record<string, string>): Item {
  const units = { currencies: ['EUR', 'USD'], conversion_units: {} };
  return { code, ...units, locales, category_tree: 'master', labels };
}

const LOCALE_CODES =
  'af_ZA de_AT de_DE en_AU en_GB en_US es_ES fr_CA fr_FR it_IT ja_JP nl_NL pl_PL zh_CN';

/** More than fit on one page, of which most PIMs have enabled a few. */
const LOCALES: readonly Item[] = LOCALE_CODES.split(' ').map((code) => ({
  code,
  enabled: ['de_DE', 'en_US', 'fr_FR'].includes(code),
}));

const ATTRIBUTES: readonly Item[] = [
  attribute('color', 'pim_catalog_simpleselect', { auto_option_sorting: false }),
  attribute('description', 'pim_catalog_textarea', {
    localizable: true,
    scopable: true,
    wysiwyg_enabled: false,
  }),
  attribute('name', 'pim_catalog_text', { localizable: true }),
  attribute('picture', 'pim_catalog_image', { allowed_extensions: ['jpg', 'png'] }),
  attribute('price', 'pim_catalog_price_collection', { decimals_allowed: true }),
  attribute('sku', 'pim_catalog_identifier', { unique: true, useable_as_grid_filter: true }),
];

function attribute(code: string, type: string, members: Item): Item {
  return {
    code,
    type,
    group: 'other',
    unique: false,
    useable_as_grid_filter: false,
    allowed_extensions: [],
    metric_family: null,
    default_metric_unit: null,
    reference_data_name: null,
    available_locales: [],
    max_characters: null,
    validation_rule: null,
    validation_regexp: null,
    wysiwyg_enabled: null,
    number_min: null,
    number_max: null,
    decimals_allowed: null,
    negative_allowed: null,
    date_min: null,
    date_max: null,
    max_file_size: null,
    minimum_input_length: null,
    sort_order: 0,
    localizable: false,
    scopable: false,
    labels: {},
    auto_option_sorting: null,
    ...members,
  };
}

const FAMILIES: readonly Item[] = ['accessories', 'clothing', 'shoes'].map((code) => ({
  code,
  attributes: ATTRIBUTES.map((item) => item['code']),
  attribute_as_label: 'name',
  attribute_as_image: 'picture',
  attribute_requirements: { ecommerce: ['name', 'sku'], mobile: ['sku'], print: ['sku'] },
  labels: {},
}));

const CATEGORIES: readonly Item[] = [
  category('master', null, { en_US: 'Master catalog' }),
  category('summer', 'master', { en_US: 'Summer' }),
];

function category(code: string, parent: string | null, labels: Record<string, string>): Item {
  return { code, parent, updated: '2026-01-15T09:30:00+00:00', position: 1, labels };
}

/** By UUID, which is the PIM's order too. */
const PRODUCTS = [
  product('0f0e6c1c-58a4-4f4a-9d59-3d4b8f1f6b01', 'sunglasses', 'accessories', 'Sunglasses', true),
  product('5b0c9f52-7c1d-4a39-8a52-6f5b5f0c7a02', 'running_shoes', 'shoes', 'Running shoes', true),
  product('a4d1b6a7-93e0-4c43-b1a3-2f1d4c9e8b03', 'rain_jacket', 'clothing', 'Rain jacket', false),
];

/** A product as the endpoints by identifier show it, and as those by UUID do: with its identifier among the values. */
function product(uuid: string, identifier: string, family: string, name: string, enabled: boolean) {
  const named = { name: [{ data: name, locale: 'en_US', scope: null }] };
  const sku = [{ data: identifier, locale: null, scope: null }];
  const members = (values: NonNullable<Item['values']>): Item => ({
    enabled,
    family,
    categories: ['summer'],
    groups: [],
    parent: null,
    values,
    created: '2026-01-15T09:30:00+00:00',
    updated: '2026-01-15T09:30:00+00:00',
    associations: {},
    quantified_associations: {},
  });
  return {
    byIdentifier: { uuid, identifier, ...members(named) },
    byUuid: { uuid, ...members({ sku, ...named }) },
  };
}

const PRODUCT = {
  title: 'Product',
  plural: 'products',
  scope: 'read_products',
  isSearchable: true,
} as const;

/** Every resource of the simulated web API, by its name in the path. */
export const RESOURCES: Readonly<Record<string, Resource>> = {
  products: {
    ...PRODUCT,
    key: 'identifier',
    // An identifier may hold slashes. With these ends, the address is another one, of a resource that is not simulated.
    keys: /^.+$(?<!\/draft|\/proposal)/s,
    items: PRODUCTS.map(({ byIdentifier }) => byIdentifier),
  },
  'products-uuid': {
    ...PRODUCT,
    key: 'uuid',
    keys: /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i,
    items: PRODUCTS.map(({ byUuid }) => byUuid),
  },
  categories: resource('Category', 'categories', 'read_categories', CATEGORIES),
  channels: {
    ...resource('Channel', 'channels', 'read_channel_settings', CHANNELS),
    isSearchable: false,
  },
  locales: resource('Locale', 'locales', 'read_channel_localization', LOCALES),
  families: resource('Family', 'families', 'read_catalog_structure', FAMILIES),
  attributes: resource('Attribute', 'attributes', 'read_catalog_structure', ATTRIBUTES),
};

function resource(title: string, plural: string, scope: string, items: readonly Item[]): Resource {
  return { title, plural, scope, key: 'code', keys: /^[^/]+$/, isSearchable: true, items };
}
