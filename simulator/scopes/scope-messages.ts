/** One line of the wizard: what a scope lets the App do. */
interface ScopeMessage {
  /** The scope as OAuth spells it, such as `write_products`. */
  readonly scope: string;
  /** The same in plain words, such as "Edit products". */
  readonly message: string;
}

const VERBS: Readonly<Record<string, string>> = {
  read: 'View',
  write: 'Edit',
  delete: 'Delete',
  create: 'Create',
  manage: 'Manage',
};

/** The scopes in plain words, for a person who decides about them. */
export function scopeMessages(scopes: readonly string[]): ScopeMessage[] {
  return scopes.map((scope) => ({ scope, message: inPlainWords(scope) }));
}

function inPlainWords(scope: string): string {
  const [verb = '', ...entity] = scope.split('_');
  return `${VERBS[verb] ?? verb} ${entity.join(' ')}`;
}
