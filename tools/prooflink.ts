import type { Command } from 'commander';
import { addDeployReport, addImageCheck } from './deploy/commands';
import { addDeployed, addReview } from './diff-review/command';
import { addComment } from './diff-review/comment/command';
import { addDrift } from './drift/command';
import { addPrepare } from './prepare/command';
import { addReachability } from './reachability/command';
import { newProgram, start } from './shared/program';

/** All commands of `npm run prooflink`. The code behind a command is loaded only when it is called. */
export function prooflink(): Command {
  const program = newProgram('npm run prooflink --', 'Commands for operating the environments, and for CI.').usage(
    '<command> [arguments]',
  );
  addPrepare(program);
  addReview(program);
  addDeployed(program);
  addComment(program);
  addImageCheck(program);
  addDeployReport(program);
  addDrift(program);
  addReachability(program);
  return program;
}

if (require.main === module) void start(prooflink());
