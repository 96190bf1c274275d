import { randomUUID } from 'node:crypto';
import {
  CloudFormation,
  type CreateChangeSetCommandInput,
  type DeleteStackCommandInput,
} from '@aws-sdk/client-cloudformation';
import { adoptAwsVariables } from '../../src/environment';
import { type LocalAws, type LocalAwsProps, startLocalAws } from '../../src/local-aws';
import { until } from './until';

export type Resources = Record<string, unknown>;

/** Account of a local AWS with the operations of CloudFormation. */
export class Account {
  aws!: LocalAws;
  /** SDK configuration of an administrator, for clients that are made before the local AWS starts. */
  readonly client = {
    endpoint: () => Promise.resolve({ url: new URL(this.aws.endpoint) }),
    region: () => Promise.resolve(this.aws.region),
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    forcePathStyle: true,
  };
  readonly cloudFormation = new CloudFormation(this.client);

  /** Account for the tests of a file: starts before them, stops after them. */
  static shared(props: LocalAwsProps = {}): Account {
    const account = new Account();
    beforeAll(() => account.start(props), 60_000);
    afterAll(() => account.aws.stop());
    return account;
  }

  async start(props: LocalAwsProps): Promise<void> {
    this.aws = await startLocalAws(props);
    // The SDK would also read the caller's own files.
    adoptAwsVariables(process.env, this.aws.env);
  }

  /** Creates a stack; returns its status. */
  async create(StackName: string, Resources: Resources, more: Resources = {}): Promise<string | undefined> {
    await this.cloudFormation.createStack({ StackName, TemplateBody: JSON.stringify({ Resources, ...more }) });
    return this.statusOf(StackName);
  }

  async update(StackName: string, Resources: Resources, more: Resources = {}): Promise<string | undefined> {
    await this.cloudFormation.updateStack({ StackName, TemplateBody: JSON.stringify({ Resources, ...more }) });
    return this.statusOf(StackName);
  }

  /** Deletes a stack; returns `undefined` once it is deleted. */
  async remove(StackName: string, more: Omit<DeleteStackCommandInput, 'StackName'> = {}): Promise<string | undefined> {
    await this.cloudFormation.deleteStack({ StackName, ...more });
    return this.statusOf(StackName);
  }

  /** Creates a stack, and updates it to each further template; all must succeed. */
  async deploy(name: string, first: Resources, ...later: readonly Resources[]): Promise<void> {
    expect(await this.create(name, first)).toBe('CREATE_COMPLETE');
    for (const each of later) expect(await this.update(name, each)).toBe('UPDATE_COMPLETE');
  }

  /** Expects an operation to fail, and these resources to name these reasons. */
  async refuses(
    operation: 'create' | 'update' | 'remove',
    name: string,
    resources: Resources,
    reasons: Readonly<Record<string, string>>,
  ): Promise<void> {
    const failed = { create: 'ROLLBACK_COMPLETE', update: 'UPDATE_ROLLBACK_COMPLETE', remove: 'DELETE_FAILED' };
    expect(await this[operation](name, resources)).toBe(failed[operation]);
    const failures = await this.failures(name);
    for (const [id, reason] of Object.entries(reasons)) expect(failures[id]).toContain(reason);
  }

  /** Creates a change set; returns what identifies it. */
  async changeSet(StackName: string, template: Resources, props: Partial<CreateChangeSetCommandInput> = {}) {
    const set = { StackName, ChangeSetName: props.ChangeSetName ?? `set-${randomUUID()}` };
    await this.cloudFormation.createChangeSet({ ...props, ...set, TemplateBody: JSON.stringify(template) });
    return set;
  }

  /** Creates and executes a change set; returns its changes, none if there is nothing to change. */
  async execute(name: string, template: Resources, props: Partial<CreateChangeSetCommandInput> = {}) {
    const set = await this.changeSet(name, template, props);
    const { Status, Changes = [] } = await this.cloudFormation.describeChangeSet(set);
    if (Status !== 'FAILED') await this.cloudFormation.executeChangeSet(set);
    return Changes.map(({ ResourceChange }) => ResourceChange ?? {});
  }

  /** Status of a stack at the end of its operation, which may outlast its answer; `undefined` without a stack. */
  async statusOf(name: string): Promise<string | undefined> {
    const readStatus = async () => {
      const { Stacks = [] } = await this.cloudFormation.describeStacks({});
      return Stacks.find(({ StackName }) => StackName === name)?.StackStatus;
    };
    return await until(readStatus, (status) => !/^(?!REVIEW).*_IN_PROGRESS$/.test(status ?? ''));
  }

  async parameters(StackName: string): Promise<Record<string, string>> {
    const { Stacks = [] } = await this.cloudFormation.describeStacks({ StackName });
    const parameters = Stacks[0]?.Parameters ?? [];
    return Object.fromEntries(
      parameters.map(({ ParameterKey = '', ParameterValue = '' }) => [ParameterKey, ParameterValue]),
    );
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
