import {
  CloudFormationClient,
  DescribeStackEventsCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import type { EnvironmentConfig } from '../../../lib/config/environment';
import { resourceNames, stackId } from '../../../lib/config/names';
import {
  adoptAwsVariables,
  CdkError,
  type CdkProps,
  deploy,
  deployArguments,
  type LocalAws,
  runCdk,
  startLocalAws,
} from '@infra/local-aws';
import { testEnvironments, type TestEnvironment } from '../../support/environments';
import { release } from '../../../tools/deploy-local/prooflink';
import type { EnvironmentName } from '../../../tools/shared/environment-argument';
import { apps } from './apps';
import type { Moment } from './moment';

export type Parameters = Readonly<Record<string, string>>;

/** Milliseconds for each resource in a deploy that is killed: long enough to be met, on a busy machine too. */
const PACE = 150;

/** Milliseconds after which a CLI that waits for something in vain is ended, so that it shows how far it came. */
const LIMIT = 60_000;

/** The life of one environment in an AWS account of its own. */
export class Life<Name extends TestEnvironment = TestEnvironment> {
  readonly config: EnvironmentConfig;
  readonly names;
  readonly stack: string;
  outputs: Record<string, string> = {};
  private running?: LocalAws;
  private client?: CloudFormationClient;

  constructor(readonly environment: Name) {
    this.config = testEnvironments[environment];
    this.names = resourceNames(environment);
    this.stack = stackId(environment);
  }

  get aws(): LocalAws {
    if (!this.running) throw new Error('the local AWS is not running');
    return this.running;
  }

  /**
   * @param delegated - Whether the hosted zone answers on the internet, without which no certificate is issued.
   * @param run - Whether what is deployed runs, too.
   * @param domain - The domain whose hosted zone the account has; the config's own, unless another config is deployed.
   */
  async start({ delegated = true, run = true, domain = this.config.loadBalancer.domain } = {}): Promise<void> {
    this.running = await startLocalAws({
      hostedZones: domain ? [{ id: domain.hostedZoneId, name: domain.hostedZoneName, delegated }] : [],
      run,
      patience: 5,
    });
    adoptAwsVariables(process.env, this.running.env);
  }

  /** Errors that the server has logged since the last call. */
  errors(): string {
    return this.running?.lastErrors() ?? '';
  }

  async end(): Promise<void> {
    await this.running?.stop();
  }

  cdk(app = apps.written): CdkProps {
    return { aws: this.aws, app, signal: AbortSignal.timeout(LIMIT) };
  }

  /** `cdk deploy`, as typed by a person. */
  async deploy(app = apps.written, parameters: Parameters = {}): Promise<void> {
    this.outputs = await deploy(this.cdk(app), this.stack, parameters);
  }

  /** `npm run prooflink -- release` of both images, whose migration makes the tables. */
  async release(tag: string, app = apps.written): Promise<void> {
    await release(this.aws, this.environment as EnvironmentName, { app: tag, batch: tag }, app);
    this.outputs = await this.readOutputs();
  }

  /** `cdk deploy` that is killed; returns the stack's status right after it, once the stack has come to rest. */
  async deployKilled(moment: Moment, app = apps.written, parameters: Parameters = {}): Promise<string> {
    const killer = new AbortController();
    const before = await this.events();
    const report = (line: string) => {
      if (moment.says && line.includes(moment.says)) killer.abort();
    };
    const how = [...deployArguments(this.stack, parameters), '--verbose'];
    this.aws.pace(PACE);
    const cli = runCdk({ ...this.cdk(app), report, signal: killer.signal }, how);
    const ended = { yes: false };
    const noteEnd = cli.finally(() => (ended.yes = true));
    while (moment.event && !ended.yes && !killer.signal.aborted) {
      if ((await this.events()) - before >= moment.event) killer.abort();
    }
    const { output } = await noteEnd;
    if (!killer.signal.aborted) {
      const end = output.split('\n').slice(-40).join('\n');
      throw new CdkError(`deploy ${this.stack}, to be killed ${moment.name},`, end);
    }
    const status = (await this.describe())?.StackStatus ?? 'no stack';
    this.aws.pace(0);
    await this.rest();
    return status;
  }

  /** The stack as CloudFormation describes it; `undefined` where there is none. */
  async describe(): Promise<Stack | undefined> {
    const { Stacks = [] } = await this.cloudFormation.send(new DescribeStacksCommand({}));
    return Stacks.find(({ StackName }) => StackName === this.stack);
  }

  /** The stack's outputs, after a deploy by another command. */
  async readOutputs(): Promise<Record<string, string>> {
    const { Outputs = [] } = (await this.describe()) ?? {};
    return Object.fromEntries(Outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]));
  }

  /** Number of events of the stack's resources. */
  async events(): Promise<number> {
    const wanted = new DescribeStackEventsCommand({ StackName: this.stack });
    try {
      const { StackEvents = [] } = await this.cloudFormation.send(wanted);
      return StackEvents.filter(({ ResourceType }) => ResourceType !== 'AWS::CloudFormation::Stack').length;
    } catch (error) {
      if (error instanceof Error && error.message.includes('does not exist')) return 0;
      throw error;
    }
  }

  /** Logical id → type and physical id of each resource. */
  async physicalIds(): Promise<Record<string, string>> {
    const wanted = new DescribeStackResourcesCommand({ StackName: this.stack });
    const { StackResources = [] } = await this.cloudFormation.send(wanted);
    return Object.fromEntries(
      StackResources.map((it) => [
        it.LogicalResourceId ?? '',
        `${it.ResourceType ?? ''} ${it.PhysicalResourceId ?? ''}`,
      ]),
    );
  }

  private get cloudFormation(): CloudFormationClient {
    return (this.client ??= new CloudFormationClient({}));
  }

  /** Waits until no operation of the stack goes on: on AWS it outlives the CLI. */
  private async rest(): Promise<void> {
    const limit = Date.now() + 60_000;
    for (;;) {
      const status = (await this.describe())?.StackStatus ?? '';
      if (!status.endsWith('_IN_PROGRESS') || status === 'REVIEW_IN_PROGRESS') return;
      if (Date.now() > limit) throw new Error(`${this.stack} is still in ${status} after a minute`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
