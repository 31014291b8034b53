/**
 * Runs the bundles as Lambda does, in a process of their own, for one scenario after the other. Commands come over
 * IPC; standard output has the lines of the log as the functions write them, and after them one line that begins with
 * a NUL and holds the answer.
 *
 * Nothing here is by chance. Random bytes follow from the name of the scenario. The clock stands still while the
 * functions work; once they can only wait, it jumps to the next timer. So a slow machine changes nothing, and waiting
 * takes no time.
 */
import crypto from 'node:crypto';
import { subscribe } from 'node:diagnostics_channel';
import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers';
import promises from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

const { Date: RealDate, setTimeout: setRealTimeout } = globalThis;
/** After so many turns of the event loop in which nothing happened, nothing will. */
const QUIET_TURNS = 5;

let clock = 0;
let seed = '';
let draws = 0;
let scenarios = 0;

/** Timers that have not fired. */
const queue = new Set();
/** Requests without their whole answer. */
const asking = new Set();
/** Local ports on which an answer will never come. */
const hanging = new Set();
let isRunning = false;
let isLooking = false;

class StandingDate extends RealDate {
  constructor(...values) {
    super(...(values.length === 0 ? [clock] : values));
  }
  static now() {
    return clock;
  }
}

/** What `setTimeout` returns. */
class Timer {
  constructor(work, ms) {
    this.work = work;
    this.due = clock + Math.max(0, Math.floor(Number(ms) || 0));
  }
  ref() {
    return this;
  }
  unref() {
    return this;
  }
  hasRef() {
    return true;
  }
}

function setTimer(work, ms, ...values) {
  const timer = new Timer(() => work(...values), ms);
  queue.add(timer);
  look();
  return timer;
}

function clearTimer(timer) {
  queue.delete(timer);
}

function pause(ms, value, { signal } = {}) {
  return new Promise((resolve, reject) => {
    const timer = setTimer(() => resolve(value), ms);
    signal?.addEventListener('abort', () => {
      clearTimer(timer);
      reject(signal.reason);
    });
  });
}

AbortSignal.timeout = (ms) => {
  const controller = new AbortController();
  const reason = new DOMException('The operation was aborted due to timeout', 'TimeoutError');
  setTimer(() => controller.abort(reason), ms);
  return controller.signal;
};

/** Looks whether the functions can only wait; called after everything that may make it so. */
function look(quietTurns = 0) {
  if (isLooking && quietTurns === 0) return;
  isLooking = isRunning && !isAsking();
  if (!isLooking) return;
  if (isReading()) setRealTimeout(() => look(1), 1);
  else if (quietTurns < QUIET_TURNS) setImmediate(() => look(quietTurns + 1));
  else {
    isLooking = false;
    fireNext();
  }
}

function isAsking() {
  return [...asking].some(({ socket }) => !hanging.has(socket?.localPort));
}

/** Files and names are looked up in other threads. */
function isReading() {
  return process.getActiveResourcesInfo().some((name) => /^FSReq|AddrInfo|Job$/.test(name));
}

function fireNext() {
  const [next] = [...queue].sort((one, other) => one.due - other.due);
  if (!next) return;
  queue.delete(next);
  clock = Math.max(clock, next.due);
  next.work();
  look();
}

subscribe('http.client.request.start', ({ request }) => {
  asking.add(request);
  request.once('close', () => {
    asking.delete(request);
    look();
  });
});

/** The recorder knows the draws of 32 bytes by the same rule. */
function draw(size) {
  draws += 1;
  return Buffer.alloc(size, crypto.createHash('sha256').update(`${seed} ${draws}`).digest());
}

function drawUuid() {
  const hex = draw(16).toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function fill(target) {
  Buffer.from(target.buffer, target.byteOffset, target.byteLength).set(draw(target.byteLength));
  return target;
}

Math.random = () => 0.5;
Object.assign(globalThis, { Date: StandingDate, setTimeout: setTimer, clearTimeout: clearTimer });
Object.assign(timers, { setTimeout: setTimer, clearTimeout: clearTimer });
Object.assign(promises, { setTimeout: pause });
Object.assign(crypto, { randomBytes: draw, randomUUID: drawUuid, randomFillSync: fill });
Object.assign(globalThis.crypto, { getRandomValues: fill, randomUUID: drawUuid });
syncBuiltinESMExports();

/** Each scenario meets cold functions. */
function begin(scenario) {
  ({ seed, now: clock } = scenario);
  scenarios += 1;
  draws = 0;
}

async function invoke({ bundle, env, event, requestId, remainingMs, wait }) {
  clock += wait;
  const end = clock + remainingMs;
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, env);
  const { handler } = await import(`${pathToFileURL(bundle).href}?${scenarios}`);
  isRunning = true;
  look();
  return handler(event, {
    awsRequestId: requestId,
    getRemainingTimeInMillis: () => end - clock,
  });
}

async function answerTo(invocation) {
  try {
    return { value: await invoke(invocation) };
  } catch ({ name, message }) {
    return { error: { name, message } };
  } finally {
    isRunning = false;
    queue.clear();
    hanging.clear();
  }
}

process.on('message', (command) => void obey(command));
process.on('disconnect', () => process.exit());

async function obey(command) {
  if (command.hanging) {
    hanging.add(command.hanging);
    look();
    return;
  }
  if (command.begin) begin(command.begin);
  const answer = await answerTo(command.invoke);
  process.stdout.write(`\0${JSON.stringify({ ...answer, now: clock })}\n`);
}
