import { join } from 'node:path';
import type { LocalAws } from '@infra/local-aws';
import * as environments from '../../lib/config';
import { resourceNames } from '../../lib/config/names';
import { HEALTH_CHECK_PATH } from '../../lib/contract';
import type { EnvironmentName } from '../program/environment-argument';
import { prose } from './prose';

/** Lines with the address of the application, under the origin that the bucket and the application know. */
export function addressLines(aws: LocalAws, environmentName: EnvironmentName): string[] {
  if (aws.databasesMissing) {
    return prose(`It does not run. ${aws.databasesMissing}`);
  }
  const url = loadBalancerUrl(aws, environmentName);
  if (url === undefined) return [];
  const { domain } = environments[environmentName].loadBalancer;
  if (!domain) return [`  ${url}`];
  return domainLines(aws.directory, domain.domainName, new URL(url).port);
}

/** URL of a listener on this machine; HTTPS if there is such a listener. */
function loadBalancerUrl(aws: LocalAws, environmentName: EnvironmentName): string | undefined {
  const { loadBalancer } = resourceNames(environmentName);
  const listeners = aws.listeners().filter((listener) => listener.loadBalancer === loadBalancer);
  const urls = listeners.map(({ url }) => url);
  return urls.find((url) => url.startsWith('https:')) ?? urls[0];
}

/** Commands that open a domain although it does not lead to this machine. */
function domainLines(directory: string, domainName: string, port: string): string[] {
  const profile = join(directory, 'browser');
  const authority = join(directory, 'authority.pem');
  return [
    `  chromium --user-data-dir='${profile}' --ignore-certificate-errors \\`,
    `    --host-resolver-rules='MAP ${domainName}:443 127.0.0.1:${port}' https://${domainName}`,
    '',
    `  curl --cacert '${authority}' \\`,
    `    --connect-to ${domainName}:443:127.0.0.1:${port} https://${domainName}${HEALTH_CHECK_PATH}`,
    '',
    ...prose(
      'It answers to its domain alone, since the bucket takes uploads from no other origin: a browser, in a profile of ' +
        'its own, is told that the domain is on this machine.',
    ),
  ];
}
