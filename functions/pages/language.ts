import type { RefusalCode } from '../activation/outcomes.ts';
import type { Shown } from '../activation/result.ts';
import type { English } from './languages/en.ts';

/** An outcome that ends in a page. */
export type PageCode = RefusalCode | Shown['code'];

/** How many characters there is room for, by the group or the key of a text. */
interface Room {
  /** The heading of a page. */
  readonly title: 80;
  /** What the PIM user does next. */
  readonly next: 280;
  /** A heading below that of the page. */
  readonly heading: 60;
  readonly sentence: 160;
  readonly button: 30;
  /** In front of a code or an ID. */
  readonly label: 24;
  /** Beside the sign of a page. */
  readonly tone: 24;
  /** What a scope allows, in a list. */
  readonly right: 60;
}

/** The texts of a language. */
export type Texts = TextsOf<English>;

type TextsOf<Part> = {
  readonly [Key in keyof Part]: Part[Key] extends string ? string : TextsOf<Part[Key]>;
};

/**
 * Checks a language when it is compiled, and does nothing at run time. A text that is missing, superfluous or too long
 * for its place, or whose placeholders are not those of English, is an error of its type, which says so.
 */
export function language<const Given extends object>(
  texts: Given & Checked<Given, English>,
): Texts {
  // Each text was checked by the type above.
  return texts as object as Texts;
}

type Checked<Given, Model, Place = never> = {
  readonly [Key in keyof Model]: Key extends keyof Given
    ? CheckedPart<Given[Key], Model[Key], Key extends keyof Room ? Key : Place>
    : unknown;
} & { readonly [Key in Exclude<keyof Given, keyof Model>]: Wrong<'English has no such text'> };

type CheckedPart<Given, Model, Place> = Model extends string
  ? Given extends string
    ? Place extends keyof Room
      ? CheckedText<Given, Model, Room[Place]>
      : Wrong<'in no group of Room'>
    : Wrong<'no text'>
  : Checked<Given, Model, Place>;

type CheckedText<Text extends string, Model extends string, Most extends number> = '' extends Text
  ? Wrong<'empty, or known only at run time'>
  : Same<Placeholders<Text>, Placeholders<Model>> extends false
    ? Wrong<'not the placeholders of English'>
    : Fits<Text, Most> extends false
      ? Wrong<`longer than ${Most} characters`>
      : Text;

type Same<One, Other> = [One, Other] extends [Other, One] ? true : false;

/** What the compiler says of a text that cannot be used. */
interface Wrong<What extends string> {
  readonly wrong: What;
}

/** The names in braces. */
type Placeholders<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;

type Fits<
  Text extends string,
  Most extends number,
  Seen extends 0[] = [],
> = Text extends `${infer _}${infer Rest}`
  ? Seen['length'] extends Most
    ? false
    : Fits<Rest, Most, [...Seen, 0]>
  : true;
