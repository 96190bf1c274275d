import { CannotTellError } from '@infra/common/outcome';
import { Part } from '@infra/commands/app';
import {
  hasPart,
  isPartCreated,
  physicalIdOf,
  readStack,
  readStackIfDeployed,
} from '../../src/deployed/deployed-stack';
import { whileAwsAnswers } from '../support/answer-commands';
import { stackAnswers } from '../support/parts';

function readWhileAwsRefuses(name: string, message: string): Promise<unknown> {
  const refusal = Object.assign(new Error(message), { name });
  return whileAwsAnswers({ DescribeStacks: refusal }, () => readStackIfDeployed('dev'));
}

test("there is no stack if CloudFormation says so of the environment's stack", async () => {
  const stack = await readWhileAwsRefuses('ValidationError', 'Stack with id ProoflinkDev does not exist');
  expect(stack).toBeUndefined();
});

test.each([
  {
    title: 'another error with the same words',
    name: 'AccessDenied',
    message: 'Stack with id ProoflinkDev does not exist',
  },
  { title: 'another stack', name: 'ValidationError', message: 'Stack with id ProoflinkProd does not exist' },
])('the stack is unknown after $title', async ({ name, message }) => {
  const reading = readWhileAwsRefuses(name, message);
  await expect(reading).rejects.toThrow(CannotTellError);
  await expect(reading).rejects.toThrow(`could not be asked: ${name}: ${message}`);
});

/** The stack of dev, as AWS answers of it. */
async function readDev(answers: object, StackStatus = 'UPDATE_COMPLETE') {
  const DescribeStacks = { Stacks: [{ StackName: 'ProoflinkDev', StackStatus }] };
  return await whileAwsAnswers({ DescribeStacks, ...answers }, () => readStack('dev'));
}

const QUEUES = stackAnswers({ jobQueue: 'import-queue' });

describe('a part of a stack', () => {
  test('is not found if it is not there: the first of its type is none', async () => {
    const stack = await readDev(QUEUES);
    expect(hasPart(stack, Part.jobDefinition)).toBe(false);
    expect(() => physicalIdOf(stack, Part.jobDefinition)).toThrow(
      'ProoflinkDev has no AWS::Batch::JobDefinition at the construct path UserImport/JobDefinition.',
    );
  });

  test('is not found if a resource of another type is at its path', async () => {
    const TemplateBody = QUEUES.GetTemplate.TemplateBody.replaceAll('AWS::Batch::JobQueue', 'AWS::SQS::Queue');
    const stack = await readDev({ ...QUEUES, GetTemplate: { TemplateBody } });
    expect(() => physicalIdOf(stack, Part.jobQueue)).toThrow(CannotTellError);
  });

  test('is not found if CloudFormation has deleted it', async () => {
    const stack = await readDev({ ...QUEUES, ListStackResources: {} });
    expect(hasPart(stack, Part.jobQueue)).toBe(false);
  });

  test('is not found in a stack without construct paths, and what to do is said', async () => {
    const TemplateBody = QUEUES.GetTemplate.TemplateBody.replaceAll('aws:cdk:path', 'other');
    const stack = await readDev({ ...QUEUES, GetTemplate: { TemplateBody } });
    const says =
      /^ProoflinkDev is no template in JSON with construct paths .* --no-path-metadata: npx cdk deploy ProoflinkDev$/;
    expect(() => hasPart(stack, Part.jobQueue)).toThrow(says);
    expect(() => physicalIdOf(stack, Part.jobQueue)).toThrow(says);
  });
});

describe('a part that every environment has', () => {
  test('is not created yet in a stack without resources', async () => {
    const stack = await readDev({ ...QUEUES, ListStackResources: {} }, 'ROLLBACK_COMPLETE');
    expect(isPartCreated(stack, Part.webService)).toBe(false);
  });

  test('is not found in a stack with resources: its construct was renamed', async () => {
    const stack = await readDev(QUEUES);
    expect(() => isPartCreated(stack, Part.webService)).toThrow(CannotTellError);
    expect(isPartCreated(stack, Part.jobQueue)).toBe(true);
  });
});

describe('the deployed template', () => {
  test('is not asked for before a change set was executed', async () => {
    const stack = await readDev({ ListStackResources: {} }, 'REVIEW_IN_PROGRESS');
    expect(stack.template.Resources).toEqual({});
  });

  test('that is in YAML, as the CDK CLI deploys none, has no parts: the stack is not known', async () => {
    const reading = readDev({ ...QUEUES, GetTemplate: { TemplateBody: 'Resources: {}' } });
    await expect(reading).rejects.toThrow(CannotTellError);
    await expect(reading).rejects.toThrow('ProoflinkDev is no template in JSON');
  });
});
