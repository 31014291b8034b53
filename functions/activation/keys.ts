import { createHash } from 'node:crypto';
import { Redacted } from '../pim/redacted.ts';

/** Gives 256 fresh random bits as 43 characters of base64url; injected so that tests can mark them. */
export type RandomText = () => string;

/** 256 bits in base64url without padding. */
const SHAPE = /^[A-Za-z0-9_-]{43}$/;

/**
 * The `state` of one flow. It is only ever sent; what is stored is its hash, so that a leaked
 * table cannot finish a flow.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-10.12 RFC 6749, section 10.12}
 */
export class State extends Redacted {
  readonly kind = 'state';

  /** A new one for each flow. */
  static generate(random: RandomText): State {
    return new State(random());
  }

  /** `undefined` for a text of another shape, for which no flow can exist. */
  static parse(value: string): State | undefined {
    return SHAPE.test(value) ? new State(value) : undefined;
  }

  /** The key of the flow. It is no secret: without the browser's cookie it opens nothing. */
  hash(): FlowId {
    // The digest has the shape of a flow id; the brand is given here and in parseFlowId only.
    return sha256(this.reveal()) as FlowId;
  }
}

/**
 * What a browser proves itself with: the value of its cookie, one per browser, so that any number of
 * tabs and PIMs can be under way at once (but for the very first two requests of a browser: each of two
 * answers brings a cookie, and the later one stays). A `state` alone only proves that this App issued it, not that this
 * browser asked for it.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9700#section-4.7 RFC 9700, section 4.7}
 */
export class BrowserKey extends Redacted {
  readonly kind = 'browser key';

  /** For a browser that has none yet. */
  static generate(random: RandomText): BrowserKey {
    return new BrowserKey(random());
  }

  /** `undefined` for a cookie's value of another shape. */
  static parse(value: string): BrowserKey | undefined {
    return SHAPE.test(value) ? new BrowserKey(value) : undefined;
  }

  /** What a flow stores of it: a leaked table holds no key of a browser. */
  hash(): string {
    return sha256(this.reveal());
  }
}

/** The hash of a flow's `state`: its key in the table, and its name in the address of the last page. */
export type FlowId = string & { readonly __flowId: true };

/** `undefined` for a text that is no hash of a `state`. */
export function parseFlowId(value: string): FlowId | undefined {
  return SHAPE.test(value) ? (value as FlowId) : undefined;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
