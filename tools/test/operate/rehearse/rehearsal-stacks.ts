import { readAssembly } from '@infra/common/assembly';
import { SecretMask } from '@infra/common/secret-mask';
import { REHEARSAL } from '../../../operate/rehearse/environment';
import { rehearsalConfig } from '../../../operate/rehearse/rehearsal-config';
import { dev, prod } from '../../../../test/support/configs';
import { synthesize } from '../../../../test/support/synth';
import type { Place } from '../../../operate/rehearse/place';

export const PLACE: Place = { account: '123456789012', region: 'ap-northeast-1' };
export const ARN = `arn:aws:cloudformation:${PLACE.region}:${PLACE.account}:stack/ProoflinkRehearsal/1-2-3`;
export const DEV_ARN = ARN.replace('ProoflinkRehearsal', 'ProoflinkDev');

/** Folder of the assembly that tools/operate/rehearse/app.ts makes of the guide's environments. */
export function synthesizeRehearsalOfTests(): string {
  const config = rehearsalConfig({ dev, prod }, PLACE.account);
  if (!config) throw new Error('dev may be deleted');
  return synthesize({ [REHEARSAL]: config });
}

export function stacksIn(folder: string) {
  return readAssembly(folder, new SecretMask()).stacks;
}

/** The rehearsal's stack as DescribeStacks answers it. */
export function describedStack(fields: object = {}) {
  return {
    StackName: 'ProoflinkRehearsal',
    StackId: ARN,
    StackStatus: 'CREATE_COMPLETE',
    Tags: [
      { Key: 'Project', Value: 'ProofLink' },
      { Key: 'Rehearsal', Value: '2026-11-29-abcdef' },
      { Key: 'RehearsalStart', Value: '2026-11-29T03:00:00.000Z' },
    ],
    ...fields,
  };
}
