import {
  type Change,
  type DescribeChangeSetOutput,
  type Replacement,
  type ResourceChange,
  type ResourceChangeDetail,
} from '@aws-sdk/client-cloudformation';
import { constructPath } from '@infra/common/template';
import { CannotTellError } from '@infra/common/outcome';
import { parseJson } from '@infra/common/values';
import { awsCommand } from '@infra/operate/deployed/printed-commands';
import { askPatiently, waitFor } from '@infra/operate/deployed/wait';
import { type Beginning, previousParameters, StackOperation } from '@infra/operate/release/stack-operation';
import { optionsOf } from '../changed-by-hand/aws-cli-options';
import { words } from './words';

const SECONDS_BETWEEN_LOOKS = 2;

/** CloudFormation reads each resource of the stack before it has made the change set. */
const LIMIT_MINUTES = 30;

/** CloudFormation's reason for the failure of a change set without a change. */
const WITHOUT_CHANGES = /didn't contain changes|No updates are to be performed/;

/** A property that a change set would change. */
export interface PlannedProperty {
  readonly name: string;
  /** Actual value, and the template's; `undefined` if CloudFormation does not name it. */
  readonly actual: unknown;
  readonly expected: unknown;
}

/** A resource that a change set would change. */
export interface PlannedChange {
  readonly type: string;
  /** Path of its construct in the stack. */
  readonly path: string;
  /** True for a resource that was deleted, and is created again. */
  readonly isCreated: boolean;
  /** True if the resource is as deployed: it follows another one that is changed. */
  readonly isInSync: boolean;
  /** `Conditional`: CloudFormation decides while it changes the resource. */
  readonly replacement?: Replacement;
  readonly properties: readonly PlannedProperty[];
}

/**
 * A change set that reverts drift: it deploys the template and the parameters that are deployed already, and compares them
 * with the resources themselves.
 */
export class DriftChangeSet extends StackOperation {
  private get names() {
    return { StackName: this.stack.details.StackName, ChangeSetName: `revert-drift-${this.token}` };
  }

  /** Creates the change set, and returns what it would change. */
  public async create(): Promise<PlannedChange[]> {
    const { Tags, NotificationARNs } = this.stack.details;
    await this.cloudFormation.createChangeSet({
      ...this.names,
      ChangeSetType: 'UPDATE',
      UsePreviousTemplate: true,
      Parameters: previousParameters(this.stack),
      // Without them, the update would take them off the stack.
      Tags,
      NotificationARNs,
      Capabilities: ['CAPABILITY_NAMED_IAM'],
      DeploymentMode: 'REVERT_DRIFT',
    });
    const { Status, StatusReason = Status ?? '' } = await this.waitUntilCreated();
    if (Status === 'CREATE_COMPLETE') return await this.readChanges();
    if (WITHOUT_CHANGES.test(StatusReason)) return [];
    throw new CannotTellError(words.noChangeSet({ reason: StatusReason }));
  }

  public async execute(): Promise<Beginning> {
    return await this.begin(() => {
      return this.cloudFormation.executeChangeSet({ ...this.names, ClientRequestToken: this.token });
    });
  }

  public async delete(): Promise<void> {
    await this.cloudFormation.deleteChangeSet(this.names);
  }

  /** Command that deletes it. */
  public get deletion(): string {
    return awsCommand(this.stack.region, 'cloudformation delete-change-set', optionsOf(this.names));
  }

  private async waitUntilCreated(): Promise<DescribeChangeSetOutput> {
    const { StackName: stackName = '' } = this.stack.details;
    return await waitFor({
      goal: words.changeSet,
      minutes: LIMIT_MINUTES,
      secondsBetweenLooks: SECONDS_BETWEEN_LOOKS,
      showLine: this.showLine,
      // eslint-disable-next-line aws/all-pages -- every page has the status
      look: () => askPatiently(() => this.cloudFormation.describeChangeSet(this.names), this.showLine),
      isReached: ({ Status = '' }) => !/^CREATE_(PENDING|IN_PROGRESS)$/.test(Status),
      describe: () => words.compare({ stackName }),
    });
  }

  private async readChanges(): Promise<PlannedChange[]> {
    const changes: PlannedChange[] = [];
    const request = { ...this.names, IncludePropertyValues: true };
    for await (const { Changes = [] } of this.cloudFormation.paginateDescribeChangeSet(request)) {
      changes.push(...Changes.flatMap((change) => this.plannedChange(change)));
    }
    return changes;
  }

  /** One change, or none if only CloudFormation's own record is brought in line with the resource. */
  private plannedChange({ ResourceChange: change }: Change): PlannedChange[] {
    if (!change || change.Action === 'SyncWithActual') return [];
    const { LogicalResourceId = '', ResourceType: type = '', Action, ResourceDriftStatus } = change;
    const resource = this.stack.template.Resources[LogicalResourceId] ?? { Type: type };
    return [
      {
        type,
        path: constructPath(LogicalResourceId, resource),
        isCreated: Action === 'Add' || ResourceDriftStatus === 'DELETED',
        isInSync: ResourceDriftStatus === 'IN_SYNC',
        replacement: change.Replacement,
        properties: plannedProperties(change),
      },
    ];
  }
}

function plannedProperties({ Details = [] }: ResourceChange): PlannedProperty[] {
  const properties = new Map<string, PlannedProperty>();
  for (const { Target = {} } of Details.filter(isChanged)) {
    const name = Target.Name ?? Target.Attribute ?? '';
    properties.set(name, { name, actual: valueOf(Target.BeforeValue), expected: valueOf(Target.AfterValue) });
  }
  return [...properties.values()];
}

function isChanged({ Target }: ResourceChangeDetail): boolean {
  return Target?.AttributeChangeType !== 'SyncWithActual';
}

/** The value of a text, which is JSON unless the value is a text itself. */
function valueOf(text: string | undefined): unknown {
  return text === undefined ? undefined : (parseJson(text) ?? text);
}
