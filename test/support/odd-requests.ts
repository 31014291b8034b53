import { once } from 'node:events';
import { connect } from 'node:net';

/**
 * Sends bytes to a server and returns what comes back until it ends the connection.
 *
 * @param breakOff ends the connection at once, with a reset, without waiting for an answer
 */
export async function sendBytes(url: string, bytes: string, breakOff = false): Promise<string> {
  const { port } = new URL(url);
  const socket = connect(Number(port), '127.0.0.1');
  let answer = '';
  socket.on('data', (data) => {
    answer += data.toString('latin1');
  });
  socket.on('error', () => {});
  await once(socket, 'connect');
  await new Promise<void>((sent) => socket.write(bytes, 'latin1', () => sent()));
  if (breakOff) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    socket.resetAndDestroy();
  } else socket.end();
  await once(socket, 'close');
  return answer;
}

/** Requests that no client sends, each of which is answered or refused by the server that lives on. */
export const ODD_REQUESTS: readonly string[] = [
  'GET *[ HTTP/1.1\r\nHost: localhost\r\n\r\n',
  'GET [ HTTP/1.1\r\nHost: localhost\r\n\r\n',
  'GET //[ HTTP/1.1\r\nHost: localhost\r\n\r\n',
  'GET http://[ HTTP/1.1\r\nHost: localhost\r\n\r\n',
  'GET http://%zz/ HTTP/1.1\r\nHost: localhost\r\n\r\n',
  'GET /\\ HTTP/1.1\r\nHost: localhost\r\n\r\n',
  'GET /%zz?%zz=%zz HTTP/1.1\r\nHost: localhost\r\n\r\n',
  'GET /callback/%zz HTTP/1.1\r\nHost: localhost\r\n\r\n',
  'GET /assets/%zz HTTP/1.1\r\nHost: localhost\r\n\r\n',
  'GET /assets/%00 HTTP/1.1\r\nHost: localhost\r\n\r\n',
  'OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n',
  'CONNECT localhost:1 HTTP/1.1\r\nHost: localhost\r\n\r\n',
  'TRACE / HTTP/1.1\r\nHost: localhost\r\n\r\n',
  'GET / HTTP/1.1\r\nHost: localhost\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n',
  'GET / HTTP/1.1\r\nHost: [\r\n\r\n',
  'GET / HTTP/1.1\r\n\r\n',
  'GET / HTTP/1.0\r\n\r\n',
  'POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
  'POST / HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n{}',
  'GET / HTTP/1.1\r\nHost: localhost\r\nCookie: \x80=\xff%\r\n\r\n',
  '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
  '\x00\x00\x00\r\n\r\n',
];

/** A request whose body is cut off. */
export function halfARequest(path: string, headers = ''): string {
  return `POST ${path} HTTP/1.1\r\nHost: localhost\r\n${headers}Content-Length: 100\r\n\r\n{"half":`;
}
