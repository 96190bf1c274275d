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
  /** Idle connections, each with its target's port and when the load balancer closes it. */
  #idle = new Map();

  constructor() {
    super({ keepAlive: true, maxFreeSockets: Infinity });
  }

  keepSocketAlive(socket) {
    socket.setTimeout(this.idleTimeout);
    socket.unref();
    this.#idle.set(socket, { port: socket.remotePort, until: Date.now() + this.idleTimeout });
    return true;
  }

  reuseSocket(socket, request) {
    super.reuseSocket(socket, request);
    socket.setTimeout(0);
    this.#idle.delete(socket);
  }

  createConnection(options, callback) {
    if (!this.#losesRequest(Number(options.port))) return super.createConnection(options, callback);
    callback(new ClosedEarly(this.idleTimeout));
    return undefined;
  }

  /** True once for each idle connection that the target at a port closed. */
  #losesRequest(port) {
    const now = Date.now();
    for (const [socket, idle] of this.#idle) {
      // The load balancer closes it by itself.
      if (idle.until <= now) this.#idle.delete(socket);
      else if (socket.destroyed && idle.port === port) {
        this.#idle.delete(socket);
        return true;
      }
    }
    return false;
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
