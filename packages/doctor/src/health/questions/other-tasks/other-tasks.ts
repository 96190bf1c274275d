import { jobPart, Part } from '@infra/commands/app';
import { definitionName } from '@infra/operate/deployed/arn';
import { hasPart, physicalIdOf, webImageTag } from '@infra/operate/deployed/deployed-stack';
import type { Environment } from '@infra/operate/deployed/environment';
import { prooflinkCommand } from '@infra/operate/deployed/printed-commands';
import { rolloutOf } from '@infra/operate/deployed/rollout';
import { hasOfficeHours } from '@infra/operate/deployed/schedules';
import { stopReasonOf } from '@infra/operate/deployed/stop-reason';
import { readTaskFailures } from '@infra/operate/deployed/task-failures';
import { formatInTokyo } from '@infra/operate/deployed/tokyo-time';
import { describeServiceOf, workerServices } from '@infra/operate/deployed/web-service';
import { type Answer, wellAnswer, wrongAnswer, wrongIfAny } from '../../answer';
import type { Question } from '../../question';
import { words as healthWords } from '../../words';
import { endTime, failureText, readJobs } from '../import/import-jobs';
import { words } from './words';

/** ECS lists a stopped task for an hour. */
const LISTED_MS = 3_600_000;

/** Questions on the configured workers and jobs. */
export const OTHER_TASK_QUESTIONS: readonly Question[] = [
  {
    id: 'workers',
    statement: words.statements.workers,
    firstAskedBy: 'status',
    applies: (environment) => webImageTag(environment) !== '' && workersOf(environment).length > 0,
    ask: checkWorkers,
  },
  {
    id: 'jobs',
    statement: words.statements.jobs,
    firstAskedBy: 'status',
    applies: (environment) => jobDefinitions(environment).size > 0,
    ask: checkJobs,
  },
];

function workersOf(environment: Environment) {
  return workerServices(environment, environment.config);
}

async function checkWorkers(environment: Environment): Promise<Answer> {
  const states: string[] = [];
  const faults: string[] = [];
  for (const worker of workersOf(environment)) {
    const service = await describeServiceOf(environment, worker);
    const { serviceName = '', desiredCount = 0, runningCount = 0 } = service;
    // Office hours stop workers, too.
    const isStopped = desiredCount === 0 && hasOfficeHours(environment, environment.config);
    const isFaulty = runningCount < Math.max(desiredCount, worker.desiredCount) || rolloutOf(service) === 'failed';
    const [failure] = await readTaskFailures(environment, environment.now.getTime() - LISTED_MS, worker);
    const reason = isFaulty && failure ? stopReasonOf(failure) : '';
    const state = words.worker({ serviceName, running: runningCount, desired: worker.desiredCount, reason });
    (isFaulty && !isStopped ? faults : states).push(state);
  }
  if (faults.length === 0) return wellAnswer(words.sentence({ text: healthWords.list({ items: states }) }));
  return wrongAnswer({
    says: words.sentence({ text: healthWords.list({ items: faults }) }),
    fix: prooflinkCommand(environment.environmentName, 'restart'),
  });
}

/** Names of the job definitions of the configured jobs that are deployed, by the names of the jobs. */
function jobDefinitions(environment: Environment): Map<string, string> {
  const { jobs = [] } = environment.config;
  const deployed = jobs.filter(({ name }) => hasPart(environment, jobPart(name)));
  return new Map(deployed.map(({ name }) => [name, definitionName(physicalIdOf(environment, jobPart(name)))]));
}

/** Checks the run of each job that ended last. AWS Batch lists a job for a week after its end. */
async function checkJobs(environment: Environment): Promise<Answer> {
  const [succeeded, failed] = await Promise.all([
    readJobs(environment, 'SUCCEEDED', Part.jobsQueue),
    readJobs(environment, 'FAILED', Part.jobsQueue),
  ]);
  const newestFirst = [...succeeded, ...failed].sort((first, second) => endTime(second) - endTime(first));
  const faults: string[] = [];
  const commands: string[] = [];
  for (const [name, definition] of jobDefinitions(environment)) {
    const lastRun = newestFirst.find(({ jobDefinition }) => definitionName(jobDefinition) === definition);
    if (lastRun?.status !== 'FAILED') continue;
    faults.push(words.failedJob({ name, time: formatInTokyo(endTime(lastRun)), reason: failureText(lastRun) }));
    commands.push(prooflinkCommand(environment.environmentName, 'run', name));
  }
  return wrongIfAny({ faults, describe: (list) => words.sentence({ text: list }), fix: commands.join('\n') });
}
