import { migrationDoubt } from '../shared/health/web-service';
import { alarmsPart } from '../shared/health/alarms';
import { stackPart } from '../shared/health/stack';
import { cause, type Found } from './check';
import type { Facts } from './facts';

/** What is no fault, and explains why less runs than one might expect. */
export async function statesOf({ config, hasImage, hours, isUnderway, service: ask, stack }: Facts): Promise<string[]> {
  const service = await ask().catch(() => undefined);
  const isRolling = service?.deployments?.some(({ rolloutState }) => rolloutState === 'IN_PROGRESS');
  const rests = config.officeHours && hasImage && service?.desiredCount === 0;
  const sleeps = rests ? await hours().catch(() => undefined) : undefined;
  return [
    isUnderway ? `A deployment is underway (${stack.description.StackStatus ?? ''}): ask again after it.` : '',
    isRolling
      ? `A deployment of the web tasks is underway: npm run prooflink -- status ${stack.environment} tells when it ends.`
      : '',
    hasImage ? '' : 'There was no release yet: no web task runs, and no image is expected.',
    migrationDoubt(stack) ?? '',
    sleeps?.wrong.length === 0 ? `It sleeps: ${sleeps.rows[0]?.[1] ?? ''}.` : '',
  ].filter(Boolean);
}

export async function lastDeployment({ stack }: Facts): Found {
  const { StackName = '', StackStatus = '' } = stack.description;
  if ((await stackPart(stack)).wrong.length === 0) return undefined;
  const says = `The last deployment failed: ${StackName} is ${StackStatus}.`;
  return cause(says, `what it says: npx cdk --unstable=diagnose diagnose ${StackName}`);
}

export async function alarms({ stack }: Facts): Found {
  const { wrong } = stack.ids('AWS::CloudWatch::Alarm').length > 0 ? await alarmsPart(stack) : { wrong: [] };
  if (wrong.length === 0) return undefined;
  return cause(wrong.join(' '), `why it rings: npm run prooflink -- status ${stack.environment}`);
}
