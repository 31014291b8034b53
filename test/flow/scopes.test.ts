import { describe, expect, it } from 'vitest';
import { flowWorld, type ListedPim, SCOPES } from '../support/flow-world.ts';

const world = flowWorld();

/** A PIM that is connected with few scopes, and whose row then asks for more. */
async function connectedThenAskedForMore(more: string): Promise<ListedPim> {
  const listed = await world().startPim();
  await world().user(listed).connect(listed.clientId);
  await world().changeScopes(listed, `${SCOPES} ${more}`);
  return listed;
}

describe('scopes that a PIM user may not grant', () => {
  it('are named on the page, once, without asking again', async () => {
    const listed = await connectedThenAskedForMore('write_channel_settings');
    const user = world().user(listed);
    await user.switchTo('open');
    const page = await user.openApp(listed.clientId);

    expect(page.status).toBe(200);
    expect(page.body).toContain('Your PIM user may not grant');
    expect(page.body).toContain('<li>edit channels</li>');
    expect(page.body).not.toContain('<li>view products</li>');
    expect(page.hops.filter(({ url }) => url.includes('/authorize?response_type'))).toHaveLength(1);
  });

  it('are stored as requested but not granted', async () => {
    const listed = await connectedThenAskedForMore('write_channel_settings');
    const user = world().user(listed);
    await user.switchTo('open');
    await user.openApp(listed.clientId);
    const connection = await world().connection(listed);

    expect(connection?.text('requestedScopes')).toBe(
      'read_products write_categories write_channel_settings',
    );
    expect(connection?.text('grantedScopes')).toBe(SCOPES);
  });

  it('are granted, with a new token, when a user who may manage Apps opens it', async () => {
    const listed = await connectedThenAskedForMore('write_channel_settings');
    const before = await world().connection(listed);
    const page = await world().user(listed).openApp(listed.clientId);
    const after = await world().connection(listed);

    expect(page.body).not.toContain('Your PIM user may not grant');
    expect(after?.text('grantedScopes')).toBe(
      'read_products write_categories write_channel_settings',
    );
    expect(after?.accessToken).not.toBe(before?.accessToken);
  });

  it('do not keep the user from the app URL', async () => {
    const listed = await world().startPim({
      appUrl: 'http://localhost:1/app',
      scopes: `${SCOPES} no_such_scope`,
    });
    const user = world().user(listed);
    await user.authorize(await user.startActivation(await user.activateUrl(listed.clientId)));
    const page = await user.session.get(await user.confirm(listed.clientId));

    const { origin, pathname, searchParams } = new URL(page.headers.get('location') ?? '');
    expect(origin + pathname).toBe('http://localhost:1/app');
    expect(Object.fromEntries(searchParams)).toEqual({
      pim_url: listed.pim.url,
      missing_scopes: 'no_such_scope',
    });
    expect(world().log.at(-1)).toMatchObject({
      message: 'connected_with_missing_scopes',
      missingScopes: ['no_such_scope'],
    });
  });
});

describe('scopes that others imply', () => {
  it('do not count as missing', async () => {
    const listed = await world().startPim({ scopes: 'delete_products write_categories' });
    await world().user(listed).connect(listed.clientId);
    await world().changeScopes(
      listed,
      'delete_products read_products read_categories write_categories',
    );
    const user = world().user(listed);
    await user.switchTo('open');
    const page = await user.openApp(listed.clientId);

    expect(page.body).toContain('<h1>You are connected</h1>');
    expect(page.body).not.toContain('may not grant');
  });
});
