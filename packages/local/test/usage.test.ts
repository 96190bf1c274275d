import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LocalAws } from '@infra/local-aws';
import { temporaryFolder } from '@infra/common/testing';
import type { LocalEnvironment } from '../src/local-environment';
import type { DeployLocalOptions } from '../src/options';
import { usageText } from '../src/usage';

const directory = temporaryFolder('usage-');

/** The text on dev's use. */
function usageOf(options: DeployLocalOptions): string {
  const listeners = () => [{ loadBalancer: 'prooflink-dev-alb', port: 80, url: 'http://localhost:1' }];
  const aws = { endpoint: 'http://127.0.0.1:2', region: 'ap-northeast-1', directory, listeners };
  const environment = {
    aws: aws as Partial<LocalAws> as LocalAws,
    environmentName: 'dev',
  } as Partial<LocalEnvironment> as LocalEnvironment;
  return usageText(environment, options);
}

test('import is not among the commands that work for an own application without --job: it would find no program', () => {
  const text = usageOf({ app: directory });
  expect(text).toContain('release, restart, start, stop');
  expect(text.replace(/\s+/g, ' ')).toContain('there is no import');
});

test('the shell asks the local AWS: a profile or a session token of the person would lead to AWS', () => {
  usageOf({});
  const lines = readFileSync(join(directory, 'shell'), 'utf8').split('\n');
  expect(lines[0]).toBe('unset AWS_PROFILE AWS_SESSION_TOKEN');
  expect(lines).toContain("export AWS_ENDPOINT_URL='http://127.0.0.1:2'");
});
