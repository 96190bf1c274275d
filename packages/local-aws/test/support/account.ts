import { randomUUID } from 'node:crypto';
import {
  CloudFormation,
  type CreateChangeSetCommandInput,
  type DeleteStackCommandInput,
  type ResourceChange,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import { adoptAwsVariables } from '../../src/environment';
import { type LocalAws, type LocalAwsProps, startLocalAws } from '../../src/local-aws';
import { until } from './until';

export type Resources = Record<string, unknown>;

/** Text that a failed resource has as its reason, by logical id. */
type Reasons = Readonly<Record<string, string>>;

type DeletionOptions = Omit<DeleteStackCommandInput, 'StackName'>;

/** Acknowledgement of roles, which each request needs whose template has one. */
export const CAPABILITIES = { Capabilities: ['CAPABILITY_NAMED_IAM' as const] };

/** Names that identify a change set. */
interface ChangeSetId {
  readonly StackName: string;
  readonly ChangeSetName: string;
}

/** True while an operation on a stack continues. A stack in review waits for its first change set. */
function isInProgress(status: string | undefined): boolean {
  return status !== undefined && status !== 'REVIEW_IN_PROGRESS' && status.endsWith('_IN_PROGRESS');
}

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

  /**
   * Creates a stack; returns its status.
   *
   * @param sections - Other sections of the template, such as `Outputs`.
   */
  async create(stackName: string, resources: Resources, sections: Resources = {}): Promise<string | undefined> {
    await this.cloudFormation.createStack({
      StackName: stackName,
      TemplateBody: JSON.stringify({ Resources: resources, ...sections }),
      ...CAPABILITIES,
    });
    return this.statusOf(stackName);
  }

  /** Updates a stack; returns its status. */
  async update(stackName: string, resources: Resources): Promise<string | undefined> {
    await this.cloudFormation.updateStack({
      StackName: stackName,
      TemplateBody: JSON.stringify({ Resources: resources }),
      ...CAPABILITIES,
    });
    return this.statusOf(stackName);
  }

  /** Deletes a stack; returns `undefined` once it is deleted. */
  async remove(stackName: string, options: DeletionOptions = {}): Promise<string | undefined> {
    await this.cloudFormation.deleteStack({ StackName: stackName, ...options });
    return this.statusOf(stackName);
  }

  /** Creates a stack, and updates it to each further template; all must succeed. */
  async deploy(stackName: string, first: Resources, ...updates: readonly Resources[]): Promise<void> {
    expect(await this.create(stackName, first)).toBe('CREATE_COMPLETE');
    for (const resources of updates) {
      expect(await this.update(stackName, resources)).toBe('UPDATE_COMPLETE');
    }
  }

  /** Expects that a creation fails and is rolled back, and that these resources name these reasons. */
  async refusesCreation(stackName: string, resources: Resources, reasons: Reasons): Promise<void> {
    expect(await this.create(stackName, resources)).toBe('ROLLBACK_COMPLETE');
    await this.expectReasons(stackName, reasons);
  }

  /** Expects that an update fails and is rolled back, and that these resources name these reasons. */
  async refusesUpdate(stackName: string, resources: Resources, reasons: Reasons): Promise<void> {
    expect(await this.update(stackName, resources)).toBe('UPDATE_ROLLBACK_COMPLETE');
    await this.expectReasons(stackName, reasons);
  }

  /** Expects that a deletion fails, and that these resources name these reasons. */
  async refusesDeletion(stackName: string, reasons: Reasons): Promise<void> {
    expect(await this.remove(stackName)).toBe('DELETE_FAILED');
    await this.expectReasons(stackName, reasons);
  }

  private async expectReasons(stackName: string, reasons: Reasons): Promise<void> {
    const failures = await this.failures(stackName);
    for (const [logicalId, reason] of Object.entries(reasons)) {
      expect(failures[logicalId]).toContain(reason);
    }
  }

  /** Creates a change set; returns what identifies it. */
  async changeSet(
    stackName: string,
    template: Resources,
    props: Partial<CreateChangeSetCommandInput> = {},
  ): Promise<ChangeSetId> {
    const id = {
      StackName: stackName,
      ChangeSetName: props.ChangeSetName ?? `set-${randomUUID()}`,
    };
    await this.cloudFormation.createChangeSet({
      ...CAPABILITIES,
      ...props,
      ...id,
      TemplateBody: JSON.stringify(template),
    });
    return id;
  }

  /** Creates and executes a change set; returns its changes, none if there is nothing to change. */
  async execute(
    stackName: string,
    template: Resources,
    props: Partial<CreateChangeSetCommandInput> = {},
  ): Promise<ResourceChange[]> {
    const changeSet = await this.changeSet(stackName, template, props);
    const { Status, Changes = [] } = await this.cloudFormation.describeChangeSet(changeSet);
    if (Status !== 'FAILED') await this.cloudFormation.executeChangeSet(changeSet);
    return Changes.map(({ ResourceChange }) => ResourceChange ?? {});
  }

  /** Status of a stack at the end of its operation, which may outlast its answer; `undefined` without a stack. */
  async statusOf(stackName: string): Promise<string | undefined> {
    const readStatus = async () => {
      const { Stacks = [] } = await this.cloudFormation.describeStacks({});
      return Stacks.find(({ StackName }) => StackName === stackName)?.StackStatus;
    };
    return await until(readStatus, (status) => !isInProgress(status));
  }

  private async describe(stackName: string): Promise<Stack | undefined> {
    const { Stacks = [] } = await this.cloudFormation.describeStacks({ StackName: stackName });
    return Stacks[0];
  }

  /** Physical id of a resource of a stack. */
  async physicalId(stackName: string, logicalId: string): Promise<string | undefined> {
    const { StackResources = [] } = await this.cloudFormation.describeStackResources({
      StackName: stackName,
      LogicalResourceId: logicalId,
    });
    return StackResources[0]?.PhysicalResourceId;
  }

  async parameters(stackName: string): Promise<Record<string, string>> {
    const stack = await this.describe(stackName);
    const values: Record<string, string> = {};
    for (const { ParameterKey = '', ParameterValue = '' } of stack?.Parameters ?? []) {
      values[ParameterKey] = ParameterValue;
    }
    return values;
  }

  async outputs(stackName: string): Promise<Record<string, string>> {
    const stack = await this.describe(stackName);
    const values: Record<string, string> = {};
    for (const { OutputKey = '', OutputValue = '' } of stack?.Outputs ?? []) {
      values[OutputKey] = OutputValue;
    }
    return values;
  }

  /** Newest reason of each failed resource, by logical id. */
  async failures(stackName: string): Promise<Record<string, string>> {
    const { StackEvents: newestFirst = [] } = await this.cloudFormation.describeStackEvents({ StackName: stackName });
    const reasons: Record<string, string> = {};
    for (const { LogicalResourceId = '', ResourceStatus = '', ResourceStatusReason = '' } of newestFirst) {
      if (ResourceStatus.endsWith('_FAILED')) reasons[LogicalResourceId] ??= ResourceStatusReason;
    }
    return reasons;
  }
}
