import type { SecurityGroup } from '@aws-sdk/client-ec2';
import { textsInTemplate } from '@infra/operate/deployed/deployed-resources';
import type { Environment } from '@infra/operate/deployed/environment';
import { readSecurityGroups } from '@infra/operate/deployed/network';
import { Part, type StackPart } from '@infra/commands/app';
import { namesOfGroups } from './security-group-path';
import { words } from './words';

/** A part of the stack that has security groups. */
interface PartWithGroups {
  readonly part: StackPart;
  /** Names of the template's properties that lead to the list of its groups. */
  readonly keysOfGroups: readonly string[];
}

export const LOAD_BALANCER: PartWithGroups = { part: Part.loadBalancer, keysOfGroups: ['SecurityGroups'] };

export const WEB_SERVICE: PartWithGroups = {
  part: Part.webService,
  keysOfGroups: ['NetworkConfiguration', 'AwsvpcConfiguration', 'SecurityGroups'],
};

export const DATABASE: PartWithGroups = { part: Part.database, keysOfGroups: ['VPCSecurityGroups'] };

/**
 * A sentence on a part that lacks a group of the stack and has others in its place; `undefined` if it has the stack's own.
 * Another group must not be opened for the part: it may be the database's.
 *
 * @param groups - Security groups that the part has.
 */
export async function describeOtherGroups(
  environment: Environment,
  { part, keysOfGroups }: PartWithGroups,
  groups: readonly SecurityGroup[],
): Promise<string | undefined> {
  const ownGroupIds = textsInTemplate(environment, part, keysOfGroups);
  const missingIds = ownGroupIds.filter((id) => !groups.some(({ GroupId }) => GroupId === id));
  if (missingIds.length === 0) return undefined;
  const missingGroups = await readSecurityGroups(environment, missingIds);
  return words.path.otherGroups({
    resource: part.path,
    groups: namesOfGroups(groups),
    ownGroups: namesOfGroups(missingGroups),
  });
}
