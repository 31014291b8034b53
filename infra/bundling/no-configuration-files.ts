/**
 * Stands in the bundles for `node:fs/promises`.
 *
 * Removes the SDK's look into `~/.aws/config` and `~/.aws/credentials` during the first call, and with it the part of
 * Node that reads files by promises.
 *
 * Safe, because Lambda has no such files, and the SDK takes a file that cannot be read for an empty one. Whatever else
 * wanted to read a file in this way would fail in its first test.
 *
 * @see {@link https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html The shared configuration files}
 */
export function readFile(): Promise<never> {
  return Promise.reject(new Error('A Lambda function has no configuration files.'));
}
