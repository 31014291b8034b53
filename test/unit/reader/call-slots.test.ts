import { describe, expect, it } from 'vitest';
import { CallSlots } from '../../../reader/call-slots.ts';

describe('CallSlots', () => {
  it('hands a slot to who has waited longest, and to no newcomer', async () => {
    const slots = new CallSlots(1);
    const order: string[] = [];
    const enter = async (name: string) => {
      const release = await slots.acquire('a');
      order.push(name);
      release();
    };
    const release = await slots.acquire('a');
    const waiting = [enter('first'), enter('second')];
    release();
    await Promise.all([...waiting, enter('newcomer')]);
    expect(order).toEqual(['first', 'second', 'newcomer']);
  });

  it('lets who gives up leave the line', async () => {
    const slots = new CallSlots(1);
    const release = await slots.acquire('a');
    const abort = new AbortController();
    const impatient = slots.acquire('a', abort.signal);
    const patient = slots.acquire('a');
    abort.abort(new Error('enough'));
    await expect(impatient).rejects.toThrow('enough');
    release();
    expect(await patient).toBeTypeOf('function');
  });

  it('counts a release once', async () => {
    const slots = new CallSlots(1);
    const release = await slots.acquire('a');
    const second = slots.acquire('a');
    const abort = new AbortController();
    const third = slots.acquire('a', abort.signal);
    release();
    release();
    await second;
    abort.abort(new Error('no slot is free'));
    await expect(third).rejects.toThrow('no slot is free');
  });

  it('keeps the slots of connections apart', async () => {
    const slots = new CallSlots(1);
    const releases = [await slots.acquire('a'), await slots.acquire('b')];
    expect(releases).toHaveLength(2);
  });
});
