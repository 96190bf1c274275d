import { connect } from 'node:tls';
import { ACMClient, DescribeCertificateCommand } from '@aws-sdk/client-acm';
import { awsClient } from '../shared/aws';
import { errorText } from '../shared/deployed-stack';
import { type Answer, type Contact, fail, look, noTaskYet, pass, type Row } from './row';
import { HEALTH_CHECK_PATH, Output } from '../../lib/contract';

const PATIENCE = 10_000;

async function arrive(contact: Contact): Promise<Answer> {
  const url = `${contact.stack.outputs[Output.applicationUrl] ?? ''}${HEALTH_CHECK_PATH}`;
  try {
    const { status } = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(PATIENCE) });
    if (status === 200) return pass(`${url} answers 200. A browser shows the rest.`);
    return (await noTaskYet(contact)) ?? fail(`${url} answers ${status}.`);
  } catch (error) {
    const { allowedRanges } = contact.config.loadBalancer;
    const why = errorText((error as Error).cause ?? error);
    if (allowedRanges.includes('0.0.0.0/0')) return fail(`${url} cannot be reached: ${why}`);
    return look(
      `${url} cannot be reached from here (${why}). It admits ${allowedRanges.join(', ')}: try it from there.`,
    );
  }
}

async function certificate(contact: Contact): Promise<Answer> {
  const [CertificateArn] = contact.stack.ids('AWS::CertificateManager::Certificate');
  const client = awsClient(ACMClient, contact.stack);
  const { Certificate: it } = await client.send(new DescribeCertificateCommand({ CertificateArn }));
  const renewal = it?.RenewalSummary;
  if (it?.Status !== 'ISSUED') return fail(`It is ${it?.Status ?? 'not there'}.`);
  if (renewal?.RenewalStatus === 'FAILED' || renewal?.RenewalStatus === 'PENDING_VALIDATION')
    return fail(
      `Its renewal is ${renewal.RenewalStatus} (${renewal.RenewalStatusReason ?? 'no reason given'}): ` +
        'the CNAME record by which it was proved has to stay in the zone.',
    );
  if (it.RenewalEligibility !== 'ELIGIBLE') return fail('ACM does not renew it: nothing of AWS uses it.');
  return pass(`It ends on ${it.NotAfter?.toISOString().slice(0, 10) ?? ''}, and ACM renews it before.`);
}

async function oldTls(contact: Contact): Promise<Answer> {
  const { hostname, port } = new URL(contact.stack.outputs[Output.applicationUrl] ?? '');
  const spoken = await speaksOldTls(hostname, Number(port || 443));
  return spoken ? fail(`${hostname} still speaks ${spoken}.`) : pass(`${hostname} refuses them.`);
}

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

const hasDomain = ({ stack }: Contact) => stack.ids('AWS::CertificateManager::Certificate').length > 0;

/** How users come in. */
export const ENTRANCE: readonly Row[] = [
  {
    sees: 'Users arrive, over HTTPS where there is a domain',
    told: 'a request for `/api/health` from where the command runs; a browser',
    ask: arrive,
  },
  {
    sees: 'The certificate is issued and renews itself',
    told: 'status, eligibility and renewal of ACM',
    applies: hasDomain,
    ask: certificate,
  },
  {
    sees: 'Nobody is spoken to in TLS 1.0 or 1.1',
    told: 'handshake that offers no more',
    applies: hasDomain,
    ask: oldTls,
  },
];
