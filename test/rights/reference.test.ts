import { template } from '../support/assembly';
import { faultsByReference } from '../support/authorization-reference';
import { Deployed } from '../support/deployed';
import { type ConfiguredEnvironment, everyEnvironment, type TestEnvironment } from '../support/environments';
import { withArns } from './arns';
import { statementsOf } from './statements';

// The first case reads AWS's whole reference, which takes longer than Jest's five seconds on a busy machine.
jest.setTimeout(60_000);

const environments = Object.keys(everyEnvironment) as (TestEnvironment | ConfiguredEnvironment)[];

/** Faults that are none, each with its reason. */
const EXCEPTIONS: readonly string[] = [
  // AWS Batch's user guide asks for a job queue and a job definition, and no example of it names the job, which is not there yet.
  'batch:SubmitJob names no job',
  // IAM's user guide has both for every OpenID Connect provider; the reference lists what GitHub's tokens add.
  'sts:AssumeRoleWithWebIdentity has no condition key token.actions.githubusercontent.com:aud',
  'sts:AssumeRoleWithWebIdentity has no condition key token.actions.githubusercontent.com:sub',
];

/** Faults of each role and of each policy of a resource. */
async function faultsOf(name: TestEnvironment | ConfiguredEnvironment | 'delivery'): Promise<string[]> {
  const stack = new Deployed(await withArns(template(name)), { AppImageTag: 'v1' });
  const faults: string[] = [];
  for (const { path, statements } of statementsOf(stack)) {
    for (const fault of await faultsByReference(statements)) faults.push(`${path}: ${fault}`);
  }
  return faults;
}

const isException = (fault: string) => EXCEPTIONS.some((exception) => fault.endsWith(`: ${exception}`));

test.each([...environments, 'delivery'] as const)(
  '%s: AWS grants each right as it is written, by its service authorization reference',
  async (name) => {
    const faults = await faultsOf(name);
    expect(faults.filter((fault) => !isException(fault))).toEqual([]);
  },
);

test.each(EXCEPTIONS)('"%s" is still an exception: one that is not needed would hide a fault', async (exception) => {
  const faults = [...(await faultsOf('dev')), ...(await faultsOf('delivery'))];
  expect(faults).toContainEqual(expect.stringMatching(`: ${exception}$`));
});
