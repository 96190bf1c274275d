import { type Deployment, ECS } from '@aws-sdk/client-ecs';
import type { Outcome } from '@infra/common/outcome';
import { type EnvironmentConfig, Parameter, Part } from '@infra/commands/app';
import { reasonOf } from '../deployed/error-reason';
import { type DeployedStack, isPartCreated, readStack } from '../deployed/deployed-stack';
import { prooflinkCommand } from '../deployed/printed-commands';
import { primaryDeployment } from '../deployed/rollout';
import {
  describeService,
  describeServiceOf,
  namesOfTask,
  type ServiceNames,
  workerServices,
} from '../deployed/web-service';
import { configuredTaskCount, scaleCommand } from '../deployed/web-task-count';
import type { EnvironmentName } from '@infra/commands/environment-argument';
import { configOf } from '@infra/commands/environment-config';
import { words } from './words';
import { ExitCode } from './exit-code';
import { waitForFurtherServices } from './further-services';
import { InterruptHandler } from './interrupt-handler';
import { requireWorker } from '../access/running-task';
import { showProgress } from './masked-output';
import type { Problem } from './problem';
import { waitForDeployment } from './serving';
import { explainStoppedTasks } from './stopped-tasks';
import { checkDatabaseIsAvailable, checkRunningMigrations, checkStackIsIdle } from './stack-checks';
import { jsonSummary, type Summary, textSummary } from './summary';

export interface RestartOptions {
  /** Name of a worker of the config, whose tasks alone restart; all tasks unless given. */
  readonly workerName?: string;
  /** True if the summary is printed as JSON. */
  readonly json?: boolean;
}

/** Replaces the tasks of the web service and of workers by new ones of the stack's image tag, and waits until they serve. */
export async function runRestart(
  environmentName: EnvironmentName,
  { json = false, workerName }: RestartOptions,
  config: EnvironmentConfig = configOf(environmentName),
): Promise<Outcome> {
  if (workerName !== undefined) requireWorker(environmentName, workerName);
  const headlines = { ...words.headlines, ...words.restart.headlines };
  const render = (summary: Summary): Outcome => {
    const text = json ? jsonSummary(environmentName, summary) : textSummary(environmentName, headlines, summary);
    return { exitCode: summary.exitCode, stdout: `${text}\n`, stderr: '' };
  };
  const interruptHandler = new InterruptHandler(render);
  const restart = new Restart(environmentName, config, interruptHandler, workerName);
  return render(await interruptHandler.handleDuring(() => restart.run()));
}

class Restart {
  constructor(
    private readonly environmentName: EnvironmentName,
    private readonly config: EnvironmentConfig,
    private readonly interruptHandler: InterruptHandler,
    private readonly workerName: string | undefined,
  ) {}

  /** Does all steps and sums up their end; throws nothing. */
  public async run(): Promise<Summary> {
    try {
      return await this.checkAndRestart();
    } catch (error) {
      return this.interruptHandler.unfinished(reasonOf(error));
    }
  }

  private async checkAndRestart(): Promise<Summary> {
    showProgress(words.restart.steps.check({ environmentName: this.environmentName }));
    const stack = await readStack(this.environmentName);
    const names = namesOfTask(stack, this.workerName);
    const problems = await this.problemsOf(stack, names);
    if (problems.length > 0) {
      return { exitCode: ExitCode.nothingChanged, sentences: problems };
    }
    const tag = stack.parameters[Parameter.appImageTag] ?? '';
    showProgress(words.restart.steps.restart({ tag }));
    const deployment = await this.beginDeployment(stack, names);
    showProgress(words.restart.steps.wait);
    if (this.workerName !== undefined) return await this.waitForWorker(stack, names, deployment);
    return await this.waitFor(stack, tag, deployment);
  }

  /** Reasons to refuse the restart; none if it may begin. */
  private async problemsOf(stack: DeployedStack, names: ServiceNames): Promise<Problem[]> {
    const { environmentName, config } = this;
    const busy = checkStackIsIdle(stack);
    if (busy !== undefined) return [busy];

    const hasImage = Boolean(stack.parameters[Parameter.appImageTag]) && isPartCreated(stack, Part.webService);
    if (!hasImage) return [words.restart.noImage({ environmentName })];

    const { desiredCount = 0 } = await describeServiceOf(stack, names);
    if (desiredCount === 0) {
      const command = config.officeHours
        ? prooflinkCommand(environmentName, 'start')
        : scaleCommand(stack, this.configuredCount(), names);
      return [words.restart.noTask({ serviceName: names.service, command })];
    }
    const checks = [checkDatabaseIsAvailable({ stack, config }), checkRunningMigrations({ stack })];
    const results = await Promise.all(checks);
    return results.filter((problem) => problem !== undefined);
  }

  private configuredCount(): number {
    const worker = this.config.workers?.find(({ name }) => name === this.workerName);
    return worker?.desiredCount ?? configuredTaskCount(this.config).minimum;
  }

  /** Begins a deployment of the same task definition, and returns it. */
  private async beginDeployment(stack: DeployedStack, names: ServiceNames): Promise<Deployment | undefined> {
    const workers = this.workerName === undefined ? workerServices(stack, this.config) : [];
    const ecs = stack.client(ECS);
    const { service = {} } = await this.interruptHandler.request(words.restart.goesOn, async () => {
      for (const { cluster, service: worker } of workers) {
        await ecs.updateService({ cluster, service: worker, forceNewDeployment: true });
      }
      return await ecs.updateService({ ...names, forceNewDeployment: true });
    });
    return primaryDeployment(service);
  }

  private async waitForWorker(
    stack: DeployedStack,
    names: ServiceNames,
    deployment: Deployment | undefined,
  ): Promise<Summary> {
    const describe = async () => [await describeServiceOf(stack, names)];
    const { isAsDeployed, sentences } = await waitForFurtherServices(stack, describe);
    if (isAsDeployed) return { exitCode: ExitCode.serves, sentences };
    const stoppedTasks = await explainStoppedTasks(stack, deployment?.createdAt ?? new Date());
    return { exitCode: ExitCode.doesNotServe, sentences: [...stoppedTasks, ...sentences] };
  }

  private async waitFor(stack: DeployedStack, tag: string, deployment: Deployment | undefined): Promise<Summary> {
    const web = await waitForDeployment(stack, {
      tag,
      deploymentId: deployment?.id,
      hasOfficeHours: this.config.officeHours !== undefined,
      isOvertaken: async () => isNewer(primaryDeployment(await describeService(stack)), deployment),
      asleep: { isAsDeployed: false, tags: [], sentence: words.restart.asleep },
      describeOvertaken: () => words.restart.overtaken,
      since: deployment?.createdAt,
    });
    if (!web.isAsDeployed) {
      return { exitCode: ExitCode.doesNotServe, sentences: [web.sentence], servingTags: web.tags };
    }
    const further = await waitForFurtherServices(stack);
    const exitCode = further.isAsDeployed ? ExitCode.serves : ExitCode.doesNotServe;
    return { exitCode, sentences: [web.sentence, ...further.sentences], servingTags: web.tags };
  }
}

/** True if a deployment began after another one. ECS may still answer with an earlier one for a moment. */
function isNewer(deployment: Deployment | undefined, other: Deployment | undefined): boolean {
  if (!deployment?.createdAt || !other?.createdAt || deployment.id === other.id) return false;
  return deployment.createdAt > other.createdAt;
}
