import { describe, expect, it } from 'vitest';
import { tokenRequestBody } from '../../../functions/pim/oauth.ts';
import { tokenRequest } from '../../support/token-request.ts';

describe('tokenRequestBody', () => {
  it('holds the five parameters of the protocol and nothing else', () => {
    expect([...new URLSearchParams(tokenRequestBody(tokenRequest()))]).toEqual([
      ['client_id', 'the-client'],
      ['code_identifier', 'identifier'],
      // printf 'identifierthe-secret' | sha256sum
      ['code_challenge', 'aef32ffa0bd73321abc577301261d7d57205bee4e0f0d662661e029b54f81e64'],
      ['code', 'the-code'],
      ['grant_type', 'authorization_code'],
    ]);
  });

  it('proves the secret without sending it', () => {
    expect(tokenRequestBody(tokenRequest({ secret: 'S3cr3t' }))).not.toContain('S3cr3t');
  });

  it('encodes a code with characters of its own meaning', () => {
    const body = tokenRequestBody(tokenRequest({ code: 'a+b&grant_type=x%20' }));
    const parameters = new URLSearchParams(body);
    expect(parameters.getAll('code')).toEqual(['a+b&grant_type=x%20']);
    expect(parameters.getAll('grant_type')).toEqual(['authorization_code']);
  });
});
