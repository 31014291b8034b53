import { type KeyPair, newKeyPair } from '../../simulator/index.ts';

const made: Promise<KeyPair>[] = [];

/**
 * What makes the key pairs of a simulated PIM: two, by turns, which all tests of a process share. A new RSA pair takes
 * a fifth of a second.
 */
export function sharedKeyPairs(): () => Promise<KeyPair> {
  let taken = 0;
  return () => {
    const index = taken++ % 2;
    made[index] ??= newKeyPair();
    return made[index];
  };
}
