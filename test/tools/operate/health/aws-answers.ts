import type { EnvironmentConfig } from '../../../../lib/config/environment';
import * as environments from '../../../support/configs';
import { Part, type PartName } from '../../../../lib/contract';
import type { DeployedStack } from '../../../../tools/deployed/deployed-stack';
import { type Environment, environmentOf } from '../../../../tools/deployed/environment';
import type { Answer } from '../../../../tools/operate/health/answer';
import { QUESTIONS } from '../../../../tools/operate/health/questions/all';
import { type Answers, whileAwsAnswers } from '../../support/answer-commands';
import { besideOthers } from '../../support/containers';
import { stackWith } from '../../support/parts';

const NOW = new Date('2026-11-26T03:00:00Z');
/** A moment so many hours ago. */
export const ago = (hours: number) => new Date(NOW.getTime() - hours * 3_600_000);

/** Physical ids that tests name; other parts are called `the <part>`. */
const IDS: Readonly<Partial<Record<PartName, string>>> = {
  webService: 'arn:aws:ecs:ap-northeast-1:123456789012:service/prooflink-prod-cluster/prooflink-prod-service',
  webCpuAlarm: 'prooflink-prod-ecs-cpu-high',
  database: 'prooflink-prod-db',
  stopTasks: 'dev-stop-tasks',
  stopDatabase: 'dev-stop-database',
  startDatabase: 'dev-start-database',
  startTasks: 'dev-start-tasks',
};

const PART_NAMES = Object.keys(Part) as PartName[];

/** A stack with every part, and the properties of its office hours. */
const WHOLE_STACK = stackWith(Object.fromEntries(PART_NAMES.map((name) => [name, IDS[name] ?? `the ${name}`])));
for (const name of ['startTasks', 'stopTasks', 'startDatabase', 'stopDatabase']) {
  const { ScheduleExpression, ScheduleExpressionTimezone } = schedule({
    Name: WHOLE_STACK.physicalIds.get(name) ?? '',
  });
  const properties = { ScheduleExpression, ScheduleExpressionTimezone };
  Object.assign(WHOLE_STACK.template.Resources[name] ?? {}, { Properties: properties });
}

interface Standing {
  readonly environment?: 'dev' | 'prod';
  readonly config?: Partial<EnvironmentConfig>;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly description?: object;
  readonly service?: object;
  /** Resources of the stack: every part, unless given. */
  readonly resources?: Pick<DeployedStack, 'template' | 'physicalIds'>;
}

/** An environment deployed a week ago that runs two tasks of v1, unless said. */
export const standing =
  ({
    environment = 'prod',
    config,
    parameters,
    outputs,
    description,
    service,
    resources = WHOLE_STACK,
  }: Standing = {}) =>
  (): { it: Environment; service: object } => {
    const stack = {
      environmentName: environment,
      region: 'ap-northeast-1',
      parameters: { AppImageTag: 'v1', BatchImageTag: 'v1', ...parameters },
      outputs: { ApplicationUrl: 'https://prooflink.example.com', ...outputs },
      details: { StackName: 'ProoflinkProd', CreationTime: ago(7 * 24), ...description },
      ...resources,
      client: (Class: new (config: object) => unknown) => new Class({ region: 'ap-northeast-1' }),
    } as unknown as DeployedStack;
    const deployments = [{ status: 'PRIMARY', rolloutState: 'COMPLETED' }];
    const own = Object.assign({}, environments[environment], config);
    return {
      it: environmentOf(stack, NOW, own),
      service: { desiredCount: 2, runningCount: 2, deployments, ...service },
    };
  };

/** NOW is noon in Tokyo: the evening came fourteen hours ago, the morning three. */
function schedule({ Name }: { readonly Name: string }) {
  const expressions: Readonly<Record<string, string>> = {
    'dev-stop-tasks': 'cron(0 22 * * ? *)',
    'dev-stop-database': 'cron(5 22 * * ? *)',
    'dev-start-database': 'cron(0 9 * * ? *)',
    'dev-start-tasks': 'cron(15 9 * * ? *)',
  };
  return {
    Name,
    State: 'ENABLED',
    ScheduleExpressionTimezone: 'Asia/Tokyo',
    ScheduleExpression: expressions[Name],
    Target: { Input: JSON.stringify({ DesiredCount: Name === 'dev-start-tasks' ? 1 : 0 }) },
  };
}

/** Further calls that every question may make. */
const image = '123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/prooflink-prod-app:v1';
const DEFAULTS: Answers = {
  DescribeTaskDefinition: {
    taskDefinition: { taskDefinitionArn: 'x/task:1', containerDefinitions: besideOthers({ image }) },
  },
  DescribeJobDefinitions: { jobDefinitions: [{ jobDefinitionArn: 'x/import:1', containerProperties: { image } }] },
  DescribeComputeEnvironments: { computeEnvironments: [{}] },
  DescribeTargetHealth: { TargetHealthDescriptions: [] },
  DescribeTargetGroups: { TargetGroups: [{}] },
  ListTasks: { taskArns: ['a'] },
  DescribeTasks: { tasks: [{ containers: besideOthers({ image }) }] },
  GetSchedule: schedule,
  SimulatePrincipalPolicy: { EvaluationResults: [] },
};

/** Asks a question where AWS answers so. */
export async function askQuestion(id: string, answers: Answers, given = standing()): Promise<Answer | undefined> {
  const { it, service } = given();
  const question = QUESTIONS.find((each) => each.id === id);
  if (!question) throw new Error(`There is no question ${id}`);
  return await whileAwsAnswers({ DescribeServices: { services: [service] }, ...DEFAULTS, ...answers }, () =>
    Promise.resolve(question.ask(it)),
  );
}

type Case = readonly [
  title: string,
  answers: Answers,
  result: Answer['result'],
  says: RegExp,
  given?: ReturnType<typeof standing>,
];

/** A question in all the ways in which it ends: those that fail are made to. Its fix is a part of what it says. */
export function answers(id: string, cases: readonly Case[]): void {
  it.each(cases.map((one) => ({ title: one[0], one })))(
    `${id}: $title`,
    async ({ one: [, given, result, says, where] }) => {
      const answer = (await askQuestion(id, given, where)) ?? { result: 'well', says: '', fix: '' };
      expect({ result: answer.result, says: `${answer.says} ${answer.fix ?? ''}`.trim() }).toEqual({
        result,
        says: expect.stringMatching(says) as string,
      });
    },
  );
}

/** Before the first release, and outside office hours. */
export const untagged = standing({ parameters: { AppImageTag: '', BatchImageTag: '' } });
export const resting = standing({ environment: 'dev', service: { desiredCount: 0, runningCount: 0 } });
