import type { Numbers } from '@infra/common/words';
import { messagesOf } from '@infra/commands/messages';
import { ja } from './ja';

/** Texts in the helps of the commands that people call, in English, by command. */
export const en = {
  health: {
    /** Progress in a terminal. */
    comparing: ({ comparedCount, resourceCount }: Numbers<'comparedCount' | 'resourceCount'>) =>
      `${comparedCount} of ${resourceCount} resources are compared.`,
    exitCodes: {
      0: 'it is well, or sleeps as it should',
      1: 'something is wrong',
      2: 'not all could be asked, or a deployment is underway',
    },
  },
  status: {
    summary: 'Reports how an environment is.',
    details: 'Versions, health, hours, deployments, alarms, imports.',
  },
  doctor: {
    summary: 'Names the first cause why an environment is not well.',
    details: `Walks from the outside in: domain, load balancer, web
tasks, database, user import, last deployment, costs; says
what fixes it, and what it could not ask. It only reads.`,
  },
  drift: {
    summary: 'Reports in Markdown what somebody changed by hand.',
    exitCodes: {
      0: 'no drift',
      1: 'drift',
      2: 'not known',
    },
    stack: 'the stack, e.g. ProoflinkDev',
  },
  revertDrift: {
    summary: 'Changes back what somebody changed by hand.',
    details: `Executes a change set with the template that is deployed,
never with lib/config: shows it, and asks first. Names what
CloudFormation does not compare, with its commands. AWS executes
a change set as a whole: with --only, one that would change
another part is refused.`,
    exitCodes: {
      0: 'changed back, or there was nothing',
      1: 'failed, and was rolled back',
      2: 'refused, and nothing was touched',
      3: 'begun, and the outcome is not known',
    },
    only: 'part that it may change, by its construct path; repeat it',
    yes: 'do not ask',
  },
  /** Option `--json`. */
  forPrograms: 'print it for a program',
};

/** Texts in the helps of the commands that people call, in the language of this process. */
export const words = messagesOf({ en, ja });
