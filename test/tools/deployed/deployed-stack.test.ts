import { CannotTellError } from '@infra/common/outcome';
import { readStackIfDeployed } from '../../../tools/deployed/deployed-stack';
import { whileAwsAnswers } from '../support/answer-commands';

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
  { title: 'the end of another error', name: 'ValidationError', message: 'Role r does not exist' },
  { title: 'another stack', name: 'ValidationError', message: 'Stack with id ProoflinkProd does not exist' },
])('the stack is unknown after $title', async ({ name, message }) => {
  const reading = readWhileAwsRefuses(name, message);
  await expect(reading).rejects.toThrow(CannotTellError);
  await expect(reading).rejects.toThrow(`could not be asked: ${name}: ${message}`);
});
