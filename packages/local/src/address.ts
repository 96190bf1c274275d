import { join } from 'node:path';
import type { LocalAws } from '@infra/local-aws';
import { HEALTH_CHECK_PATH, resourceNames } from '@infra/commands/app';
import type { EnvironmentName } from '@infra/commands/environment-argument';
import { words } from './words';
import { wrapToTerminal } from './wrap-to-terminal';
import { configOf } from '@infra/commands/environment-config';

/**
 * Lines that say how to open the application: its URL on this machine or, if a domain is configured, commands that open
 * the domain. The bucket accepts uploads from the domain's origin alone: under another URL, the import would not work.
 */
export function addressLines(aws: LocalAws, environmentName: EnvironmentName): string[] {
  const url = loadBalancerUrl(aws, environmentName);
  if (url === undefined) return [];
  const { domain } = configOf(environmentName).loadBalancer;
  if (!domain) return [`  ${url}`];
  return domainLines(aws.directory, domain.domainName, new URL(url).port);
}

/** URL of the load balancer on this machine; that of its HTTPS listener if it has one. `undefined`: it has no listener. */
function loadBalancerUrl(aws: LocalAws, environmentName: EnvironmentName): string | undefined {
  const { loadBalancer } = resourceNames(environmentName);
  const listeners = aws.listeners().filter((listener) => listener.loadBalancer === loadBalancer);
  const urls = listeners.map(({ url }) => url);
  const [firstUrl] = urls;
  return urls.find((url) => url.startsWith('https:')) ?? firstUrl;
}

/**
 * Commands that open a domain, which DNS resolves to another machine, on this one.
 *
 * @param directory - Folder of the local AWS: it has the certificate authority.
 * @param port - Port of the load balancer on this machine.
 */
function domainLines(directory: string, domainName: string, port: string): string[] {
  const browserProfile = join(directory, 'browser');
  const authorityFile = join(directory, 'authority.pem');
  return [
    `  chromium --user-data-dir='${browserProfile}' --ignore-certificate-errors \\`,
    `    --host-resolver-rules='MAP ${domainName}:443 127.0.0.1:${port}' https://${domainName}`,
    '',
    `  curl --cacert '${authorityFile}' \\`,
    `    --connect-to ${domainName}:443:127.0.0.1:${port} https://${domainName}${HEALTH_CHECK_PATH}`,
    '',
    ...wrapToTerminal(words.usage.domain),
  ];
}
