import {
  CloudFormationClient,
  CreateStackCommand,
  type DeleteStackCommandInput,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { adoptAwsVariables } from '../../src/environment';
import { type LocalAws, type LocalAwsProps, startLocalAws } from '../../src/local-aws';

export type Resources = Record<string, unknown>;

/** The answer to a request: what a caller of it needs to know of a client. */
export interface ClientProps {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** An account of a local AWS, with the few things that a test asks of CloudFormation. */
export class Account {
  private readonly cloudFormation: CloudFormationClient;

  private constructor(
    readonly aws: LocalAws,
    /** What any client of the SDK needs. */
    readonly client: ClientProps,
  ) {
    this.cloudFormation = new CloudFormationClient(client);
  }

  static async open(props: LocalAwsProps = {}): Promise<Account> {
    const aws = await startLocalAws(props);
    // The SDK reads the files of whoever runs the test, too, unless it is told of others.
    adoptAwsVariables(process.env, aws.env);
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    return new Account(aws, { endpoint: aws.endpoint, region: 'ap-northeast-1', credentials });
  }

  /** Creates a stack of these resources; returns how that ended. */
  async create(StackName: string, Resources: Resources): Promise<string | undefined> {
    await this.cloudFormation.send(new CreateStackCommand({ StackName, TemplateBody: JSON.stringify({ Resources }) }));
    return this.statusOf(StackName);
  }

  async update(StackName: string, Resources: Resources): Promise<string | undefined> {
    await this.cloudFormation.send(new UpdateStackCommand({ StackName, TemplateBody: JSON.stringify({ Resources }) }));
    return this.statusOf(StackName);
  }

  /** Deletes a stack; returns `undefined` once it is gone. */
  async remove(StackName: string, more: Omit<DeleteStackCommandInput, 'StackName'> = {}): Promise<string | undefined> {
    await this.cloudFormation.send(new DeleteStackCommand({ StackName, ...more }));
    return this.statusOf(StackName);
  }

  async statusOf(name: string): Promise<string | undefined> {
    const { Stacks = [] } = await this.cloudFormation.send(new DescribeStacksCommand({}));
    return Stacks.find(({ StackName }) => StackName === name)?.StackStatus;
  }

  /** Why resources of a stack failed, the newest reason of each, by logical id. */
  async failures(StackName: string): Promise<Record<string, string>> {
    const { StackEvents = [] } = await this.cloudFormation.send(new DescribeStackEventsCommand({ StackName }));
    const failed = StackEvents.filter(({ ResourceStatus = '' }) => ResourceStatus.endsWith('_FAILED'));
    const reasons = failed.map((event) => [event.LogicalResourceId ?? '', event.ResourceStatusReason ?? '']);
    return Object.fromEntries(reasons.reverse()) as Record<string, string>;
  }
}
