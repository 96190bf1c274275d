import { CONTAINER_NAME } from '@infra/commands/app';

/** A container that GuardDuty's Runtime Monitoring adds to a task. It ends well, runs no image of ours, and has a digest. */
const SIDECAR = {
  name: 'aws-guardduty-agent-x1',
  image: 'guardduty/agent:v9',
  imageDigest: 'sha256:agent',
  exitCode: 0,
  reason: 'the agent ended',
};

/** The containers of a task, or of a task definition: the application's between two that are not its own. */
export function besideOthers<Container extends object>(application: Container) {
  return [SIDECAR, { name: CONTAINER_NAME, ...application }, { ...SIDECAR, name: 'aws-guardduty-agent-x2' }];
}
