import { describe, expect, it } from 'vitest';
import english from '../../../functions/pages/languages/en.ts';
import { type JourneyWorld, outcomeAt, untilCallback } from './journey-world.ts';

const STATE = 'A'.repeat(43);

/** What everybody meets who does not come as a listed PIM's user; run it in each world. */
export function refusingJourneys(world: () => JourneyWorld): void {
  describe('activate refuses', () => {
    it.each([
      ['a missing pim_url', '', 400, 'pim_url_missing'],
      ['an empty pim_url', '?pim_url=', 400, 'pim_url_missing'],
      [
        'a repeated pim_url',
        '?pim_url=https%3A%2F%2Fa.example&pim_url=https%3A%2F%2Fb.example',
        400,
        'pim_url_repeated',
      ],
      ['text that is no URL', '?pim_url=my-pim', 400, 'pim_url_malformed'],
      [
        'plain http beyond the loopback',
        '?pim_url=http%3A%2F%2Fpim.example',
        400,
        'pim_url_malformed',
      ],
      [
        'credentials in the URL',
        '?pim_url=https%3A%2F%2Fme%3Ayou%40pim.example',
        400,
        'pim_url_malformed',
      ],
      ['a PIM that is not listed', '?pim_url=https%3A%2F%2Fpim.example', 403, 'pim_not_listed'],
    ])('%s', async (_what, query, status, code) => {
      const url = `${world().app.activateUrl}${query}`;
      expect(await outcomeAt(world().browser(), url)).toEqual({ status, code });
    });
  });

  describe('callback refuses', () => {
    it.each([
      ['a missing state', '?code=abc', 400, 'state_malformed'],
      ['nothing at all', '', 400, 'state_malformed'],
      ['a malformed state', '?code=abc&state=short', 400, 'state_malformed'],
      [
        'a repeated state',
        `?code=abc&state=${STATE}&state=${STATE}`,
        400,
        'callback_parameter_repeated',
      ],
      ['a repeated code', `?code=abc&code=def&state=${STATE}`, 400, 'callback_parameter_repeated'],
      ['a repeated error', `?error=a&error=b&state=${STATE}`, 400, 'callback_parameter_repeated'],
      ['a state of nobody, without a cookie', `?code=abc&state=${STATE}`, 400, 'state_unknown'],
      ['a state of nobody, and no code', `?state=${STATE}`, 400, 'state_unknown'],
      ['a made-up result page', '?flow=x', 400, 'state_malformed'],
    ])('%s', async (_what, query, status, code) => {
      const url = `${world().app.callbackUrl}${query}`;
      expect(await outcomeAt(world().browser(), url)).toEqual({ status, code });
    });

    it('a state that nobody started', async () => {
      const { user } = await untilCallback(world(), await world().startPim());
      const url = `${world().app.callbackUrl}?code=abc&state=${STATE}`;
      expect(await outcomeAt(user.session, url)).toEqual({ status: 400, code: 'state_unknown' });
    });

    it('the state of another browser, and leaves the flow to its owner', async () => {
      const listed = await world().startPim();
      const mine = await untilCallback(world(), listed);
      const other = await untilCallback(world(), listed);
      const refused = await outcomeAt(other.user.session, mine.callback);

      expect(refused).toEqual({ status: 403, code: 'browser_mismatch' });
      expect(await world().connection(listed)).toBeUndefined();
      const page = await mine.user.session.follow(mine.callback);
      expect(page.body).toContain('<h1>Connected</h1>');
    });

    it('a browser without its cookie, and leaves the flow to its owner', async () => {
      const listed = await world().startPim();
      const { user, callback } = await untilCallback(world(), listed);
      const refused = await outcomeAt(world().browser(), callback);

      expect(refused).toEqual({ status: 403, code: 'browser_cookie_missing' });
      const page = await user.session.follow(callback);
      expect(page.body).toContain('<h1>Connected</h1>');
    });

    it('a flow that was used without success', async () => {
      const listed = await world().startPim();
      const { user, callback } = await untilCallback(world(), listed);
      const withoutCode = await outcomeAt(user.session, callback.replace(/code=[^&]+&/, ''));
      const again = await outcomeAt(user.session, callback);

      expect(withoutCode).toEqual({ status: 400, code: 'code_malformed' });
      expect(again).toEqual({ status: 400, code: 'flow_already_used' });
      expect(await world().connection(listed)).toBeUndefined();
    });

    it('an error of the PIM, but only with a state of this browser', async () => {
      const { user, callback } = await untilCallback(world(), await world().startPim());
      const denied = `${callback.replace(/code=[^&]+&/, '')}&error=access_denied`;
      const stranger = await outcomeAt(world().browser(), denied);

      expect(stranger).toEqual({ status: 403, code: 'browser_cookie_missing' });
      expect(await outcomeAt(user.session, denied)).toEqual({
        status: 403,
        code: 'authorization_denied',
      });
    });
  });

  // The gateway's own answer was bare JSON.
  describe('a URL that was registered in another spelling', () => {
    it('is served as it should be with a slash at its end', async () => {
      const { activateUrl, callbackUrl } = world().app;
      const outcomes = [activateUrl, callbackUrl].map((url) =>
        outcomeAt(world().browser(), `${url}/`),
      );
      expect(await Promise.all(outcomes)).toEqual([
        { status: 400, code: 'pim_url_missing' },
        { status: 400, code: 'state_malformed' },
      ]);
      const { user, callback } = await untilCallback(world(), await world().startPim());
      const page = await user.session.follow(callback.replace('?', '/?'));
      expect(page.body).toContain('<h1>Connected</h1>');
    });

    it('is a page that says so, however else it goes on', async () => {
      const { activateUrl, callbackUrl } = world().app;
      for (const url of [`${activateUrl}/x`, `${activateUrl}/x/`, `${callbackUrl}/x/y`])
        expect(await outcomeAt(world().browser(), url)).toEqual({
          status: 404,
          code: 'path_unknown',
        });
    });
  });

  describe('with Accept: application/json', () => {
    it('the same code comes as JSON', async () => {
      const headers = { accept: 'application/json' };
      const page = await world().browser().get(world().app.callbackUrl, { headers });
      const { title, next } = english.outcome.state_malformed;

      expect(page.status).toBe(400);
      expect(page.headers.get('content-type')).toBe('application/json');
      expect(JSON.parse(page.body)).toEqual({
        code: 'state_malformed',
        title,
        next,
        requestId: expect.any(String),
      });
    });
  });
}
