import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout } from 'node:timers/promises';
import type { Answer } from '../http/answer.ts';
import { bodyParameters } from '../http/body-parameters.ts';
import { type PimRequest, parameter } from '../http/pim-request.ts';
import { writeAnswer } from '../http/write-answer.ts';
import type { Pim } from '../pim.ts';
import { htmlAnswer, hugeBody, statusAnswer, wrongJsonAnswer } from './false-answers.ts';
import type { Fault } from './fault.ts';

/** A request that meets a fault. */
export interface Incident {
  readonly pim: Pim;
  readonly request: PimRequest;
  readonly response: ServerResponse;
  /** What the PIM would have answered, with all its effects. */
  readonly answer: () => Promise<Answer>;
}

/** Lets a fault happen to a request. It ends with the response written or the connection gone. */
export async function playFault(fault: Fault, incident: Incident): Promise<void> {
  const { response, answer } = incident;
  switch (fault.kind) {
    case 'slow':
      return answerLate(incident, fault.ms);
    case 'reset':
      return reset(response);
    case 'status':
      return writeAnswer(response, statusAnswer(fault.status, fault.retryAfter));
    case 'html':
      return writeAnswer(response, htmlAnswer());
    case 'wrong-json':
      return writeAnswer(response, wrongJsonAnswer(fault.body));
    case 'huge-body':
      return streamHugeBody(response);
    case 'expired-code':
      expireCode(incident);
      return writeAnswer(response, await answer());
    case 'answer-lost':
      await answer();
      return reset(response);
  }
}

async function answerLate({ response, answer }: Incident, ms: number): Promise<void> {
  const hangUp = new AbortController();
  response.once('close', () => hangUp.abort());
  const isStillThere = await setTimeout(ms, true, { signal: hangUp.signal }).catch(() => false);
  if (isStillThere) writeAnswer(response, await answer());
}

function reset(response: ServerResponse): void {
  response.socket?.resetAndDestroy();
}

async function streamHugeBody(response: ServerResponse): Promise<void> {
  response.writeHead(200, { 'content-type': 'application/json' });
  // A client that has read enough hangs up; that is what the fault is for.
  await pipeline(Readable.from(hugeBody()), response).catch(() => undefined);
}

function expireCode({ pim, request }: Incident): void {
  pim.codes.expire(parameter(bodyParameters(request), 'code') ?? '');
}
