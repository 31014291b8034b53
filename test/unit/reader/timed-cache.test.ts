import { describe, expect, it } from 'vitest';
import { TimedCache } from '../../../reader/timed-cache.ts';

function newCache(maxEntries = 2) {
  const clock = { time: 0 };
  const cache = new TimedCache<string>({
    now: () => clock.time,
    lifetimeMs: (value) => (value === 'short' ? 10 : 100),
    maxEntries,
  });
  return { cache, clock };
}

describe('TimedCache', () => {
  it('gives a value until its lifetime is over', () => {
    const { cache, clock } = newCache();
    cache.set('a', 'long');
    cache.set('b', 'short');
    clock.time = 10;
    expect([cache.get('a'), cache.get('b')]).toEqual(['long', undefined]);
    clock.time = 100;
    expect(cache.get('a')).toBeUndefined();
  });

  it('counts the lifetime from the last time it was set', () => {
    const { cache, clock } = newCache();
    cache.set('a', 'long');
    clock.time = 99;
    cache.set('a', 'long');
    clock.time = 198;
    expect(cache.get('a')).toBe('long');
  });

  it('lets the oldest go when it is full', () => {
    const { cache } = newCache();
    cache.set('a', '1');
    cache.set('b', '2');
    cache.set('a', '3');
    cache.set('c', '4');
    expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual(['3', undefined, '4']);
  });

  it('forgets what it is told to', () => {
    const { cache } = newCache();
    cache.set('a', '1');
    cache.delete('a');
    expect(cache.get('a')).toBeUndefined();
  });
});
