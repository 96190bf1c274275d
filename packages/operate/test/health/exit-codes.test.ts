import { runHealth } from '../../src/health/health';
import { whileAwsAnswers } from '@infra/deployed/test/support/answer-commands';
import { stackAnswers } from '@infra/deployed/test/support/parts';

/** `doctor` on prod, while AWS describes the stack, and refuses every other question. */
async function doctorOfStack(details: object) {
  const stack = { StackName: 'ProoflinkProd', StackStatus: 'UPDATE_COMPLETE', ...details };
  const answers = { DescribeStacks: { Stacks: [stack] }, ...stackAnswers({}) };
  const { exitCode, stdout } = await whileAwsAnswers(answers, () => runHealth('prod', 'doctor', { json: true }));
  return { exitCode, report: JSON.parse(stdout) as { readonly exitCode: number; readonly cause: object | null } };
}

it('answers that AWS refused are no success: exit code 2, in the report, too', async () => {
  const { exitCode, report } = await doctorOfStack({ EnableTerminationProtection: true });
  expect(exitCode).toBe(2);
  expect(report).toMatchObject({ language: 'en', exitCode: 2, cause: null });
});

it('a report that has no stack says its language, too', async () => {
  const { stdout } = await whileAwsAnswers({}, () => runHealth('prod', 'doctor', { json: true }));
  expect(JSON.parse(stdout)).toMatchObject({ language: 'en', exitCode: 2 });
});

it('a fault counts more than answers that AWS refused: exit code 1, in the report, too', async () => {
  const { exitCode, report } = await doctorOfStack({ EnableTerminationProtection: false });
  expect(exitCode).toBe(1);
  expect(report).toMatchObject({ exitCode: 1, cause: { id: 'termination-protection' } });
});
