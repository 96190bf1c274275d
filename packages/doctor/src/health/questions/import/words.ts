import { messagesOf } from '@infra/commands/messages';
import { ja } from './ja';
import { countText, type Numbers, type Texts } from '@infra/common/words';

/** Sentences of the questions on import jobs and their queue, in English. */
export const en = {
  queue: {
    statement: 'The queue takes jobs',
    takesNoJobs: ({ faults }: Texts<'faults'>) => `Import jobs stay RUNNABLE: ${faults}.`,
    /** Faults. */
    isGone: 'the queue is gone',
    queueIs: ({ state }: Texts<'state'>) => `the queue is ${state}`,
    computeEnvironmentIs: ({ state }: Texts<'state'>) => `the compute environment is ${state}`,
    fewerVcpus: ({ maximumVcpus, configuredVcpus }: Numbers<'maximumVcpus' | 'configuredVcpus'>) =>
      `all jobs together may have ${maximumVcpus} vCPUs, not ${configuredVcpus}`,
    validateAgain: ({ command }: Texts<'command'>) =>
      `what its reason names, such as a role or a subnet that is gone, and then: ${command}`,
  },

  start: {
    statement: 'Import jobs start',
    /** @param reason - Reason of AWS Batch, which may be empty. */
    stuck: ({ jobCount, since, reason }: Texts<'since' | 'reason'> & Numbers<'jobCount'>) =>
      `${countText(jobCount, 'import job')} RUNNABLE, since ${since}. ${reason}`.trim(),
    wait: ({ environmentName }: Texts<'environmentName'>) =>
      `wait until others are done, or raise userImport.maxvCpus in lib/config/${environmentName}.ts`,
  },

  lastImport: {
    statement: "ProofLink's own import runs to its end",
    none: ({ imageTag, jobDefinition }: Texts<'imageTag' | 'jobDefinition'>) =>
      `${imageTag} (${jobDefinition}): none has run within a week.`,
    succeeded: ({ imageTag, jobDefinition, time }: Texts<'imageTag' | 'jobDefinition' | 'time'>) =>
      `${imageTag} (${jobDefinition}): the last one ended well, ${time}.`,
    failed: ({ jobName, time, reason }: Texts<'jobName' | 'time' | 'reason'>) =>
      `The import ${jobName} failed at ${time}: ${reason}.`,
    withExitCode: ({ reason, exitCode }: Texts<'reason'> & Numbers<'exitCode'>) => `${reason}, exit code ${exitCode}`,
    /** Fixes. */
    noLog: ({ importCommand }: Texts<'importCommand'>) =>
      'set right what the reason above names, such as a missing image or secret: the job did not start, and has no log. ' +
      `Then: ${importCommand}`,
    readLog: ({ logCommand }: Texts<'logCommand'>) => `what its log says: ${logCommand}`,
  },
};

/** Sentences of the questions on import jobs and their queue, in the language of this process. */
export const words = messagesOf({ en, ja });
