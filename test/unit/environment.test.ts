import { describe, expect, it } from 'vitest';
import { isSwitchedOn, readEnvironment } from '../../functions/environment.ts';

describe('readEnvironment', () => {
  it('gives the named variables', () => {
    expect(readEnvironment({ A: '1', B: '2', C: '3' }, ['A', 'B'])).toMatchObject({
      A: '1',
      B: '2',
    });
  });

  it('names every missing one in one error; an empty one is missing too', () => {
    expect(() => readEnvironment({ A: '1', B: '' }, ['A', 'B', 'C'])).toThrow(
      'Missing environment variables: B, C. The stack sets them.',
    );
  });
});

describe('a dangerous switch', () => {
  it.each(['TRUE', '1', 'yes', ' true', '', undefined])('is off for %j', (value) => {
    expect(isSwitchedOn({ SWITCH: value }, 'SWITCH')).toBe(false);
  });

  it('is on for true', () => {
    expect(isSwitchedOn({ SWITCH: 'true' }, 'SWITCH')).toBe(true);
  });
});
