import type { Template } from '@infra/common/template';
import { findChangesByHand } from '../../src/changed-by-hand/changed-by-hand';
import { environmentWith } from '../health/aws-answers';
import { type Answers, whileAwsAnswers } from '@infra/operate/test/support/answer-commands';

/** Command that overwrites changes by hand with the template. */
export const REVERT = 'npm run prooflink -- revert-drift prod';

/** Findings on resources of prod, while AWS answers. The physical ids are the logical ones in lower case. */
export async function findingsOn(resources: Template['Resources'], aws: Answers) {
  const physicalIds = new Map(Object.keys(resources).map((logicalId) => [logicalId, logicalId.toLowerCase()]));
  const { environment } = environmentWith({
    description: { StackStatus: 'UPDATE_COMPLETE' },
    resources: { template: { Resources: resources }, physicalIds },
  })();
  return await whileAwsAnswers(aws, () => findChangesByHand(environment));
}

/** CloudFormation's comparison of a resource. */
export const drift = (StackResourceDrift: object) => ({ DetectStackResourceDrift: { StackResourceDrift } });

/** CloudFormation's answer for a resource that is as deployed. */
export const IN_SYNC = drift({ StackResourceDriftStatus: 'IN_SYNC' });
export const DELETED = drift({ StackResourceDriftStatus: 'DELETED' });
