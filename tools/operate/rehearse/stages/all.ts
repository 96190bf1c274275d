import { hasDocker } from '../docker';
import type { Rehearsal, Stage } from '../rehearsal';
import { readDeployedRehearsal } from '../deployed-rehearsal';
import { Parameter } from '../../../../lib/contract';
import { words } from '../words';
import { deployAgain, deployFromNothing } from './deploy';
import { destroyStage } from './destroy';
import { changeByHand, seeAndRevertDrift } from './drift';
import { pushImages } from './images';
import { importUsers, reasonForNoImport } from './import';
import { prepareAccount } from './prepare';
import { releaseFailingImage, releaseImages } from './release';
import { firstContact, reasonForNoStop, stopAndStart } from './use';

/** Stages of a rehearsal, in their order. Their minutes are expected, not measured. */
export const STAGES: readonly Stage[] = [
  { name: 'prepare', minutes: 3, work: prepareAccount },
  { name: 'deploy', minutes: 20, work: deployFromNothing },
  { name: 'images', minutes: 5, reasonToSkip: reasonForNoImages, work: pushImages },
  { name: 'release', minutes: 10, reasonToSkip: reasonForNoImages, work: releaseImages },
  {
    name: 'import',
    minutes: 5,
    reasonToSkip: async (rehearsal) => reasonForNoImport(rehearsal) ?? (await reasonForNoVersion(rehearsal)),
    work: importUsers,
  },
  { name: 'changeByHand', minutes: 2, work: changeByHand },
  { name: 'drift', minutes: 5, work: seeAndRevertDrift },
  { name: 'failedRelease', minutes: 20, reasonToSkip: reasonForNoVersion, work: releaseFailingImage },
  { name: 'stopAndStart', minutes: 25, reasonToSkip: reasonForNoStop, work: stopAndStart },
  { name: 'firstContact', minutes: 1, work: firstContact },
  { name: 'destroy', minutes: 15, work: destroyStage('destroy') },
  { name: 'deployAgain', minutes: 20, work: deployAgain },
  { name: 'destroyAgain', minutes: 15, work: destroyStage('destroyAgain') },
];

/** Reason for which no image is pushed: the sample's are built by Docker. */
async function reasonForNoImages(): Promise<string | undefined> {
  return (await hasDocker()) ? undefined : words.skips.noDocker();
}

/** Reason for which nothing runs: no image was released. */
async function reasonForNoVersion(rehearsal: Rehearsal): Promise<string | undefined> {
  const { parameters } = await readDeployedRehearsal(rehearsal);
  const isReleased = (parameters[Parameter.appImageTag] ?? '') !== '';
  return isReleased ? undefined : words.skips.noImages();
}
