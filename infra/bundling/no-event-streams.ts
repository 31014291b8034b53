/**
 * Stands in the bundles for `@smithy/core/event-streams`.
 *
 * Removes the codec of event streams, 15 KB, and with it the reason why the bundler keeps half of the
 * SDK's core in parts that it can neither join nor shake: the SDK imports this module only when a
 * command streams, and whatever such an import reaches has to stay loadable on its own.
 *
 * Safe, because DynamoDB and KMS have no command of ours that streams; one that did
 * would fail at once with the message below.
 */
export function EventStreamSerde(): never {
  throw new Error('Event streams are left out of the bundle; see infra/bundling/bundling.ts.');
}

/** Never called: the SDK first makes the serializer, which throws. */
export const eventStreamSerdeProvider = undefined;
