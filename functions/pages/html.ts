const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Markup that is safe to send: made by {@link html}, or a constant of our own. */
export class Html {
  readonly #markup: string;

  private constructor(markup: string) {
    this.#markup = markup;
  }

  /** Joins a template with its values, escaping texts; written as {@link html}. */
  static template(strings: TemplateStringsArray, values: readonly HtmlValue[]): Html {
    const parts = strings.map((part, index) => part + render(values[index]));
    return new Html(parts.join(''));
  }

  /** For text of this repository only; never for anything that came in. */
  static constant(markup: string): Html {
    return new Html(markup);
  }

  /** The markup. */
  toString(): string {
    return this.#markup;
  }
}

/** What may stand in a template: text, which is escaped, markup, or nothing. */
export type HtmlValue = string | Html | readonly Html[] | undefined;

/** Tagged template in which every value is escaped unless it is markup already. */
export function html(strings: TemplateStringsArray, ...values: HtmlValue[]): Html {
  return Html.template(strings, values);
}

/** A text with its placeholders filled in. */
export function filled(text: string, values: Readonly<Record<string, HtmlValue>>): Html {
  const parts = text.split(/\{(\w+)\}/);
  // Every second part is the name of a placeholder.
  return html`${parts.map((part, index) => html`${index % 2 === 0 ? part : values[part]}`)}`;
}

function render(value: HtmlValue): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return value.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? '');
  return value instanceof Html ? value.toString() : value.join('');
}
