import type { Resource } from '@infra/common/template';
import { stableJson } from '@infra/common/values';
import type { BeforeAndAfter } from '../model/entry';

/** Types of which the CDK makes another resource for each deployment, and the message that names them. */
export const NEW_ID_PER_REVISION: ReadonlyMap<string, 'noun.api' | 'noun.function'> = new Map([
  ['AWS::ApiGateway::Deployment', 'noun.api'],
  ['AWS::ApiGatewayV2::Deployment', 'noun.api'],
  ['AWS::Lambda::Version', 'noun.function'],
]);

/** Properties that name what a revision belongs to. */
const OWNER_PROPERTIES = ['RestApiId', 'ApiId', 'FunctionName'];

type Resources = ReadonlyMap<string, Resource>;

/** Logical IDs of revisions that another one of the same owner follows or precedes. */
export function findSuccessions({ before, after }: BeforeAndAfter<Resources>): ReadonlySet<string> {
  const removed = revisionsOnlyIn(before, after);
  const added = revisionsOnlyIn(after, before);
  const successions = new Set<string>();
  for (const [owner, removedIds] of removed) {
    const addedIds = added.get(owner) ?? [];
    if (addedIds.length === 0) continue;
    for (const id of [...removedIds, ...addedIds]) successions.add(id);
  }
  return successions;
}

/** Logical IDs of the revisions that only one side has, by their type and owner. */
function revisionsOnlyIn(resources: Resources, otherResources: Resources): Map<string, string[]> {
  const idsByOwner = new Map<string, string[]>();
  for (const [id, resource] of resources) {
    if (otherResources.has(id) || !NEW_ID_PER_REVISION.has(resource.Type)) continue;
    const owner = ownerOf(resource);
    idsByOwner.set(owner, [...(idsByOwner.get(owner) ?? []), id]);
  }
  return idsByOwner;
}

function ownerOf({ Type, Properties = {} }: Resource): string {
  const owners = OWNER_PROPERTIES.map((property) => Properties[property]);
  return stableJson([Type, owners]);
}
