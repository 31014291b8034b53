/**
 * The steps of Akeneo's JavaScript sample, in our words: an Express application, here behind `serverless-http`.
 * It does less: one client from the environment, no allow-list, no flow in a table, and (as in the sample)
 * no check of the state. It keeps the token in memory, where the sample has SQLite.
 */
import { createHash, randomBytes } from 'node:crypto';
import { request } from 'node:http';
import express from 'express';
import serverless from 'serverless-http';

const CLIENT = { id: '11111111-2222-4333-8444-555555555555', secret: 'secret' };
const SCOPES = 'read_catalog_structure read_categories write_assets write_products';
const tokens = [];

function askForToken(form) {
  const url = `${process.env.BENCH_PIM}/connect/apps/v1/oauth2/token`;
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', headers }, (answer) => {
      let body = '';
      answer.setEncoding('utf8');
      answer.on('data', (chunk) => {
        body += chunk;
      });
      answer.on('end', () => resolve(JSON.parse(body)));
    });
    sent.on('error', reject).end(form.toString());
  });
}

const app = express();

app.get('/activate', (req, res) => {
  const url = new URL('/connect/apps/v1/authorize', req.query.pim_url);
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: CLIENT.id,
    scope: SCOPES,
    state: randomBytes(10).toString('hex'),
  }).toString();
  res.redirect(url.href);
});

app.get('/callback', (req, res, next) => {
  const identifier = randomBytes(30).toString('hex');
  const challenge = createHash('sha256').update(identifier + CLIENT.secret);
  const form = new URLSearchParams({
    client_id: CLIENT.id,
    code: req.query.code,
    grant_type: 'authorization_code',
    code_identifier: identifier,
    code_challenge: challenge.digest('hex'),
  });
  askForToken(form)
    .then((answer) => {
      tokens.push(answer.access_token);
      res.send('<h1>Connected</h1>');
    })
    .catch((error) => next(error));
});

export const handler = serverless(app);
