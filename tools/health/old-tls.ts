import { connect } from 'node:tls';

const PATIENCE = 10_000;

/** The version that a server agrees to where nothing newer than TLS 1.1 is offered; nothing where it refuses. */
export async function speaksOldTls(host: string, port: number): Promise<string | undefined> {
  return await new Promise((resolve, reject) => {
    // What is asked is the version alone; OpenSSL itself refuses it on the usual level.
    const socket = connect({
      ...{ host, port, servername: host, rejectUnauthorized: false, timeout: PATIENCE },
      ...{ minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' },
    });
    socket.on('secureConnect', () => {
      resolve(socket.getProtocol() ?? 'it');
      socket.destroy();
    });
    socket.on('timeout', () => socket.destroy(new Error(`${host} does not answer`)));
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (/^(ERR_SSL|EPROTO|ECONNRESET)/.test(error.code ?? '')) resolve(undefined);
      else reject(error);
    });
  });
}
