import type { Stack, StackResourceSummary } from '@aws-sdk/client-cloudformation';
import { type EnvironmentConfig, resourceNames, stackId } from '@infra/commands/app';
import {
  adoptAwsVariables,
  bootstrap,
  type CdkProps,
  type HostedZoneConfig,
  type LocalAws,
  runCdk,
  startLocalAws,
} from '@infra/local-aws';
import { readAll } from '@infra/operate/deployed/pages';
import { testEnvironments, type TestEnvironment } from '@infra/testing/environments';
import { prooflink } from '@infra/testing/prooflink';
import { apps } from './apps';
import { addedResources, type Listing, takeListing, typeOf } from './listing';
import { sdk } from './sdk';
import { until } from '@infra/common/test/support/until';

/** Options of the CDK CLI without which a person would be asked. */
const UNASKED: Readonly<Record<string, readonly string[]>> = {
  deploy: ['--require-approval', 'never'],
  destroy: ['--force'],
  diff: ['--method=template'],
};

/** Milliseconds after which a CLI that waits for something in vain is ended, so that it shows how far it came. */
const LIMIT = 60_000;

/** The life of one environment in an AWS account of its own. */
export class Life<Name extends string = string> {
  readonly names;
  readonly stack: string;
  outputs: Record<string, string> = {};
  /** Resources that the account has before the first deploy. */
  baseline: Listing = {};
  private running?: LocalAws;

  /** @param config - Config of an environment that is none of the tests'. */
  constructor(
    readonly environment: Name,
    readonly config: EnvironmentConfig = testEnvironments[environment as TestEnvironment],
  ) {
    this.names = resourceNames(environment);
    this.stack = stackId(environment);
  }

  get aws(): LocalAws {
    if (!this.running) throw new Error('the local AWS is not running');
    return this.running;
  }

  /** @param run - True: what is deployed runs, too. */
  async start({ run = true, zones = this.zones, usedBefore = false } = {}): Promise<void> {
    // A team's own types need no model: the life of lib/config is the one that is strict.
    this.running = await startLocalAws({ hostedZones: zones, run, usedBefore, standIns: true, patience: 5 });
    adoptAwsVariables(process.env, this.running.env);
  }

  /** Starts in an account that was prepared some time ago. */
  async startPrepared(props: { run?: boolean; zones?: HostedZoneConfig[] } = {}): Promise<void> {
    await this.start({ ...props, usedBefore: true });
    await bootstrap({ aws: this.aws });
  }

  get zones(): HostedZoneConfig[] {
    const { domain } = this.config.loadBalancer;
    return domain ? [{ id: domain.hostedZoneId, name: domain.hostedZoneName }] : [];
  }

  /** Errors that the server has logged since the last call. */
  errors(): string {
    return this.running?.lastErrors() ?? '';
  }

  async end(): Promise<void> {
    await this.running?.stop();
  }

  /** Runs `npm run prooflink -- …`, or `npx cdk …` on the stack and the app as it is written unless another one is given. */
  async call([program = '', ...args]: readonly string[], { report, signal }: Pick<CdkProps, 'report' | 'signal'> = {}) {
    if (program === 'prooflink') {
      const { exitCode, stdout, stderr } = await prooflink(this.aws.env, ...args);
      return { exitCode, output: `${stderr}${stdout}` };
    }
    const [command = '', ...options] = args;
    const app = options.includes('--app') ? [] : ['--app', apps.written];
    const line = [command, this.stack, ...(UNASKED[command] ?? []), ...app, ...options];
    return await runCdk({ aws: this.aws, report, signal: signal ?? AbortSignal.timeout(LIMIT) }, line);
  }

  /** The stack as CloudFormation describes it; `undefined` where there is none. */
  async describe(): Promise<Stack | undefined> {
    const { Stacks = [] } = await sdk.cloudFormation.describeStacks({});
    return Stacks.find(({ StackName }) => StackName === this.stack);
  }

  /** Reads the stack's outputs. */
  async readOutputs(): Promise<void> {
    const { Outputs = [] } = (await this.describe()) ?? {};
    this.outputs = Object.fromEntries(Outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]));
  }

  /** Number of events of the stack's resources. */
  async events(): Promise<number> {
    if (!(await this.describe())) return 0;
    const { StackEvents = [] } = await sdk.cloudFormation.describeStackEvents({ StackName: this.stack });
    return StackEvents.filter(({ ResourceType }) => ResourceType !== 'AWS::CloudFormation::Stack').length;
  }

  /** Resources of the stack. */
  async resources(): Promise<StackResourceSummary[]> {
    const pages = sdk.cloudFormation.paginateListStackResources({ StackName: this.stack });
    return await readAll(pages, 'StackResourceSummaries');
  }

  /** Logical id → type and physical id of each resource. */
  async physicalIds(): Promise<Record<string, string>> {
    const resources = await this.resources();
    return Object.fromEntries(
      resources.map(({ LogicalResourceId = '', ResourceType = '', PhysicalResourceId = '' }) => [
        LogicalResourceId,
        `${ResourceType} ${PhysicalResourceId}`,
      ]),
    );
  }

  /** Resources of the account that it did not have before the first deploy, of some types or of all. */
  async addedResources(types?: readonly string[]): Promise<string[]> {
    const added = addedResources(await takeListing(), this.baseline);
    return types ? added.filter((resource) => types.includes(typeOf(resource))) : added;
  }

  /** Waits until no operation of the stack goes on: on AWS it outlives the CLI. */
  async waitForOperation(): Promise<void> {
    await until(
      async () => (await this.describe())?.StackStatus ?? '',
      (status) => !status.endsWith('_IN_PROGRESS') || status === 'REVIEW_IN_PROGRESS',
    );
  }
}
