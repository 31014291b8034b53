import { describe, expect, it } from 'vitest';
import type { PageCode } from '../../functions/pages/language.ts';
import english from '../../functions/pages/languages/en.ts';
import { REGISTRATION_CACHE_MS } from '../../functions/store/pim-directory.ts';
import { type FlowWorld, flowWorld, type ListedPim } from '../support/flow-world.ts';
import { refusingJourneys } from '../support/journeys/refusing.contract.ts';

const world = flowWorld();
const STATE = 'A'.repeat(43);

/** The status, the outcome code and the body of a page. Its heading has to belong to the code. */
async function outcomeAt(url: string, session = world().browser()) {
  const page = await session.get(url);
  const code = /<dt>Result code<\/dt><dd>(\w+)<\/dd>/.exec(page.body)?.[1] ?? 'no code';
  expect(page.body).toContain(`<h1>${english.outcome[code as PageCode]?.title}</h1>`);
  return { status: page.status, code, body: page.body };
}

/** A flow up to the PIM's redirect, with the callback not yet opened. */
async function untilCallback(at: FlowWorld, listed: ListedPim) {
  const user = at.user(listed);
  const step = await user.authorize(
    await user.startActivation(await user.activateUrl(listed.clientId)),
  );
  const callback = step.kind === 'callback' ? step.url : await user.confirm(listed.clientId);
  return { user, callback };
}

refusingJourneys(world);

describe('activate refuses', () => {
  it('an unlisted PIM by name', async () => {
    const { body } = await outcomeAt(
      `${world().app.activateUrl}?pim_url=https%3A%2F%2FPIM.example%2F`,
    );
    expect(body).toContain('<dd>https://pim.example</dd>');
  });

  it('a listed PIM that was removed, after a minute at most', async () => {
    const listed = await world().startPim();
    const user = world().user(listed);
    await user.startActivation(await user.activateUrl(listed.clientId));
    await world().unlist(listed);
    world().advance(REGISTRATION_CACHE_MS);
    const url = await user.activateUrl(listed.clientId);
    expect(await outcomeAt(url)).toMatchObject({ status: 403, code: 'pim_not_listed' });
  });
});

describe('callback refuses', () => {
  it('a state that nobody started', async () => {
    const listed = await world().startPim();
    const { user } = await untilCallback(world(), listed);
    const url = `${world().app.callbackUrl}?code=abc&state=${STATE}`;
    expect(await outcomeAt(url, user.session)).toMatchObject({
      status: 400,
      code: 'state_unknown',
    });
    const shown = `${world().app.callbackUrl}?flow=${STATE}`;
    expect(await outcomeAt(shown, user.session)).toMatchObject({
      status: 400,
      code: 'state_unknown',
    });
  });

  it('the state of another browser, and leaves the flow to its owner', async () => {
    const listed = await world().startPim();
    const mine = await untilCallback(world(), listed);
    const other = await untilCallback(world(), listed);

    expect(await outcomeAt(mine.callback, other.user.session)).toMatchObject({
      status: 403,
      code: 'browser_mismatch',
    });
    expect(await world().connection(listed)).toBeUndefined();
    const page = await mine.user.session.follow(mine.callback);
    expect(page.body).toContain('<h1>Connected</h1>');
    expect(await outcomeAt(page.url, other.user.session)).toMatchObject({
      status: 403,
      code: 'browser_mismatch',
    });
    expect(await outcomeAt(page.url)).toMatchObject({
      status: 403,
      code: 'browser_cookie_missing',
    });
  });

  it('an expired flow, with a link that starts again', async () => {
    const listed = await world().startPim();
    const { user, callback } = await untilCallback(world(), listed);
    world().advance(30 * 60_000);

    const { status, code, body } = await outcomeAt(callback, user.session);
    expect({ status, code }).toEqual({ status: 410, code: 'flow_expired' });
    const link = /href="([^"]*activate\?[^"]+)"/.exec(body)?.[1] ?? '';
    const page = await user.session.follow(new URL(link, callback).href);
    expect(page.body).toContain('<h1>Connected</h1>');
  });

  it('an error of the PIM, but only with a state of this browser', async () => {
    const listed = await world().startPim();
    const { user, callback } = await untilCallback(world(), listed);
    const denied = `${callback.replace(/code=[^&]+&/, '')}&error=access_denied&error_description=%3Cb%3E`;

    expect(await outcomeAt(denied)).toMatchObject({ status: 403, code: 'browser_cookie_missing' });
    const { status, code, body } = await outcomeAt(denied, user.session);
    expect({ status, code }).toEqual({ status: 403, code: 'authorization_denied' });
    expect(body).not.toContain('<b>');
  });

  it.each(['%00', '%20', 'a%0Ab', 'é', 'x'.repeat(513)])('the code %j', async (badCode) => {
    const listed = await world().startPim();
    const { user, callback } = await untilCallback(world(), listed);
    const url = callback.replace(/code=[^&]+/, `code=${encodeURI(decodeURI(badCode))}`);
    expect(await outcomeAt(url, user.session)).toMatchObject({
      status: 400,
      code: 'code_malformed',
    });
  });
});
