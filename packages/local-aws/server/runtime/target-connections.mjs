// Connections of a load balancer to its targets, as unkind as those of AWS.

import { Agent } from 'node:http';

/**
 * Keeps idle connections for the load balancer's idle timeout, whatever shorter time a target announces. AWS learns
 * milliseconds late that a target closed one, and loses the requests that it sends meanwhile. On loopback nearly none would
 * be lost: here each one is that would have gone over a closed connection.
 */
export class TargetConnections extends Agent {
  /** In milliseconds. */
  idleTimeout = 60_000;

  constructor() {
    // Half open: a connection that its target closed stays among the idle ones.
    super({ keepAlive: true, allowHalfOpen: true, maxFreeSockets: Infinity });
  }

  keepSocketAlive(socket) {
    socket.setTimeout(this.idleTimeout);
    socket.unref();
    return true;
  }

  reuseSocket(socket, request) {
    super.reuseSocket(socket, request);
    socket.setTimeout(0);
    request.once('socket', () => {
      if (socket.readableEnded) socket.destroy(new ClosedEarly(this.idleTimeout));
    });
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
