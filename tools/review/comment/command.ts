import type { Command } from 'commander';
import { endWith } from '@infra/common/outcome';
import { newCommand } from '../../shared/program';
import { runDiffComment } from './run';

/** `comment`: the review as the one comment of a pull request. */
export function addComment(program: Command): Command {
  return newCommand(
    program,
    'comment',
    'Writes a review as the one comment of a pull request.',
    { 0: 'written, or nothing to comment on any more', 2: 'could not be written' },
    [
      'If the file is missing, the comment says that the review could not be made.',
      'GITHUB_REPOSITORY is <owner>/<name>; GITHUB_TOKEN must be allowed to read actions and to write pull requests.',
    ].join(' '),
  )
    .argument('<run>', "number in the address of the workflow's run")
    .argument('<file>', 'what "review --markdown" wrote')
    .action((run: string, file: string) => endWith(() => runDiffComment(run, file, process.env)));
}
