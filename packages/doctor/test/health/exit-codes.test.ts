import { askQuestions } from '../../src/health/ask-questions';
import { whileAwsAnswers } from '@infra/operate/test/support/answer-commands';
import { besideOthers } from '@infra/operate/test/support/containers';
import { describeAnswers, environmentWith } from './aws-answers';

const REGISTRY = '123456789012.dkr.ecr.ap-northeast-1.amazonaws.com';

/** ECS and AWS Batch on containers with images of two registries. */
const IMAGES_IN_ECR = {
  DescribeTaskDefinition: {
    taskDefinition: { containerDefinitions: besideOthers({ image: `${REGISTRY}/app:v1` }) },
  },
  DescribeJobDefinitions: { jobDefinitions: [{ containerProperties: { image: `${REGISTRY}/batch:v1` } }] },
  DescribeComputeEnvironments: { computeEnvironments: [{}] },
};

// A role without a right to ECR read the same refusal for the image of the web tasks and for that of the imports.
it('a right that is missing is one answer, whatever resources it is missing for', async () => {
  const denied = ({ repositoryName }: { readonly repositoryName: string }) =>
    Object.assign(new Error(`no right to ecr:DescribeImages on resource: arn:${repositoryName} because of nothing`), {
      name: 'AccessDeniedException',
    });
  const { environment } = environmentWith()();
  const answers = { DescribeServices: { services: [{}] }, ...IMAGES_IN_ECR, DescribeImages: denied };
  const reports = await whileAwsAnswers(answers, () => askQuestions(environment, 'doctor'));
  const ofImages = reports.filter(({ id }) => id.startsWith('image-'));
  expect(ofImages.map(({ says }) => says)).toEqual(
    Array(2).fill('AccessDeniedException: no right to ecr:DescribeImages because of nothing (DescribeImages)'),
  );
});

// "Could not be asked" was all that a person read, once for each request.
it('too many requests are one answer: ask again', async () => {
  const throttled = Object.assign(new Error('Rate exceeded'), { name: 'ThrottlingException' });
  const { environment } = environmentWith()();
  const answers = { DescribeServices: throttled, DescribeImages: throttled, ...IMAGES_IN_ECR };
  const reports = await whileAwsAnswers(answers, () => askQuestions(environment, 'doctor'));
  const unknown = reports.filter(({ id }) => ['wanted', 'image-batch'].includes(id));
  const { says, fix } = unknown[0] ?? {};
  expect(unknown).toEqual([expect.objectContaining({ says, fix }), expect.objectContaining({ says, fix })]);
  expect({ says, fix }).toEqual({
    says: 'ThrottlingException: Rate exceeded',
    fix: expect.stringMatching(/^in a minute, ask again.*: npm run prooflink -- doctor prod$/) as string,
  });
});

// CloudFormation refuses an update in this state.
it('a fix that updates the stack begins with the rollback that CloudFormation needs first', async () => {
  const { environment } = environmentWith({ description: { StackStatus: 'UPDATE_ROLLBACK_FAILED' } })();
  const answers = { DescribeServices: { services: [{}] }, ...IMAGES_IN_ECR };
  const reports = await whileAwsAnswers(answers, () => askQuestions(environment, 'doctor'));
  const fix = reports.find(({ id }) => id === 'way-out-app')?.fix;
  expect(fix).toBe('npx cdk rollback ProoflinkProd\nnpm run prooflink -- revert-drift prod');
});

describeAnswers('secrets-app', [
  {
    title: 'without the right to read secrets, their values are not known',
    aws: {
      DescribeTaskDefinition: {
        taskDefinition: {
          taskDefinitionArn: 'the webTaskDefinition',
          containerDefinitions: besideOthers({ secrets: [{ name: 'NEXTAUTH_SECRET', valueFrom: 'arn:secret' }] }),
        },
      },
      DescribeSecret: {},
      GetSecretValue: Object.assign(new Error('no'), { name: 'AccessDeniedException' }),
    },
    result: 'look',
    says: 'The secrets of the web tasks are not known: your rights do not read them (secretsmanager:GetSecretValue).',
    missingRights: ['secretsmanager:GetSecretValue'],
  },
]);
