import type { Command } from 'commander';
import { addCost } from './cost/command';
import { addCheckRole, addDigest, addPlanDeployment } from './deploy/commands';
import { addConfigLiterals, addDeployed, addReview } from './review/command';
import { addComment } from './review/comment/command';
import { addDrift } from './drift/command';
import { addHealth } from './health/commands';
import { addImport } from './import/command';
import { addStart, addStop } from './office-hours/command';
import { addPrepare } from './prepare/command';
import { addReachability } from './reachability/command';
import { addRehearsalCheck } from './rehearsal/command';
import { addRelease } from './release/command';
import { addSettings } from './settings/command';
import { newProgram, start } from './shared/program';

/** All commands of `npm run prooflink`. The code behind a command is loaded only when it is called. */
export function prooflink(): Command {
  const program = newProgram('npm run prooflink --', 'Commands for operating the environments, and for CI.').usage(
    '<command> [arguments]',
  );
  program.commandsGroup('For people, in the order of use:');
  addPrepare(program);
  addSettings(program);
  addCost(program);
  addRelease(program);
  addHealth(program);
  addImport(program);
  addStart(program);
  addStop(program);
  addDrift(program);
  addReachability(program);
  program.commandsGroup('For CI:');
  addReview(program, async () => (await import('./cost/change')).costChange);
  addDeployed(program);
  addConfigLiterals(program);
  addComment(program);
  addPlanDeployment(program);
  addCheckRole(program);
  addDigest(program);
  addRehearsalCheck(program);
  return program;
}

if (require.main === module) void start(prooflink());
