// Connections of a load balancer to its targets, as unkind as those of AWS.

import { Agent } from 'node:http';

/**
 * Keeps idle connections for the load balancer's idle timeout, whatever shorter time a target announces. AWS learns
 * milliseconds late that a target closed one, and loses the requests that it sends meanwhile. On loopback nearly none would
 * be lost: here the next request to the target is, for each connection that the target closed.
 */
export class TargetConnections extends Agent {
  /** In milliseconds. */
  idleTimeout = 60_000;
  /** For each idle connection, when the load balancer closes it. */
  #idleUntil = new WeakMap();
  /** Idle connections that their targets closed, until the load balancer would have closed them. */
  #closedEarly = [];

  constructor() {
    super({ keepAlive: true, maxFreeSockets: Infinity });
  }

  keepSocketAlive(socket) {
    socket.setTimeout(this.idleTimeout);
    socket.unref();
    this.#idleUntil.set(socket, Date.now() + this.idleTimeout);
    return true;
  }

  reuseSocket(socket, request) {
    super.reuseSocket(socket, request);
    socket.setTimeout(0);
    this.#idleUntil.delete(socket);
  }

  createConnection(options, callback) {
    const { port } = options;
    if (this.#losesRequest(port)) {
      callback(new ClosedEarly(this.idleTimeout));
      return undefined;
    }
    const socket = super.createConnection(options, callback);
    socket.once('close', () => {
      const until = this.#idleUntil.get(socket);
      if (until !== undefined) this.#closedEarly.push({ port, until });
    });
    return socket;
  }

  /** True once for each idle connection that the target at a port closed. */
  #losesRequest(port) {
    const now = Date.now();
    this.#closedEarly = this.#closedEarly.filter(({ until }) => until > now);
    const index = this.#closedEarly.findIndex((closed) => closed.port === port);
    if (index !== -1) this.#closedEarly.splice(index, 1);
    return index !== -1;
  }
}

/** The target closed an idle connection before the load balancer did. */
export class ClosedEarly extends Error {
  code = 'ECONNRESET';

  constructor(idleTimeout) {
    super(
      `The program closed an idle connection before the ${idleTimeout / 1000} seconds of the load balancer's idle timeout. ` +
        'AWS loses some requests in this way: let the program keep idle connections longer, in Node by server.keepAliveTimeout.',
    );
  }
}
