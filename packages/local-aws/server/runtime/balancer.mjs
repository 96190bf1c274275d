// Proxy for the listeners of all load balancers, and for the ways to databases. Each line of standard input replaces the
// list of both.

import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { lookAt, report } from './only-here.mjs';
import { ClosedEarly, TargetConnections } from './target-connections.mjs';

const require = createRequire(import.meta.url);
const { createProxyServer } = await import(pathToFileURL(require.resolve('httpxy')));

const CONNECTION_TIMEOUT = 10_000;
const servers = new Map();
const proxy = makeProxy({ xfwd: true });
// CloudFront passes on the client's address, and not its protocol: the load balancer says `http`.
const cloudFront = makeProxy({ xfwd: false });
cloudFront.on('proxyReq', (request, { socket }) => request.setHeader('x-forwarded-for', socket.remoteAddress));

function makeProxy(options) {
  const made = createProxyServer(options);
  made.on('error', (error, request, response) => {
    if (error instanceof ClosedEarly) report('closed-early', request);
    if (!response || !('writeHead' in response) || response.headersSent) return response?.destroy();
    // CloudFront names itself where the answer is its own.
    if (made === cloudFront) response.setHeader('server', 'CloudFront');
    refuse(response, 502, 'Bad Gateway', error instanceof ClosedEarly ? error.message : '');
  });
  // Connections to clients and to targets are kept apart, and a target's headers on its own connection end here.
  made.on('proxyRes', (answer, request) => {
    delete answer.headers.connection;
    delete answer.headers['keep-alive'];
    if (made === proxy) lookAt(answer, request, answer.socket.remotePort);
  });
  return made;
}

createInterface({ input: process.stdin })
  .on('line', (line) => update(JSON.parse(line)))
  .on('close', () => process.exit());

function update(listeners) {
  const wanted = new Map(listeners.map((listener) => [listener.port, listener]));
  for (const [port, server] of servers) {
    if (wanted.has(port)) continue;
    server.close();
    server.closeAllConnections?.();
    servers.delete(port);
  }
  for (const [port, listener] of wanted) {
    const server = servers.get(port) ?? (listener.to ? forward(listener) : open(listener));
    if (server.listener?.tls && server.listener.tls.cert !== listener.tls?.cert) {
      server.setSecureContext(certificate(listener.tls));
    }
    server.listener = listener;
    if (listener.to) continue;
    server.keepAliveTimeout = listener.idleTimeout;
    server.targetConnections.idleTimeout = listener.idleTimeout;
  }
}

function certificate({ cert, key }) {
  return { cert: readFileSync(cert), key: readFileSync(key) };
}

function open({ port, tls }) {
  const server = tls ? https.createServer(certificate(tls)) : http.createServer();
  server.targetConnections = new TargetConnections();
  let turn = 0;
  const next = () => {
    const { targets = [] } = server.listener.actions.find(({ type }) => type === 'forward') ?? {};
    if (targets.length === 0) return undefined;
    const target = targets[turn++ % targets.length];
    return target && `http://${target}`;
  };
  server.on('request', (request, response) => answer(request, response, server, next));
  server.on('upgrade', (request, socket, head) => {
    const target = next();
    if (!target) return socket.destroy();
    const { isCloudFront } = server.listener;
    (isCloudFront ? cloudFront : proxy).ws(request, socket, { target }, head).catch(() => socket.destroy());
  });
  server.on('error', (error) => console.error(`port ${port}: ${error.message}`));
  server.listen(port, '127.0.0.1');
  servers.set(port, server);
  return server;
}

/** Listens for connections to a database, which wait without an answer while no packet passes. */
function forward({ port }) {
  const server = net.createServer((client) => {
    client.on('error', () => client.destroy());
    if (!server.listener.isOpen) return client.resume();
    const database = net.connect(server.listener.to, 'localhost');
    database.on('error', () => client.resetAndDestroy());
    client.on('close', () => database.destroy());
    client.pipe(database).pipe(client);
  });
  server.on('error', (error) => console.error(`port ${port}: ${error.message}`));
  server.listen(port, '127.0.0.1');
  servers.set(port, server);
  return server;
}

function answer(request, response, { listener, targetConnections: agent }, next) {
  const action = listener.actions.at(-1) ?? {};
  if (action.type === 'redirect') return redirect(request, response, listener, action);
  if (action.type === 'fixed-response') {
    response.writeHead(Number(action.StatusCode), { 'content-type': action.ContentType ?? 'text/plain' });
    return response.end(action.MessageBody);
  }
  const target = next();
  if (target === undefined) return refuse(response, 503, 'Service Temporarily Unavailable');
  // No packet passes to the target: the load balancer waits for ten seconds, as on AWS.
  if (target === null) return setTimeout(refuse, CONNECTION_TIMEOUT, response, 504, 'Gateway Time-out');
  const by = listener.isCloudFront ? cloudFront : proxy;
  by.web(request, response, { target, agent, headers: { connection: 'keep-alive' } }).catch(() => undefined);
}

function redirect(request, response, { port, tls }, action) {
  const { pathname, search, hostname } = new URL(request.url, `http://${request.headers.host}`);
  const values = {
    protocol: tls ? 'https' : 'http',
    host: hostname,
    port: String(port),
    path: pathname.slice(1),
    query: search.slice(1),
  };
  const fill = (text, otherwise) => (text ?? otherwise).replace(/#\{(\w+)\}/g, (_, name) => values[name]);
  const query = fill(action.Query, '#{query}');
  const address =
    `${fill(action.Protocol, '#{protocol}').toLowerCase()}://${fill(action.Host, '#{host}')}:${fill(action.Port, '#{port}')}` +
    `${fill(action.Path, '/#{path}')}${query ? `?${query}` : ''}`;
  response.writeHead(action.StatusCode === 'HTTP_301' ? 301 : 302, { location: address });
  response.end();
}

function refuse(response, code, text, reason = '') {
  response.writeHead(code, { 'content-type': 'text/html' });
  const body = `<h1>${code} ${text}</h1>${reason && `<p>${reason}</p>`}`;
  response.end(`<html><head><title>${code} ${text}</title></head><body>${body}</body></html>\n`);
}
