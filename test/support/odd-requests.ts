import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** Sends bytes to a server and returns what comes back until it ends the connection. */
export async function sendBytes(url: string, bytes: string): Promise<string> {
  const socket = await connectTo(url);
  let answer = '';
  socket.on('data', (data) => {
    answer += data.toString('latin1');
  });
  socket.end(bytes, 'latin1');
  await once(socket, 'close');
  return answer;
}

/** Sends a request whose body breaks off with a reset, once the server has said that it reads the body. */
export async function breakOff(url: string, path: string, headers = ''): Promise<void> {
  const socket = await connectTo(url);
  const expect = 'Expect: 100-continue\r\nContent-Length: 100\r\n';
  socket.write(`POST ${path} HTTP/1.1\r\nHost: localhost\r\n${headers}${expect}\r\n`);
  await once(socket, 'data');
  await new Promise<void>((sent) => socket.write('{"half":', () => sent()));
  socket.resetAndDestroy();
  await once(socket, 'close');
}

async function connectTo(url: string): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1').on('error', () => {});
  await once(socket, 'connect');
  return socket;
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
