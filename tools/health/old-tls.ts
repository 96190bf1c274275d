import { once } from 'node:events';
import { connect } from 'node:tls';

const PATIENCE = 10_000;

/** The version that a server agrees to where nothing newer than TLS 1.1 is offered; nothing where it refuses. */
export async function speaksOldTls(host: string, port: number): Promise<string | undefined> {
  // Only the version matters; OpenSSL itself refuses it at its usual level.
  const socket = connect({
    ...{ host, port, servername: host, rejectUnauthorized: false, timeout: PATIENCE },
    ...{ minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' },
  });
  socket.on('timeout', () => socket.destroy(new Error(`${host} does not answer`)));
  try {
    await once(socket, 'secureConnect');
    return socket.getProtocol() ?? 'it';
  } catch (error) {
    if (/^(ERR_SSL|EPROTO|ECONNRESET)/.test(String((error as { readonly code?: unknown }).code))) return undefined;
    throw error;
  } finally {
    socket.destroy();
  }
}
