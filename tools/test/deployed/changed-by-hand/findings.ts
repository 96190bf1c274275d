import type { Template } from '@infra/common/template';
import { findChangesByHand } from '../../../deployed/changed-by-hand/changed-by-hand';
import { environmentWith } from '../../operate/health/aws-answers';
import { type Answers, whileAwsAnswers } from '../../support/answer-commands';

type Resources = Template['Resources'];

/** Command that overwrites changes by hand with the template. */
export const REDEPLOY = 'npx cdk deploy ProoflinkProd --revert-drift';

interface StackState {
  /** UPDATE_COMPLETE, unless stated. */
  readonly stackStatus?: string;
  /** Physical ids by logical ids: a logical id in lower case, unless stated. */
  readonly physicalIds?: Readonly<Record<string, string>>;
}

/** Findings on prod's resources by their logical ids, or of their types, while AWS answers. */
export async function findingsOn(
  idsOrTypes: readonly string[],
  aws: Answers,
  resources: Resources,
  { stackStatus = 'UPDATE_COMPLETE', physicalIds: ownIds = {} }: StackState = {},
) {
  const logicalIds = Object.keys(resources);
  const physicalIds = new Map(logicalIds.map((logicalId) => [logicalId, ownIds[logicalId] ?? logicalId.toLowerCase()]));
  const { environment } = environmentWith({
    description: { StackStatus: stackStatus },
    resources: { template: { Resources: resources }, physicalIds },
  })();
  // The target group is as AWS makes one where the template is silent.
  const healthCheck = { DescribeTargetGroups: { TargetGroups: [{}] } };
  return await whileAwsAnswers({ ...healthCheck, ...aws }, () =>
    findChangesByHand(
      environment,
      ({ logicalId, type }) => idsOrTypes.includes(logicalId) || idsOrTypes.includes(type),
    ),
  );
}

/** CloudFormation's comparison of a resource. */
export const drift = (StackResourceDrift: object) => ({ DetectStackResourceDrift: { StackResourceDrift } });

/** CloudFormation's answer for a resource that is as deployed. */
export const IN_SYNC = drift({ StackResourceDriftStatus: 'IN_SYNC' });

/** Error of AWS for a resource that it does not find. */
export const notFound = (name: string) => Object.assign(new Error(), { name });
