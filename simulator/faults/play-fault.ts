import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout } from 'node:timers/promises';
import type { Answer } from '../http/answer.ts';
import { bodyParameters } from '../http/body-parameters.ts';
import { type PimRequest, parameter } from '../http/pim-request.ts';
import { writeAnswer } from '../http/write-answer.ts';
import type { Pim } from '../pim.ts';
import { falseAnswer, hugeBody } from './false-answers.ts';
import type { Fault } from './fault.ts';

/** A request to which a fault happens. */
interface Incident {
  readonly pim: Pim;
  readonly request: PimRequest;
  readonly response: ServerResponse;
  /** What the PIM would have answered, with all its effects. */
  readonly answer: () => Promise<Answer>;
}

/** Lets a fault happen to a request. It ends with the response written or the connection closed. */
export async function playFault(fault: Fault, incident: Incident): Promise<void> {
  switch (fault.kind) {
    case 'slow':
      return answerLate(incident, fault.ms);
    case 'reset':
      return reset(incident);
    case 'huge-body':
      return streamHugeBody(incident);
    case 'expired-code':
      return answerAboutExpiredCode(incident);
    case 'answer-lost':
      return loseAnswer(incident);
    case 'status':
    case 'html':
    case 'wrong-json':
      return writeAnswer(incident.response, falseAnswer(fault));
  }
}

async function answerLate({ response, answer }: Incident, ms: number): Promise<void> {
  const hangUp = new AbortController();
  response.once('close', () => hangUp.abort());
  const isStillThere = await setTimeout(ms, true, { signal: hangUp.signal }).catch(() => false);
  if (isStillThere) writeAnswer(response, await answer());
}

function reset({ response }: Incident): void {
  response.socket?.resetAndDestroy();
}

async function streamHugeBody({ response }: Incident): Promise<void> {
  response.writeHead(200, { 'content-type': 'application/json' });
  // A client that has read enough closes the connection. That is what the fault is made for.
  await pipeline(Readable.from(hugeBody()), response).catch(() => undefined);
}

async function answerAboutExpiredCode(incident: Incident): Promise<void> {
  const { pim, request, response, answer } = incident;
  pim.codes.expire(parameter(bodyParameters(request), 'code') ?? '');
  writeAnswer(response, await answer());
}

async function loseAnswer(incident: Incident): Promise<void> {
  await incident.answer();
  reset(incident);
}
