import { CloudFormation, type StackResourceDrift } from '@aws-sdk/client-cloudformation';
import { SecretMask } from '@infra/common/secret-mask';
import { readAssembly } from '@infra/common/assembly';
import { CannotTellError, failure, type Outcome } from '@infra/common/outcome';
import { awsClient, readAll } from '../../deployed/aws';
import { cdk } from '../../program/cdk-cli';
import { judge } from './judge';
import { renderDrift, renderFailure } from './render';

/** The line that `cdk drift` prints last, once CloudFormation has compared everything. */
const FINISHED = /^No drift detected$|^\d+ resources? (?:has|have) drifted from/m;

/** Result of CloudFormation's last comparison. */
async function readDrifts(region: string, StackName: string): Promise<StackResourceDrift[]> {
  const pages = awsClient(CloudFormation, { region }).paginateDescribeStackResourceDrifts({ StackName });
  return await readAll(pages, 'StackResourceDrifts');
}

/**
 * Reports what drifted. `cdk drift` makes CloudFormation compare, but cannot leave out what changes by design, and
 * exits with 1 for drift and for errors alike: the findings are read from CloudFormation once the CLI has finished.
 */
export async function runDrift(stack: string, app?: string, detect = cdk, read = readDrifts): Promise<Outcome> {
  let log = '';
  try {
    const given = app === undefined ? [] : ['--app', app];
    const { exitCode, output } = detect(['drift', stack, '--fail', '--no-color', ...given]);
    if (!FINISHED.test(output)) {
      throw new CannotTellError(`cdk drift did not finish (exit code ${String(exitCode)}):\n${output.trim()}`);
    }
    log = output;
    const mask = new SecretMask();
    const synthesized = readAssembly(app ?? 'cdk.out', mask).stacks.get(stack);
    if (!synthesized) throw new CannotTellError(`The assembly has no stack ${stack}.`);
    const region = synthesized.environment.split('/').at(-1) ?? '';
    const judgement = judge(await read(region, stack), synthesized.template, mask);
    const exit = judgement.drifted.length > 0 ? 1 : judgement.unknown.length > 0 ? 2 : 0;
    return { exitCode: exit, stdout: renderDrift(stack, judgement), stderr: log };
  } catch (error) {
    const outcome = failure(error, renderFailure);
    return { ...outcome, stderr: `${log}${outcome.stderr}` };
  }
}
