import { type EnvironmentConfig, Part, type PartName } from '@infra/commands/app';
import * as environments from '@infra/testing/configs';
import type { DeployedStack } from '@infra/operate/deployed/deployed-stack';
import { type Environment, environmentOf } from '@infra/operate/deployed/environment';
import type { Answer } from '../../src/health/answer';
import { QUESTIONS } from '../../src/health/questions/all';
import { type Answers, whileAwsAnswers } from '@infra/operate/test/support/answer-commands';
import { besideOthers } from '@infra/operate/test/support/containers';
import { stackWith } from '@infra/operate/test/support/parts';

const NOW = new Date('2026-11-26T03:00:00Z');
/** A moment so many hours ago. */
export const ago = (hours: number) => new Date(NOW.getTime() - hours * 3_600_000);

/** Physical ids that tests name; other parts are called `the <part>`. */
const IDS: Readonly<Partial<Record<PartName, string>>> = {
  webService: 'arn:aws:ecs:ap-northeast-1:123456789012:service/prooflink-prod-cluster/prooflink-prod-service',
  webCpuAlarm: 'prooflink-prod-ecs-cpu-high',
  database: 'prooflink-prod-db',
};

const PART_NAMES = Object.keys(Part) as PartName[];

/** A stack with every part. */
const WHOLE_STACK = stackWith(Object.fromEntries(PART_NAMES.map((name) => [name, IDS[name] ?? `the ${name}`])));
const STACK = {
  StackName: 'ProoflinkProd',
  StackId: 'arn:aws:cloudformation:ap-northeast-1:123456789012:stack/ProoflinkProd/1',
};

interface EnvironmentChange {
  /** prod, unless given. */
  readonly name?: 'dev' | 'prod';
  readonly config?: Partial<EnvironmentConfig>;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly outputs?: Readonly<Record<string, string>>;
  /** Fields of the stack as CloudFormation describes it. */
  readonly description?: object;
  /** Fields of the web service as ECS describes it. */
  readonly service?: object;
  /** Resources of the stack: every part, unless given. */
  readonly resources?: Pick<DeployedStack, 'template' | 'physicalIds'>;
}

/** Makes an environment for one question: it remembers what AWS answered. */
type MakeEnvironment = () => { readonly environment: Environment; readonly service: object };

/** An environment that was deployed a week ago and runs two tasks of v1, but for a change. */
export function environmentWith({
  name = 'prod',
  config,
  parameters,
  outputs,
  description,
  service,
  resources = WHOLE_STACK,
}: EnvironmentChange = {}): MakeEnvironment {
  return () => {
    const stack = {
      environmentName: name,
      region: 'ap-northeast-1',
      parameters: { AppImageTag: 'v1', BatchImageTag: 'v1', ...parameters },
      outputs: outputs ?? {},
      details: { ...STACK, CreationTime: ago(7 * 24), ...description },
      ...resources,
      client: (Class: new (config: object) => unknown) => new Class({ region: 'ap-northeast-1' }),
    } as unknown as DeployedStack;
    const deployments = [{ status: 'PRIMARY', rolloutState: 'COMPLETED' }];
    return {
      environment: environmentOf(stack, NOW, Object.assign({}, environments[name], config)),
      service: { desiredCount: 2, runningCount: 2, deployments, ...service },
    };
  };
}

/** The environment dev. */
export const dev = environmentWith({ name: 'dev' });

const IMAGE = '123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/prooflink-prod-app:v1';

/** Answers to further calls that every question may make. */
const DEFAULTS: Answers = {
  DescribeTaskDefinition: {
    taskDefinition: { taskDefinitionArn: 'x/task:1', containerDefinitions: besideOthers({ image: IMAGE }) },
  },
  DescribeJobDefinitions: {
    jobDefinitions: [{ jobDefinitionArn: 'x/import:1', containerProperties: { image: IMAGE } }],
  },
  DescribeComputeEnvironments: { computeEnvironments: [{}] },
  DescribeTargetHealth: { TargetHealthDescriptions: [] },
  DescribeTargetGroups: { TargetGroups: [{}] },
  ListTasks: { taskArns: ['a'] },
  DescribeTasks: { tasks: [{ containers: besideOthers({ image: IMAGE }) }] },
};

/** Asks a question about an environment, with what AWS answers to commands of the SDK. */
export async function askQuestion(
  questionId: string,
  aws: Answers,
  makeEnvironment = environmentWith(),
): Promise<Answer | undefined> {
  const { environment, service } = makeEnvironment();
  const question = QUESTIONS.find(({ id }) => id === questionId);
  if (!question) throw new Error(`There is no question ${questionId}`);
  return await whileAwsAnswers({ DescribeServices: { services: [service] }, ...DEFAULTS, ...aws }, () =>
    Promise.resolve(question.ask(environment)),
  );
}

/** A rule of a question: what AWS answers, and what the question answers then. */
interface AnswerRule {
  readonly title: string;
  readonly aws: Answers;
  readonly environment?: MakeEnvironment;
  readonly result: Answer['result'];
  /** The whole text, or a pattern of it; none unless given. */
  readonly says?: string | RegExp;
  readonly fix?: string | RegExp;
  /** Compared if given. */
  readonly usersAreServed?: boolean;
  readonly missingRights?: readonly string[];
}

const matching = (text: string | RegExp | undefined) =>
  text instanceof RegExp ? (expect.stringMatching(text) as string) : text;

/** A test for each rule of a question. */
export function describeAnswers(questionId: string, rules: readonly AnswerRule[]): void {
  describe(`question ${questionId}`, () => {
    it.each(rules)('$title', async (rule) => {
      const { aws, environment, result, says = '', fix } = rule;
      const answer = await askQuestion(questionId, aws, environment);
      const { usersAreServed = answer?.usersAreServed, missingRights } = rule;
      expect(answer).toEqual({ result, says: matching(says), fix: matching(fix), usersAreServed, missingRights });
    });
  });
}
