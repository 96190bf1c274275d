import { join } from 'node:path';
import type { Readable } from 'node:stream';
import * as environments from '../../lib/config';
import { type ResourceNames, resourceNames } from '../../lib/config/names';
import { awsVariables, type LocalAws } from '@infra/local-aws';
import type { EnvironmentName } from '../shared/environment-argument';
import { wrap } from '@infra/common/wrap';
import { follow, restartWebTask } from './web-task';
import { HEALTH_CHECK_PATH } from '../../lib/contract';

const WIDTH = 80;

/** What is running at the end, and who it is shown to. */
export interface Ending {
  readonly aws: LocalAws;
  readonly environment: EnvironmentName;
  readonly show: (line: string) => void;
}

/** Where to look at the application, as a browser must to have the origin that the bucket and the application know. */
export function whereToOpen({ aws, environment }: Pick<Ending, 'aws' | 'environment'>): string[] {
  if (aws.databasesMissing) return [...wrap(`It does not run. ${aws.databasesMissing}`, WIDTH)];
  const { loadBalancer } = resourceNames(environment);
  const listeners = aws.listeners().filter((each) => each.loadBalancer === loadBalancer);
  const listener = listeners.find(({ url }) => url.startsWith('https:')) ?? listeners[0];
  if (!listener) return [];
  const { domain } = environments[environment].loadBalancer;
  if (!domain) return ['It runs. Open:', '', `  ${listener.url}`];
  const { domainName } = domain;
  const { host, port } = new URL(listener.url);
  return [
    ...wrap(
      `It runs at ${host}, for its domain alone: the bucket takes uploads from no other origin. Tell a browser, in a ` +
        'profile of its own, that the domain is on this machine:',
      WIDTH,
    ),
    '',
    `  chromium --user-data-dir='${join(aws.directory, 'browser')}' --ignore-certificate-errors \\`,
    `    --host-resolver-rules='MAP ${domainName}:443 127.0.0.1:${port}' https://${domainName}`,
    '',
    `  curl --cacert '${join(aws.directory, 'authority.pem')}' \\`,
    `    --connect-to ${domainName}:443:127.0.0.1:${port} https://${domainName}${HEALTH_CHECK_PATH}`,
  ];
}

/** What to try there, unless the application is the reader's own. */
const TRY = [
  '',
  ...wrap(
    'Try: choose a CSV file there, with lines such as a@example.com,Ann. The page uploads it to the bucket, and a job ' +
      'imports its users.',
    WIDTH,
  ),
];

const READ = [
  '',
  ...wrap(
    'Read: README.md, "Daily use", whose commands work here, too; docs/runbook.md; and packages/local-aws/README.md, which ' +
      'says what differs from AWS.',
    WIDTH,
  ),
];

/** What is said at the end of an environment that is stopped again. */
export function stopped({ environment, show }: Omit<Ending, 'aws'>): void {
  show(`\nIt is stopped again. To leave it running, and open it:\n\n  npm run deploy:local -- ${environment} --keep`);
  show(READ.join('\n'));
}

/** Lets it run after the end of this program. */
export function leaveRunning(ending: Ending): void {
  const { aws, show } = ending;
  aws.keep();
  show('\nTo use the AWS CLI or an SDK with it:\n\n  unset AWS_PROFILE AWS_SESSION_TOKEN');
  for (const [name, value] of Object.entries(awsVariables(aws.endpoint, aws.directory, aws.region))) {
    show(`  export ${name}='${value}'`);
  }
  show(`\nTo stop everything:\n\n  kill ${aws.pid}\n`);
  show([...whereToOpen(ending), ...TRY, ...READ].join('\n'));
}

type Keys = Readable & { setRawMode?: (raw: boolean) => unknown };

/** Shows what the reader's own application logs, until a key ends it. */
export async function stayWith(ending: Ending, keys: Keys): Promise<void> {
  const { show } = ending;
  show(['', ...whereToOpen(ending), ...READ].join('\n'));
  show('\nr restarts the web application, q or Ctrl-C ends everything. Its log:\n');
  await followUntilEnded(resourceNames(ending.environment), keys, show);
}

/** Shows the log; of the keys, r restarts the web application, q and Ctrl-C end it. */
export async function followUntilEnded(names: ResourceNames, keys: Keys, show: Ending['show']): Promise<void> {
  const ended = new AbortController();
  const press = (key: string) => {
    if (key === 'r')
      restartWebTask(names).catch((error: unknown) => {
        show(String(error));
      });
    if (key === 'q' || key === '\u0003') ended.abort();
  };
  // In a terminal a key counts at once; otherwise it is what somebody writes there.
  keys.setRawMode?.(true);
  keys.on('data', (pressed: Buffer | string) => {
    for (const key of pressed.toString()) press(key);
  });
  await follow(names, show, ended.signal);
  keys.setRawMode?.(false);
  keys.pause();
}
