import type { StackEvent } from '@aws-sdk/client-cloudformation';
import type { Message } from '@infra/common/message';
import { firstLineOf, withoutRepeated } from '@infra/common/words';
import type { Environment } from '@infra/operate/deployed/environment';
import { physicalIdOf } from '@infra/operate/deployed/deployed-stack';
import { parseImageUri } from '@infra/operate/deployed/image-uri';
import { stopReasonOf } from '@infra/operate/deployed/stop-reason';
import { readTaskFailures } from '@infra/operate/deployed/task-failures';
import { describeService } from '@infra/operate/deployed/web-service';
import { imageTagOf } from '@infra/operate/deployed/web-state';
import { Part } from '@infra/commands/app';
import { isInRegistry, pushOrRelease } from './containers/image';
import { WEB_TASKS } from './containers/container-kind';
import { words as containerWords } from './containers/words';
import { tagInUri } from './image-tag';
import { adviceOnReasons } from './web/advice';
import { eventsOnFault } from './web/service-events';
import { lastLinesOf, logText } from './web/task-failures';
import { words } from './words';

/** Cause of a failed deployment. */
interface CauseOfFailure {
  /** Sentences on the cause; none if AWS gives none. */
  readonly reasons: readonly (Message | undefined)[];
  /** `undefined`: CloudFormation's own events are the advice. */
  readonly fix?: string;
}

/** A deployment of the stack that failed. */
interface FailedDeployment {
  /** Its events, the newest first. */
  readonly events: readonly StackEvent[];
  /** URI of the web image that it was to bring; `undefined` if it brought no other version. */
  readonly image: string | undefined;
}

/** Finds the cause in CloudFormation's events of the deployment, in the tasks of its version, in ECS's events, and in ECR. */
export async function findCauseOfFailure(
  environment: Environment,
  { events, image }: FailedDeployment,
): Promise<CauseOfFailure> {
  const failure = resourceThatFailedFirst(events);
  const ofVersion = image === undefined ? undefined : await findCauseOfVersion(environment, events, image);
  const isWebService = failure?.PhysicalResourceId === physicalIdOf(environment, Part.webService);
  // CloudFormation says of the web service only that its deployment failed.
  const isExplained = isWebService && ofVersion?.fix !== undefined;
  const ofResource = failure === undefined || isExplained ? [] : [describeFailedResource(failure)];
  return { reasons: [...ofResource, ...(ofVersion?.reasons ?? [])], fix: ofVersion?.fix };
}

/** Reason of CloudFormation for the resources that fail since another one has. */
const CANCELLED = /cancelled/i;

/** The event of the resource that failed first. */
function resourceThatFailedFirst(eventsNewestFirst: readonly StackEvent[]): StackEvent | undefined {
  return eventsNewestFirst.findLast(({ ResourceStatus = '', ResourceStatusReason = '', ...event }) => {
    const isStack = event.PhysicalResourceId === event.StackId;
    return ResourceStatus.endsWith('_FAILED') && !isStack && !CANCELLED.test(ResourceStatusReason);
  });
}

/** The message of AWS's service in CloudFormation's reason, which has the ids of a request around it. */
const SERVICE_MESSAGE = /^Resource handler returned message: "(.+)" \(RequestToken: /;

function describeFailedResource(failure: StackEvent): Message {
  const { LogicalResourceId: logicalId = '', ResourceType: type = '', ResourceStatusReason = '' } = failure;
  const firstLine = firstLineOf(ResourceStatusReason);
  const [, reason = firstLine] = SERVICE_MESSAGE.exec(firstLine) ?? [];
  return words.deployment.resourceFailed({ logicalId, type, reason });
}

/** Finds the cause in the version: ECR does not have its image, or its tasks fail. */
async function findCauseOfVersion(
  environment: Environment,
  events: readonly StackEvent[],
  image: string,
): Promise<CauseOfFailure | undefined> {
  const missingImage = await findMissingImage(environment, image);
  // Another question reports a refusal of ECS.
  return missingImage ?? (await findTaskFailure(environment, events, image).catch(() => undefined));
}

async function findMissingImage(environment: Environment, image: string): Promise<CauseOfFailure | undefined> {
  const name = parseImageUri(image);
  // Another question reports a refusal of ECR.
  const isThere = await isInRegistry(environment, name).catch(() => true);
  if (name.repositoryName === '' || isThere) return undefined;
  const { repositoryName, reference } = name;
  return {
    reasons: [containerWords.image.isGone({ containers: WEB_TASKS.pluralName, repositoryName, reference })],
    fix: pushOrRelease(environment, WEB_TASKS, repositoryName),
  };
}

/** The clock of CloudFormation and that of ECS may differ by so much. */
const CLOCK_DIFFERENCE_MS = 60_000;

async function findTaskFailure(
  environment: Environment,
  events: readonly StackEvent[],
  image: string,
): Promise<CauseOfFailure> {
  const imageTag = tagInUri(image);
  const startMs = timeOf(events.at(-1)) - CLOCK_DIFFERENCE_MS;
  const endMs = timeOf(events[0]) + CLOCK_DIFFERENCE_MS;
  const failures = await readTaskFailures(environment, startMs);
  const lastFailure = failures.find((task) => imageTagOf(task) === imageTag);
  const serviceEvents = eventsOnFault(await describeService(environment), startMs, endMs);
  const stopReason = lastFailure === undefined ? '' : stopReasonOf(lastFailure);
  const knownReason = lastFailure?.stoppedReason;
  const event = serviceEvents.find((text) => knownReason === undefined || !text.includes(knownReason));
  const texts = withoutRepeated([stopReason, event]);
  if (texts.length === 0) return { reasons: [words.deployment.noTaskListed({ imageTag })] };
  const lines = await lastLinesOf(environment, lastFailure);
  return {
    reasons: [words.deployment.tasksFailed({ imageTag, reasons: texts }), logText(lines)],
    fix: await adviceOnReasons(environment, [...texts, ...lines]),
  };
}

function timeOf(event: StackEvent | undefined): number {
  return event?.Timestamp?.getTime() ?? 0;
}
