import { referredTo } from '../shared/reading';
import { constructPath, type Resource } from '../shared/template';
import { join, say } from '../shared/words';
import { deletionPolicy, holdsData, policyStrength } from './data';
import type { Effect } from './model';
import { resourceOf, type Sides } from './sides';

/** A custom resource that goes, or no longer names what it did, has its handler delete: a bucket may be emptied so. */
export function deleteHandler(old: Resource, now: Resource | undefined, { base, readers }: Sides): Effect[] {
  const { Type, Properties = {} } = old;
  if (!/^(Custom::|AWS::CloudFormation::CustomResource$)/.test(Type)) return [];
  if (now === undefined && policyStrength(deletionPolicy(old)) === 2) return [];
  // The CDK's own caller of AWS's API does nothing that it was not given.
  if (Type === 'Custom::AWS' && Properties['Delete'] === undefined) return [];
  const named = (resource: Resource | undefined, side: 0 | 1) =>
    new Set(referredTo(readers[side].plain({ ...resource?.Properties, ServiceToken: undefined })));
  const still = named(now, 1);
  const about = [...named(old, 0)].filter((id) => !still.has(id));
  if (now && about.length === 0) return [];
  const dear = about.filter((id) => {
    const resource = resourceOf(base, id);
    return resource !== undefined && holdsData(resource);
  });
  const names = (dear.length > 0 ? dear : about).map((id) => {
    const resource = resourceOf(base, id);
    return say`${resource ? constructPath(id, resource) : id}`;
  });
  const what = names.length > 0 ? say`: ${join(names, ', ')}` : [];
  const says = say`It is a custom resource: its handler is told to delete, and does so to what it named${what}.`;
  return [{ level: dear.length > 0 ? 'risk' : 'weaker', says }];
}
