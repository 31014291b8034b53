import { assertFits } from './condition-keys.ts';

/** A statement of an identity-based policy. */
export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** By operator, then by key. */
  readonly conditions: Readonly<Record<string, Readonly<Record<string, string | string[]>>>>;
}

/** What somebody tries to do; `context` holds the condition keys that AWS would fill in. */
export interface AccessRequest {
  readonly action: string;
  readonly resource: string;
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
}

/**
 * Decides as IAM does: refused unless a statement allows it, and refused whatever allows it if one denies.
 *
 * Only what the policies of this stack use is known; an unknown operator is an error instead of a guess, and so is one
 * that does not fit its key.
 *
 * @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html Policy evaluation logic}
 */
export function isAllowed(statements: readonly Statement[], request: AccessRequest): boolean {
  const applying = statements.filter((statement) => applies(statement, request));
  return (
    applying.some(({ effect }) => effect === 'Allow') &&
    !applying.some(({ effect }) => effect === 'Deny')
  );
}

function applies(statement: Statement, { action, resource, context = {} }: AccessRequest): boolean {
  return (
    statement.actions.some((pattern) => matches(pattern.toLowerCase(), action.toLowerCase())) &&
    statement.resources.some((pattern) => matches(pattern, resource)) &&
    Object.entries(statement.conditions).every(([operator, keys]) =>
      Object.entries(keys).every(([key, expected]) => {
        assertFits(operator, key);
        return holds(operator, [expected].flat(), values(context[key]));
      }),
    )
  );
}

/** `undefined` for a key that the request does not have. */
function values(value: string | readonly string[] | undefined): readonly string[] | undefined {
  return value === undefined ? undefined : [value].flat();
}

type Evaluate = (
  isExpected: (value: string) => boolean,
  actual: readonly string[] | undefined,
) => boolean;

const OPERATORS: Readonly<Record<string, Evaluate>> = {
  StringEquals: (isExpected, actual) => actual?.some(isExpected) ?? false,
  StringEqualsIfExists: (isExpected, actual) => actual?.some(isExpected) ?? true,
  'ForAllValues:StringEquals': (isExpected, actual) => actual?.every(isExpected) ?? true,
  'ForAllValues:StringLike': (isExpected, actual) => actual?.every(isExpected) ?? true,
  Null: (isExpected, actual) => isExpected(String(actual === undefined)),
};

/** Whether a condition holds for the values that the request has under its key. */
function holds(
  operator: string,
  expected: readonly string[],
  actual: readonly string[] | undefined,
): boolean {
  const evaluate = OPERATORS[operator];
  if (!evaluate) throw new Error(`The evaluator does not know the operator ${operator}.`);
  const isLike = operator.endsWith('StringLike');
  const isExpected = (value: string) =>
    isLike ? expected.some((pattern) => matches(pattern, value)) : expected.includes(value);
  return evaluate(isExpected, actual);
}

/** `*` stands for any text, `?` for any character. */
function matches(pattern: string, text: string): boolean {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  const expression = escaped.replaceAll('*', '.*').replaceAll('?', '.');
  return new RegExp(`^${expression}$`).test(text);
}
