import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LocalAws } from '@infra/local-aws';
import { temporaryFolder } from '@infra/common/testing';
import { resourceNames } from '@infra/commands/app';
import type { LocalEnvironment } from '../src/local-environment';
import type { DeployLocalOptions } from '../src/options';
import { usageText } from '../src/usage';
import { whileAwsAnswers } from '@infra/operate/test/support/answer-commands';
import { besideOthers } from '@infra/operate/test/support/containers';

const directory = temporaryFolder('usage-');

/** The text on dev's use, for a web container with this DATABASE_URL. */
async function usageOf(options: DeployLocalOptions, databaseUrl = 'postgresql://db?sslmode=require'): Promise<string> {
  const listeners = () => [{ loadBalancer: 'prooflink-dev-alb', port: 80, url: 'http://localhost:1' }];
  const aws = { endpoint: 'http://127.0.0.1:2', region: 'ap-northeast-1', directory, listeners };
  const environment = {
    aws: aws as Partial<LocalAws> as LocalAws,
    environmentName: 'dev',
    names: resourceNames('dev'),
  } as Partial<LocalEnvironment> as LocalEnvironment;
  const secrets = [{ name: 'DATABASE_URL', valueFrom: 'arn:secret' }];
  const answers = {
    DescribeTaskDefinition: { taskDefinition: { containerDefinitions: besideOthers({ secrets }) } },
    GetSecretValue: { SecretString: databaseUrl },
  };
  return await whileAwsAnswers(answers, () => usageText(environment, options));
}

test.each([
  { title: 'the sample', options: {} },
  { title: 'an own application with --job', options: { app: directory, job: directory } },
])('import is among the commands that work for $title', async ({ options }) => {
  expect(await usageOf(options)).toContain('release, restart, import, start, stop');
});

test('import is not among the commands that work for an own application without --job: it would find no program', async () => {
  const text = await usageOf({ app: directory });
  expect(text).toContain('release, restart, start, stop');
  expect(text.replace(/\s+/g, ' ')).toContain('there is no import');
});

test('psql gets the authority of the local AWS where the connection verifies the server', async () => {
  const url = 'postgresql://db?sslmode=verify-full';
  expect(await usageOf({}, url)).toContain(`  PGSSLROOTCERT='${join(directory, 'authority.pem')}' psql '${url}'`);
});

test('psql needs no authority where the connection does not verify the server', async () => {
  const url = 'postgresql://db?sslmode=require';
  expect(await usageOf({}, url)).toContain(`\n  psql '${url}'\n`);
});

test('the shell asks the local AWS: a profile or a session token of the person would lead to AWS', async () => {
  await usageOf({});
  const lines = readFileSync(join(directory, 'shell'), 'utf8').split('\n');
  expect(lines[0]).toBe('unset AWS_PROFILE AWS_SESSION_TOKEN');
  expect(lines).toContain("export AWS_ENDPOINT_URL='http://127.0.0.1:2'");
});
