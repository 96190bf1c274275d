import { channel } from 'node:diagnostics_channel';
import { showProgress } from './masked-output';

/** A step of a release that begins. */
export interface ReleaseStep {
  readonly name: 'check' | 'migrate' | 'deploy' | 'wait';
  /** Its line of progress. */
  readonly line: string;
}

/** Name of the channel on which a release publishes its steps, for code that is loaded into the same process. */
export const RELEASE_STEPS = 'prooflink.release.steps';

const steps = channel(RELEASE_STEPS);

/** Shows and publishes a step that begins. */
export function beginStep(step: ReleaseStep): void {
  showProgress(step.line);
  steps.publish(step);
}
