import { createReadStream, realpathSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { extname, join, sep } from 'node:path';
import { CONTENT_SECURITY_POLICY } from './parts/layout.tsx';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.csv': 'text/csv; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.atom': 'application/atom+xml; charset=utf-8',
  '.bib': 'text/plain; charset=utf-8',
  '.ris': 'application/x-research-info-systems; charset=utf-8',
  '.png': 'image/png',
  '.pdf': 'application/pdf',
  '.zip': 'application/zip',
  '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  '.sqlite': 'application/vnd.sqlite3',
  '': 'text/plain; charset=utf-8',
};

export interface Served {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves a folder of files on this machine only, with the headers a public server should send too. Only requests to its own names are answered:
 * else any page could point a name of its own at 127.0.0.1, and read an unpublished draft in the browser of whoever looks at one.
 * @param port 0 for any that is free
 * @throws the system’s error (`EADDRINUSE`) if the port is taken
 */
export function serveFolder(folder: string, port: number): Promise<Served> {
  const root = realpathSync(folder);
  const server = createServer((request, response) => answer(root, request, response));
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      const own = typeof address === 'object' && address !== null ? address.port : port;
      resolve({
        url: `http://127.0.0.1:${own}/`,
        close: () =>
          new Promise((done) => {
            server.close(() => done());
            server.closeAllConnections();
          }),
      });
    });
  });
}

const OWN_NAMES = ['127.0.0.1', 'localhost', '[::1]'];

/** Whether a request is to this machine by name and port; without a port it is to 80. */
function isToUs({ headers, socket }: IncomingMessage): boolean {
  const host = headers.host?.toLowerCase() ?? '';
  const port = socket.localPort;
  return OWN_NAMES.some((name) => host === `${name}:${port}` || (port === 80 && host === name));
}

function answer(root: string, request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Referrer-Policy', 'no-referrer');
  // Pages of other sites may not draw anything of it into themselves either.
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
  if (!isToUs(request)) {
    say(response, 421, 'This is no name of this server. Open it as localhost or 127.0.0.1, with the port.');
    return;
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD');
    say(response, 405, 'Only GET and HEAD are answered here.');
    return;
  }
  const file = fileFor(root, request.url ?? '/');
  if (!file) {
    say(response, 404, 'There is no such page.');
    return;
  }
  const frames = file.path.endsWith(`${sep}embed.html`) ? '*' : "'none'";
  response.setHeader('Content-Security-Policy', `${CONTENT_SECURITY_POLICY}; frame-ancestors ${frames}`);
  response.setHeader('Content-Type', TYPES[extname(file.path)] ?? 'application/octet-stream');
  response.setHeader('Content-Length', file.size);
  response.setHeader('Cache-Control', 'no-cache');
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  createReadStream(file.path)
    .on('error', () => response.destroy())
    .pipe(response);
}

function say(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Security-Policy': "default-src 'none'",
  });
  response.end(`${text}\n`);
}

/** The file an address stands for, if it is a plain file within the folder, links followed. */
function fileFor(root: string, address: string): { path: string; size: number } | undefined {
  const url = URL.parse(address, 'http://localhost');
  if (!url) return undefined;
  try {
    const name = decodeURIComponent(url.pathname);
    const path = realpathSync(join(root, name.endsWith('/') ? `${name}index.html` : name));
    const found = statSync(path);
    return path.startsWith(root + sep) && found.isFile() ? { path, size: found.size } : undefined;
  } catch {
    return undefined; // not there, or no file name at all
  }
}
