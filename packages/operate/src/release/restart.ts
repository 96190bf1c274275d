import { type Deployment, ECS } from '@aws-sdk/client-ecs';
import type { Outcome } from '@infra/common/outcome';
import { type EnvironmentConfig, Parameter, Part } from '@infra/commands/app';
import { reasonOf } from '../deployed/error-reason';
import { type DeployedStack, isPartCreated, readStack } from '../deployed/deployed-stack';
import { prooflinkCommand } from '../deployed/printed-commands';
import { primaryDeployment } from '../deployed/rollout';
import { describeService, webServiceNames, workerServices } from '../deployed/web-service';
import { configuredTaskCount, scaleCommand } from '../deployed/web-task-count';
import { waitWhileUnderway } from '../deployed/web-stage';
import type { EnvironmentName } from '@infra/commands/environment-argument';
import { configOf } from '@infra/commands/environment-config';
import { words } from './words';
import { ExitCode } from './exit-code';
import { waitForFurtherServices } from './further-services';
import { InterruptHandler } from './interrupt-handler';
import { showProgress } from './masked-output';
import type { Problem } from './problem';
import { describeServingVersion, explainFailedDeployment } from './serving';
import { checkDatabaseIsAvailable, checkRunningMigrations, checkStackIsIdle } from './stack-checks';
import { type Headlines, jsonSummary, type Summary, textSummary } from './summary';
import { Minutes } from './time-limits';

export interface RestartOptions {
  /** True if the summary is printed as JSON. */
  readonly json?: boolean;
}

const HEADLINES: Headlines = {
  [ExitCode.serves]: words.restart.headlines.serves,
  [ExitCode.doesNotServe]: words.restart.headlines.doesNotServe,
  [ExitCode.nothingChanged]: words.headlines.nothingChanged,
  [ExitCode.outcomeUnknown]: words.restart.headlines.outcomeUnknown,
};

/** Replaces the web tasks by new ones of the image tag that the stack has, and waits until they serve. */
export async function runRestart(
  environmentName: EnvironmentName,
  { json: printsJson = false }: RestartOptions,
  config: EnvironmentConfig = configOf(environmentName),
): Promise<Outcome> {
  const render = (summary: Summary): Outcome => {
    const text = printsJson ? jsonSummary(environmentName, summary) : textSummary(environmentName, HEADLINES, summary);
    return { exitCode: summary.exitCode, stdout: `${text}\n`, stderr: '' };
  };
  const interruptHandler = new InterruptHandler(render);
  const restart = new Restart(environmentName, config, interruptHandler);
  return render(await interruptHandler.handleDuring(() => restart.run()));
}

class Restart {
  constructor(
    private readonly environmentName: EnvironmentName,
    private readonly config: EnvironmentConfig,
    private readonly interruptHandler: InterruptHandler,
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
    const problems = await this.problemsOf(stack);
    if (problems.length > 0) {
      return { exitCode: ExitCode.nothingChanged, sentences: problems };
    }
    const tag = stack.parameters[Parameter.appImageTag] ?? '';
    showProgress(words.restart.steps.restart({ tag }));
    const deployment = await this.beginDeployment(stack);
    showProgress(words.restart.steps.wait);
    return await this.waitFor(stack, tag, deployment);
  }

  /** Reasons to refuse the restart; none if it may begin. */
  private async problemsOf(stack: DeployedStack): Promise<Problem[]> {
    const { environmentName, config } = this;
    const busy = checkStackIsIdle(stack);
    if (busy !== undefined) return [busy];

    const hasImage = Boolean(stack.parameters[Parameter.appImageTag]) && isPartCreated(stack, Part.webService);
    if (!hasImage) return [words.restart.noImage({ environmentName })];

    const { desiredCount = 0 } = await describeService(stack);
    if (desiredCount === 0) {
      const command = config.officeHours
        ? prooflinkCommand(environmentName, 'start')
        : scaleCommand(stack, configuredTaskCount(config).minimum);
      return [words.restart.noTask({ environmentName, command })];
    }
    const checks = [checkDatabaseIsAvailable({ stack, config }), checkRunningMigrations({ stack })];
    const results = await Promise.all(checks);
    return results.filter((problem) => problem !== undefined);
  }

  /** Begins a deployment of the same task definition, and returns it. */
  private async beginDeployment(stack: DeployedStack): Promise<Deployment | undefined> {
    const names = webServiceNames(stack);
    const ecs = stack.client(ECS);
    const { service = {} } = await this.interruptHandler.request(words.restart.goesOn, async () => {
      for (const { cluster, service: worker } of workerServices(stack, this.config)) {
        await ecs.updateService({ cluster, service: worker, forceNewDeployment: true });
      }
      return await ecs.updateService({ ...names, forceNewDeployment: true });
    });
    return primaryDeployment(service);
  }

  private async waitFor(stack: DeployedStack, tag: string, deployment: Deployment | undefined): Promise<Summary> {
    const { stage, state } = await waitWhileUnderway(stack, {
      tag,
      deploymentId: deployment?.id,
      hasOfficeHours: this.config.officeHours !== undefined,
      timeoutMinutes: Minutes.serving,
      isOvertaken: async () => isNewer(primaryDeployment(await describeService(stack)), deployment),
      showLine: showProgress,
    });
    const { tags, sentence } = describeServingVersion(stack, state);
    switch (stage) {
      case 'serves': {
        const further = await waitForFurtherServices(stack);
        const exitCode = further.isAsDeployed ? ExitCode.serves : ExitCode.doesNotServe;
        return { exitCode, sentences: [sentence, ...further.sentences], servingTags: tags };
      }
      case 'asleep':
        return { exitCode: ExitCode.doesNotServe, sentences: [words.restart.asleep], servingTags: [] };
      case 'overtaken':
      case 'failed':
      case 'underway': {
        const reasons = {
          overtaken: words.restart.overtaken,
          failed: primaryDeployment(state.service)?.rolloutStateReason,
          underway: words.notHealthyInTime({ minutes: Minutes.serving }),
        };
        const explanation = await explainFailedDeployment(stack, state, reasons[stage], deployment?.createdAt);
        return { exitCode: ExitCode.doesNotServe, sentences: [explanation], servingTags: tags };
      }
    }
  }
}

/** True if a deployment began after another one. ECS may still answer with an earlier one for a moment. */
function isNewer(deployment: Deployment | undefined, other: Deployment | undefined): boolean {
  if (!deployment?.createdAt || !other?.createdAt || deployment.id === other.id) return false;
  return deployment.createdAt > other.createdAt;
}
