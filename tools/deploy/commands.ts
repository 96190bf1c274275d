import type { Command } from 'commander';
import { endWith } from '@infra/common/outcome';
import { newCommand } from '../shared/program';

/** `newest`: what may be deployed. */
export function addNewest(program: Command): Command {
  return newCommand(
    program,
    'newest',
    "Prints main's newest commit that passed CI, and CI's run.",
    { 0: 'there is one, and it is the given one', 1: 'there is none, or another', 2: 'could not ask' },
    'GITHUB_REPOSITORY is <owner>/<name>; GITHUB_TOKEN must be allowed to read actions and contents.',
  )
    .argument('[commit]', 'fails unless it is this one')
    .action((commit: string | undefined) =>
      endWith(async () => {
        const { runNewest } = await import('./newest');
        return runNewest(commit, process.env);
      }),
    );
}

/** `digest`: whether an assembly is the one that was synthesized. */
export function addDigest(program: Command): Command {
  return newCommand(program, 'digest', "Prints the digest of an assembly's files.", {
    0: 'printed, and it is the given one',
    1: 'it is another',
    2: 'could not tell',
  })
    .argument('<assembly>', 'folder that "npx cdk synth" wrote')
    .argument('[digest]', 'fails unless it is this one')
    .action((assembly: string, digest: string | undefined) =>
      endWith(async () => {
        const { runDigest } = await import('./digest');
        return runDigest(assembly, digest);
      }),
    );
}
