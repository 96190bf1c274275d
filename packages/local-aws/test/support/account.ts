import { CloudFormation, type DeleteStackCommandInput } from '@aws-sdk/client-cloudformation';
import { adoptAwsVariables } from '../../src/environment';
import { type LocalAws, type LocalAwsProps, startLocalAws } from '../../src/local-aws';

export type Resources = Record<string, unknown>;

/** SDK configuration of an administrator. */
export function clientConfig({ endpoint, region }: LocalAws) {
  return { endpoint, region, credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
}

/** Account of a local AWS with the operations of CloudFormation. */
export class Account {
  aws!: LocalAws;
  client!: ReturnType<typeof clientConfig>;
  cloudFormation!: CloudFormation;

  static open(props: LocalAwsProps = {}): Promise<Account> {
    return new Account().start(props);
  }

  /** Account for the tests of a file: starts before them, stops after them. */
  static shared(props: LocalAwsProps = {}): Account {
    const account = new Account();
    beforeAll(() => account.start(props), 60_000);
    afterAll(() => account.aws.stop());
    return account;
  }

  private async start(props: LocalAwsProps): Promise<this> {
    this.aws = await startLocalAws(props);
    // The SDK would also read the caller's own files.
    adoptAwsVariables(process.env, this.aws.env);
    this.client = clientConfig(this.aws);
    this.cloudFormation = new CloudFormation(this.client);
    return this;
  }

  /** Creates a stack; returns its status. */
  async create(StackName: string, Resources: Resources, more: Resources = {}): Promise<string | undefined> {
    const TemplateBody = JSON.stringify({ Resources, ...more });
    await this.cloudFormation.createStack({ StackName, TemplateBody });
    return this.statusOf(StackName);
  }

  async update(StackName: string, Resources: Resources, more: Resources = {}): Promise<string | undefined> {
    const TemplateBody = JSON.stringify({ Resources, ...more });
    await this.cloudFormation.updateStack({ StackName, TemplateBody });
    return this.statusOf(StackName);
  }

  /** Deletes a stack; returns `undefined` once it is deleted. */
  async remove(StackName: string, more: Omit<DeleteStackCommandInput, 'StackName'> = {}): Promise<string | undefined> {
    await this.cloudFormation.deleteStack({ StackName, ...more });
    return this.statusOf(StackName);
  }

  async statusOf(name: string): Promise<string | undefined> {
    const { Stacks = [] } = await this.cloudFormation.describeStacks({});
    return Stacks.find(({ StackName }) => StackName === name)?.StackStatus;
  }

  async outputs(StackName: string): Promise<Record<string, string>> {
    const { Stacks = [] } = await this.cloudFormation.describeStacks({ StackName });
    const outputs = (Stacks[0]?.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]);
    return Object.fromEntries(outputs) as Record<string, string>;
  }

  /** Newest reason of each failed resource, by logical id. */
  async failures(StackName: string): Promise<Record<string, string>> {
    const { StackEvents = [] } = await this.cloudFormation.describeStackEvents({ StackName });
    const failed = StackEvents.filter(({ ResourceStatus = '' }) => ResourceStatus.endsWith('_FAILED'));
    const reasons = failed.map((event) => [event.LogicalResourceId ?? '', event.ResourceStatusReason ?? '']);
    return Object.fromEntries(reasons.reverse()) as Record<string, string>;
  }
}
