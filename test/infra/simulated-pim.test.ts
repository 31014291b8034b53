import { describe, expect, it } from 'vitest';
import { rightsOf } from './support/role-statements.ts';
import { resourcesOf, synthesize } from './support/synthesis.ts';

describe('the simulated PIM', () => {
  it('is in no stack that does not ask for it', () => {
    const names = resourcesOf(synthesize({ stage: 'development' })).map(({ name }) => name);
    expect(names.filter((name) => name.startsWith('SimulatedPim'))).toEqual([]);
  });

  it('is refused in production', () => {
    expect(() => synthesize({ simulatedPim: true })).toThrow(
      'simulatedPim is switched on, but the stage is production.',
    );
  });

  it('may write its own log and nothing else', () => {
    const template = synthesize({ stage: 'development', simulatedPim: true });
    expect(rightsOf(template, 'SimulatedPim')).toEqual([
      'Allow | logs:CreateLogStream | SimulatedPim/Logs.Arn',
      'Allow | logs:PutLogEvents | SimulatedPim/Logs.Arn',
    ]);
  });

  it('leaves everything else of the stage as it is', () => {
    const without = resourcesOf(synthesize({ stage: 'development' }));
    const all = resourcesOf(synthesize({ stage: 'development', simulatedPim: true }));
    const others = all.filter(({ name }) => !name.includes('SimulatedPim'));
    expect(others).toEqual(without);
  });
});
