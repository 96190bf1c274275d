import { countText } from '@infra/common/words';

/**
 * Sentences of the commands of this folder, in English, by command: those that were written since a second language is
 * planned. Older sentences stand where they are printed.
 */
export const en = {
  drift: {
    unknownStack: ({ stackName, stackNames }: { readonly stackName: string; readonly stackNames: readonly string[] }) =>
      `lib/config has no stack ${stackName}, but: ${stackNames.join(', ')}.`,
    /** Headlines of a report. */
    changed: ({ resourceCount, stack }: { readonly resourceCount: number; readonly stack: string }) =>
      `${countText(resourceCount, 'resource')} of ${stack} ${resourceCount === 1 ? 'is' : 'are'} not as deployed.`,
    unknown: ({ stack }: { readonly stack: string }) => `Whether ${stack} is as deployed could not be told.`,
    asDeployed: ({ stack }: { readonly stack: string }) => `${stack} is as deployed.`,
    nothingKnown: 'Drift could not be looked for, so nothing is known.',
    /** Titles of lists of resources and properties. */
    couldNotBeCompared: 'Could not be compared',
    notCounted: 'Not counted',
    onlyAwsKnows: 'Only AWS knows what the template says of',
    nothingCompares: 'Nothing compares',
    advice:
      'To keep a change, write it into `lib/config` or `lib/constructs` and deploy. To undo it, after reading what it would do:',
    restLeftOut: 'The rest is left out, because an issue has an end. All of it: `npm run prooflink -- drift`.',
  },
  health: {
    notCompared: ({ resources, reason }: { readonly resources: string; readonly reason: string }) =>
      `Not compared: ${resources} (${reason}).`,
  },
  import: {
    unreadableFile: ({ reason }: { readonly reason: string }) => `it cannot be read (${reason}).`,
    otherJob: ({ jobId, definition, importDefinition, region }: OtherJob) =>
      `The job ${jobId} is one of ${definition}, and imports are jobs of ${importDefinition}. ` +
      `Its state: aws batch describe-jobs --jobs ${jobId} --region ${region}`,
  },
  prepare: {
    bootstrapSkipped: 'not begun, since a role above could not be made',
  },
  reachability: {
    noNetwork: ({
      assemblyFolder,
      stackNames,
    }: {
      readonly assemblyFolder: string;
      readonly stackNames: readonly string[];
    }) =>
      `${assemblyFolder} has no stack with a network, but: ${stackNames.join(', ')}. ` +
      `Synthesize the environments first: npx cdk synth -o ${assemblyFolder}`,
  },
};

interface OtherJob {
  readonly jobId: string;
  readonly definition: string;
  readonly importDefinition: string;
  readonly region: string;
}
