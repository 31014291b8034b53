import { DOMParser, type Document, type Element, type Node } from '@xmldom/xmldom';

const SVG = 'http://www.w3.org/2000/svg';
const XLINK = 'http://www.w3.org/1999/xlink';
const XML = 'http://www.w3.org/XML/1998/namespace';
const XMLNS = 'http://www.w3.org/2000/xmlns/';

/** What draws. Not here: what runs, loads, links, animates, or holds another document. */
const ELEMENTS: ReadonlySet<string> = new Set(
  `svg g defs symbol use title desc style path rect circle ellipse line polyline polygon text tspan
  linearGradient radialGradient stop pattern clipPath mask marker filter feBlend feColorMatrix feComposite feFlood
  feGaussianBlur feMerge feMergeNode feMorphology feOffset`.split(/\s+/),
);

/** What those elements take, but for `data-…` and `aria-…`. */
const ATTRIBUTES: ReadonlySet<string> = new Set(
  `id class style role focusable version baseProfile x y x1 x2 y1 y2 dx dy cx cy r rx ry fx fy fr width height d points
  pathLength viewBox preserveAspectRatio transform transform-origin opacity display visibility overflow color
  color-interpolation color-interpolation-filters color-rendering shape-rendering text-rendering image-rendering
  vector-effect paint-order mix-blend-mode isolation enable-background fill fill-opacity fill-rule stroke stroke-width
  stroke-opacity stroke-linecap stroke-linejoin stroke-miterlimit stroke-dasharray stroke-dashoffset clip-path clip-rule
  clipPathUnits mask mask-type maskUnits maskContentUnits gradientUnits gradientTransform spreadMethod offset stop-color
  stop-opacity patternUnits patternContentUnits patternTransform marker-start marker-mid marker-end markerUnits
  markerWidth markerHeight refX refY orient filter filterUnits primitiveUnits in in2 result mode type values operator
  k1 k2 k3 k4 radius stdDeviation flood-color flood-opacity font font-family font-size font-weight font-style
  font-variant font-stretch letter-spacing word-spacing text-anchor text-decoration dominant-baseline
  alignment-baseline baseline-shift writing-mode textLength lengthAdjust href`.split(/\s+/),
);

/** What may stand before a bracket in a value; `url` for a part of the same drawing alone. */
const CSS_FUNCTIONS: ReadonlySet<string> = new Set(
  `rgb rgba hsl hsla matrix translate translatex translatey scale scalex scaley rotate skewx skewy calc`.split(
    ' ',
  ),
);

/**
 * Why an SVG image is refused; `undefined` for one that only draws. By an allow-list, so that what nobody thought of is
 * refused as well.
 *
 * A browser that shows it as an image runs no script and loads nothing in any case. The check protects people who open
 * the file by itself, and browsers that are mistaken.
 *
 * @see {@link https://www.w3.org/TR/SVG2/conform.html#secure-static-mode Secure static mode}
 */
export function svgProblem(text: string): string | undefined {
  if (!text.trimStart().startsWith('<')) return 'is neither PNG nor SVG';
  // What is read here has to be what a browser reads.
  if (OTHER_ENCODING.test(text)) return 'says that it is in another encoding than UTF-8';
  const document = parse(text);
  if (!document) return 'is no well-formed XML';
  if (document.doctype) return 'has a document type, which may name other files';
  const { documentElement: root } = document;
  if (root?.namespaceURI !== SVG || root.localName !== 'svg')
    return 'does not begin with an svg element of SVG';
  return firstProblem(document);
}

const OTHER_ENCODING = /^<\?xml\b[^>]*\sencoding\s*=\s*["'](?!utf-8["'])/i;

/** The parser lets them pass. @see {@link https://www.w3.org/TR/xml/#charsets XML, characters} */
const NO_CHARACTER_OF_XML = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;

function parse(text: string): Document | undefined {
  if (NO_CHARACTER_OF_XML.test(text)) return undefined;
  const onError = (level: string, message: string): void => {
    throw new SyntaxError(`${level}: ${message}`);
  };
  try {
    return new DOMParser({ onError }).parseFromString(text, 'application/xml');
  } catch {
    return undefined;
  }
}

/** Of a node and all below it, in the order of the text. */
function firstProblem(node: Node): string | undefined {
  return problemOf(node) ?? firstOf(node.childNodes, firstProblem);
}

function problemOf(node: Node): string | undefined {
  switch (node.nodeType) {
    case node.ELEMENT_NODE:
      // By its type a node says what it is.
      return problemOfElement(node as Element);
    case node.TEXT_NODE:
    case node.CDATA_SECTION_NODE:
      return node.parentNode?.localName === 'style' ? problemOfCss(node.nodeValue) : undefined;
    case node.PROCESSING_INSTRUCTION_NODE:
      return node.nodeName === 'xml' ? undefined : `has an instruction: ${node.nodeName}`;
    case node.DOCUMENT_NODE:
    case node.COMMENT_NODE:
      return undefined;
    default:
      return `has a part that is no drawing: ${node.nodeName}`;
  }
}

function problemOfElement({ namespaceURI, localName, attributes }: Element): string | undefined {
  if (namespaceURI !== SVG || !ELEMENTS.has(localName ?? '')) return `has an element ${localName}`;
  return firstOf(attributes, problemOfAttribute);
}

/** What is read of an attribute. */
interface Attribute {
  readonly namespaceURI: string | null;
  readonly localName: string | null;
  readonly value: string;
}

function problemOfAttribute({ namespaceURI, localName, value }: Attribute): string | undefined {
  if (namespaceURI === XMLNS) return undefined;
  const name = localName ?? '';
  if (namespaceURI === null && /^(aria|data)-/.test(name)) return undefined;
  const known = namespaceURI === null ? ATTRIBUTES : FOREIGN.get(namespaceURI);
  if (!known?.has(name)) return `has an attribute ${name}`;
  if (name === 'href') return value.startsWith('#') ? undefined : 'refers to something outside';
  return problemOfCss(value);
}

function firstOf<T>(
  items: { readonly length: number; item(index: number): T | null },
  check: (item: T) => string | undefined,
): string | undefined {
  for (let index = 0; index < items.length; index++) {
    const item = items.item(index);
    const problem = item === null ? undefined : check(item);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function problemOfCss(value: string | null): string | undefined {
  return isPlainCss(value ?? '') ? undefined : 'has a style that may load something';
}

const FOREIGN: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  [XLINK, new Set(['href'])],
  [XML, new Set(['space', 'lang'])],
]);

/** Without rules that import, without escapes that could hide one, and with no function that could load. */
function isPlainCss(value: string): boolean {
  if (/[@\\]/.test(value)) return false;
  return [...value.matchAll(/([\w-]*)\(\s*(["']?#)?/g)].every(([, name = '', inside]) => {
    const isReference = name.toLowerCase() === 'url' && inside !== undefined;
    return name === '' || isReference || CSS_FUNCTIONS.has(name.toLowerCase());
  });
}
