import { describe, expect, it } from 'vitest';
import { readContext } from '../../infra/configuration/context.ts';
import { testApp } from './support/synthesis.ts';

const nameOf = (context: Readonly<Record<string, string>>) =>
  readContext(testApp(context).node).stackName;
const DEVELOPMENT = { stage: 'development' };

describe('the name of the stack', () => {
  it('is another one by default in development, so that a forgotten name never meets production', () => {
    expect(nameOf({})).toBe('AkeneoAppActivation');
    expect(nameOf({ stage: 'production' })).toBe('AkeneoAppActivation');
    expect(nameOf(DEVELOPMENT)).toBe('AkeneoAppActivationDev');
  });

  it.each(['my_stack', '1st', ''])('is refused when it is %j', (stackName) => {
    expect(() => nameOf({ stackName })).toThrow(`stackName is "${stackName}"`);
  });

  it('is the given one, so that there can be a second stack', () => {
    expect(nameOf({ stackName: 'Second' })).toBe('Second');
    expect(nameOf({ ...DEVELOPMENT, stackName: 'SecondDev' })).toBe('SecondDev');
  });

  // `stackName` in a file and `-c stage=development` turned production into a stack that can be destroyed.
  it.each(['MyProd', 'AkeneoAppActivation', 'Devout', 'mydev'])(
    'is refused in development when production may have it: %s',
    (stackName) => {
      const context = { ...DEVELOPMENT, dangerouslyDestroyTables: 'true', stackName };
      expect(() => nameOf(context)).toThrow(
        `stackName is "${stackName}", which a production stack may have.`,
      );
      expect(() => nameOf(context)).toThrow(`such as -c stackName=${stackName}Dev.`);
    },
  );

  it('is refused in production when a development stage may have it', () => {
    for (const stage of [{}, { stage: 'production' }])
      expect(() => nameOf({ ...stage, stackName: 'MyDev' })).toThrow(
        'stackName is "MyDev", but the stage is production.',
      );
  });

  it('is named once among the problems, whatever else is wrong', () => {
    const refused = () => nameOf({ stage: 'prod', stackName: 'MyDev' });
    expect(refused).toThrow('stage is "prod"');
    expect(refused).not.toThrow('stackName');
  });
});
