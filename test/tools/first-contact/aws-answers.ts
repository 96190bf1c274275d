import { ECSClient } from '@aws-sdk/client-ecs';
import type { EnvironmentConfig } from '../../../lib/config/environment';
import * as environments from '../../../lib/config';
import { resourceNames } from '../../../lib/config/names';
import type { Answer, Contact } from '../../../tools/first-contact/row';
import { ROWS } from '../../../tools/first-contact/rows';

/** What AWS answers to a command, by its name without `Command`. */
export type Answers = Readonly<Record<string, unknown>>;

export const NOW = new Date('2026-11-26T03:00:00Z');
/** A moment so many hours ago. */
export const ago = (hours: number) => new Date(NOW.getTime() - hours * 3_600_000);

/** The class on which every client of the SDK is built. */
const Client = Object.getPrototypeOf(ECSClient.prototype) as { send: (command: object) => Promise<unknown> };

const IDS: Readonly<Record<string, readonly string[]>> = {
  'AWS::ECS::Service': [
    'arn:aws:ecs:ap-northeast-1:123456789012:service/prooflink-prod-cluster/prooflink-prod-service',
  ],
  'AWS::CloudWatch::Alarm': ['prooflink-prod-ecs-cpu-high', 'prooflink-prod-application-5xx'],
  'AWS::Events::Rule': ['imports', 'scans'],
  'AWS::RDS::DBInstance': ['prooflink-prod-db'],
  'AWS::IAM::Role': ['ProoflinkDev-Scheduler'],
  'AWS::Scheduler::Schedule': ['dev-stop-tasks', 'dev-stop-database', 'dev-start-database', 'dev-start-tasks'],
};

interface Standing {
  readonly environment?: 'dev' | 'prod';
  readonly config?: Partial<EnvironmentConfig>;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly description?: object;
  readonly service?: object;
}

/** An environment that stands for a week and runs two tasks of v1, unless said. */
export function contactOf({
  environment = 'prod',
  config,
  parameters,
  outputs,
  description,
  service,
}: Standing = {}): Contact {
  return {
    stack: {
      environment,
      region: 'ap-northeast-1',
      parameters: { AppImageTag: 'v1', BatchImageTag: 'v1', ...parameters },
      outputs: { ApplicationUrl: 'https://prooflink.example.com', ...outputs },
      description: { StackName: 'ProoflinkProd', CreationTime: ago(7 * 24), ...description },
      ids: (type: string) => IDS[type] ?? [`the ${type}`],
    } as unknown as Contact['stack'],
    config: Object.assign({}, environments[environment], config),
    names: resourceNames(environment),
    service: () => Promise.resolve({ desiredCount: 2, runningCount: 2, $metadata: {}, ...service } as never),
    now: NOW,
  };
}

/** Does something while AWS answers so. What is asked beside that is refused. */
export async function whileAwsAnswers<T>(answers: Answers, work: () => Promise<T>): Promise<T> {
  const spy = jest.spyOn(Client, 'send').mockImplementation(async (command) => {
    const name = command.constructor.name.replace(/Command$/, '');
    if (!(name in answers)) throw new Error(`AccessDenied: ${name}`);
    const answer = answers[name];
    const given: unknown =
      typeof answer === 'function'
        ? (answer as (input: unknown) => unknown)((command as { input: unknown }).input)
        : answer;
    if (given instanceof Error) throw given;
    return await Promise.resolve(given);
  });
  try {
    return await work();
  } finally {
    spy.mockRestore();
  }
}

/** Asks a row where AWS answers so. */
export function askRow(sees: RegExp, answers: Answers, contact = contactOf()): Promise<Answer> {
  const row = ROWS.find((each) => sees.test(each.sees));
  if (!row) throw new Error(`There is no row ${sees.source}`);
  return whileAwsAnswers(answers, () => row.ask(contact));
}

type Case = readonly [
  says: string,
  answers: Answers,
  result: Answer['result'],
  what: RegExp,
  contact?: ReturnType<typeof contactOf>,
];

/** Each row in all the ways in which it ends: those that fail are made to. */
export function rows(title: string, sees: RegExp, cases: readonly Case[]): void {
  describe(title, () => {
    it.each(cases.map((one) => ({ says: one[0], one })))(
      '$says',
      async ({ one: [, answers, result, what, contact] }) => {
        expect(await askRow(sees, answers, contact)).toEqual({ result, says: expect.stringMatching(what) as string });
      },
    );
  });
}

/** Before the first release, and outside office hours. */
export const untagged = contactOf({ parameters: { AppImageTag: '', BatchImageTag: '' } });
export const asleep = contactOf({ environment: 'dev', service: { desiredCount: 0, runningCount: 0 } });
