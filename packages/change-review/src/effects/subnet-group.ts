import type { Resource } from '@infra/common/template';
import { wordsOf } from '../messages';
import { listOf } from '../messages/words';
import { isCertain } from '../model/entry';
import type { Effect } from '../model/finding';
import { nameReferredToBy, namesReferredToIn } from '../read/normalized-text';
import { nameOf, type StackComparison } from '../read/stack-comparison';

const SUBNET_GROUP = 'AWS::RDS::DBSubnetGroup';

/** Effect of a subnet that leaves the group of a database, or is replaced: RDS refuses that while the database is in it. */
export function subnetGroupEffects(id: string, comparison: StackComparison): Effect[] {
  const before = comparison.resources.before.get(id);
  const after = comparison.resources.after.get(id);
  if (before?.Type !== SUBNET_GROUP || !after || !hasDatabase(id, comparison)) return [];
  const subnetsAfter = new Set(subnetsOf(after));
  const leavingSubnets = subnetsOf(before).filter((subnet) => {
    return !subnetsAfter.has(subnet) || isCertain(comparison.replacements.get(subnet));
  });
  if (leavingSubnets.length === 0) return [];
  const names = leavingSubnets.map((subnet) => nameOf(subnet, comparison));
  return [{ level: 'fails', sentence: wordsOf('subnetInUse', { subnets: listOf(names) }) }];
}

function subnetsOf({ Properties = {} }: Resource): string[] {
  return namesReferredToIn(Properties['SubnetIds']);
}

/** True if a database stays in the group. */
function hasDatabase(groupId: string, { resources, replacements }: StackComparison): boolean {
  return [...resources.before].some(([id, resource]) => {
    const stays = resources.after.has(id) && !isCertain(replacements.get(id));
    return stays && nameReferredToBy(resource.Properties?.['DBSubnetGroupName']) === groupId;
  });
}
