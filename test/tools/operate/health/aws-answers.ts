import type { EnvironmentConfig } from '../../../../lib/config/environment';
import * as environments from '../../../../lib/config';
import type { DeployedStack } from '../../../../tools/deployed/deployed-stack';
import { type Environment, environmentOf } from '../../../../tools/deployed/environment';
import type { Answer } from '../../../../tools/operate/health/answer';
import { QUESTIONS } from '../../../../tools/operate/health/questions/all';
import { type Answers, whileAwsAnswers } from '../../support/answer-commands';

const NOW = new Date('2026-11-26T03:00:00Z');
/** A moment so many hours ago. */
export const ago = (hours: number) => new Date(NOW.getTime() - hours * 3_600_000);

const IDS: Readonly<Record<string, readonly string[]>> = {
  'AWS::ECS::Service': [
    'arn:aws:ecs:ap-northeast-1:123456789012:service/prooflink-prod-cluster/prooflink-prod-service',
  ],
  'AWS::CloudWatch::Alarm': ['prooflink-prod-ecs-cpu-high', 'prooflink-prod-application-5xx'],
  'AWS::RDS::DBInstance': ['prooflink-prod-db'],
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

/** An environment deployed a week ago that runs two tasks of v1, unless said. */
export const standing =
  ({ environment = 'prod', config, parameters, outputs, description, service }: Standing = {}) =>
  (): { it: Environment; service: object } => {
    const stack = {
      environmentName: environment,
      region: 'ap-northeast-1',
      parameters: { AppImageTag: 'v1', BatchImageTag: 'v1', ...parameters },
      outputs: { ApplicationUrl: 'https://prooflink.example.com', ...outputs },
      details: { StackName: 'ProoflinkProd', CreationTime: ago(7 * 24), ...description },
      physicalIdsOf: (type: string) => IDS[type] ?? [`the ${type}`],
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
const schedule = ({ Name }: { Name: string }) => ({
  Name,
  State: 'ENABLED',
  ScheduleExpressionTimezone: 'Asia/Tokyo',
  ScheduleExpression: {
    'dev-stop-tasks': 'cron(0 22 * * ? *)',
    'dev-stop-database': 'cron(5 22 * * ? *)',
    'dev-start-database': 'cron(0 9 * * ? *)',
    'dev-start-tasks': 'cron(15 9 * * ? *)',
  }[Name],
  Target: {
    Input: JSON.stringify(
      Name.endsWith('database') ? { DocumentName: 'x' } : { DesiredCount: Name.includes('start') ? 1 : 0 },
    ),
  },
});

/** Further calls that every question may make. */
const image = '123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/prooflink-prod-app:v1';
const DEFAULTS: Answers = {
  GetTemplate: { TemplateBody: '{"Resources":{}}' },
  ListStackResources: {},
  DescribeTaskDefinition: { taskDefinition: { taskDefinitionArn: 'x/task:1', containerDefinitions: [{ image }] } },
  DescribeJobDefinitions: { jobDefinitions: [{ jobDefinitionArn: 'x/import:1', containerProperties: { image } }] },
  DescribeComputeEnvironments: { computeEnvironments: [{}] },
  DescribeTargetHealth: { TargetHealthDescriptions: [] },
  DescribeTargetGroups: { TargetGroups: [{}] },
  ListTasks: { taskArns: ['a'] },
  DescribeTasks: { tasks: [{ containers: [{ image }] }] },
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
