import { groupBy } from '@infra/common/values';
import type { Environment } from '../../../deployed/environment';
import { changedByHand, sayChange, TABLE } from '../../../deployed/changed-by-hand/changed-by-hand';
import { COMPARED_BY_CLOUDFORMATION } from '../../../deployed/changed-by-hand/drift';
import { cause, look, wrong } from '../question';

/** Beginning of a physical id that is an ARN. */
const ARN = /^arn:([^:]*:){4}/;
const TYPES = [...new Set([...Object.keys(TABLE), ...COMPARED_BY_CLOUDFORMATION])];

/** Consequence of a change of a resource, for readers who do not know AWS. */
const FOR: Readonly<Record<string, string>> = {
  'AWS::ApplicationAutoScaling::ScalableTarget': ' It bounds the number of web tasks.',
  'AWS::EC2::VPC': ' Its tasks find the database and AWS by names that it resolves.',
  'AWS::ElasticLoadBalancingV2::Listener': ' It leads users to the web tasks.',
  'AWS::Scheduler::Schedule': ' It stops or starts the environment.',
};

/** Behind the questions that name a cause, before those that blame the application. */
export const BY_HAND = [cause('by-hand', 'Nothing was changed by hand', byHand)];

async function byHand(environment: Environment) {
  const { changes, notCompared } = await changedByHand(environment, TYPES);
  const says = [...groupBy(changes, ({ physicalId }) => physicalId)].map(
    ([id, of]) =>
      `${id.replace(ARN, '')} (${of[0]?.type ?? ''}): ${of.map(sayChange).join(', ')}.${FOR[of[0]?.type ?? ''] ?? ''}`,
  );
  if (says.length > 0) return wrong(says.join('\n'), [...new Set(changes.map(({ fix }) => fix))].join('\n'));
  const unknown = [...new Set(notCompared.map(({ type, reason }) => `${type} (${reason})`))].join(', ');
  return unknown === '' ? undefined : look(`Not compared: ${unknown}.`);
}
