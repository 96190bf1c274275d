import { join } from 'node:path';
import { type Message, untranslated } from '@infra/common/message';
import {
  adoptAwsVariables,
  CdkError,
  type CdkProps,
  deploy,
  type HostedZoneConfig,
  type LocalAws,
  startLocalAws,
  synth,
} from '@infra/local-aws';
import { type EnvironmentConfig, Output, type ResourceNames, resourceNames, stackId } from '@infra/commands/app';
import { readStack, readStackIfDeployed } from '@infra/operate/deployed/deployed-stack';
import type { EnvironmentName } from '@infra/commands/environment-argument';
import type { Step } from '@infra/commands/steps';
import type { ReleaseStep } from '@infra/operate/release/step';
import { explainStoppedTasks } from '@infra/operate/release/stopped-tasks';
import { checkPrograms } from './check-programs';
import { readCurrentConfig } from './current-config';
import { words } from './words';
import { FailedStartError } from './failed-start';
import { followServiceEvents } from './follow-logs';
import { deleteImages, pushImage } from './images';
import type { DeployLocalOptions } from './options';
import { ProgramVersions } from './program-versions';
import { programs, SAMPLE_APP_COMMAND } from './programs';
import { ProoflinkError, runProoflink } from './prooflink-process';
import { type LocalSettings, readLocalSettings, replaceSettings } from './settings';
import { wrapToTerminal } from './wrap-to-terminal';
import { configOf } from '@infra/commands/environment-config';

type ShowLine = (line: string) => void;

/** Properties of a start of the programs. */
export interface StartProps {
  /** Shows a line of progress. */
  readonly report?: ShowLine;
  /** Gets each step of the release that begins. */
  readonly onReleaseStep?: (step: ReleaseStep) => void;
  /** Shows a sentence on the secret settings, which a further start reads again. */
  readonly showNotice?: ShowLine;
  /** Shows an event of the web service. `undefined`: the caller follows the events itself. */
  readonly showEvent?: ShowLine;
  /** Ends the release when it is aborted. */
  readonly signal?: AbortSignal;
}

/**
 * An environment that is deployed alone to a local AWS. In place of its images, programs of this machine run: those of the
 * options, or of the sample application. Each start pushes and releases the programs, as they are then, under a new image tag.
 */
export class LocalEnvironment {
  public readonly names: ResourceNames;
  /** Outputs of the stack. */
  public outputs: Readonly<Record<string, string>> = {};
  /** The config as it was at the last start. */
  private config: EnvironmentConfig;
  private readonly stackName: string;
  private localAws?: LocalAws;
  private programVersions?: ProgramVersions;
  /** Folder of the cloud assembly. `undefined` until the app is synthesized. */
  private assemblyFolder?: string;
  private startCount = 0;
  /** False if the last start could not deploy the app as it is now. */
  private isDeployed = true;
  /** True if the last start has ended well. */
  private isReleased = false;

  constructor(
    public readonly environmentName: EnvironmentName,
    private readonly options: DeployLocalOptions,
    private readonly settings: LocalSettings,
  ) {
    this.names = resourceNames(environmentName);
    this.config = configOf(environmentName);
    this.stackName = stackId(environmentName);
  }

  /** True if there is a program that imports users, and the environment can run it. */
  private get hasImport(): boolean {
    // The tag does not matter here.
    const { job } = programs(this.options, '');
    return job !== undefined && this.config.userImport !== undefined;
  }

  /** The local AWS, once the first step of the deployment has started it. */
  public get aws(): LocalAws {
    if (!this.localAws) throw new Error('the local AWS is not running');
    return this.localAws;
  }

  private get versions(): ProgramVersions {
    this.programVersions ??= new ProgramVersions(join(this.aws.directory, 'versions'), this.options, printNotice);
    return this.programVersions;
  }

  /** Stops the local AWS, and with it all programs, if it was started. */
  public async stop(): Promise<void> {
    await this.localAws?.stop();
  }

  /** The last errors that the local AWS has logged; empty if there are none. */
  public errors(): string {
    return this.localAws?.lastErrors() ?? '';
  }

  /** The steps of the first deployment, without images. Afterwards, images can be pushed. */
  public deploymentSteps(): Step[] {
    const steps: Step[] = [this.awsStep(), this.preparationStep(), this.deployStep()];
    const { values } = this.settings;
    if (Object.keys(values).length > 0) {
      steps.push({ title: words.steps.setSettings, work: () => replaceSettings(this.environmentName, values) });
    }
    return steps;
  }

  private awsStep(): Step {
    return {
      title: words.steps.startAws,
      work: async (setTitle, report) => {
        const { region } = this.config;
        const hostedZones = this.hostedZones();
        this.localAws = await startLocalAws({
          region,
          hostedZones,
          run: true,
          standIns: !this.options.strict,
          report,
        });
        adoptAwsVariables(process.env, this.aws.env);
        setTitle(words.steps.awsRuns({ endpoint: this.aws.endpoint }));
        // No web task would become healthy.
        if (this.aws.databasesMissing) throw new Error(this.aws.databasesMissing);
      },
    };
  }

  /** The hosted zone of the domain: the stack expects it in the account. None if no domain is configured. */
  private hostedZones(): HostedZoneConfig[] {
    const { hostedZoneId, hostedZoneName } = this.config.loadBalancer.domain ?? {};
    if (hostedZoneId === undefined || hostedZoneName === undefined) {
      return [];
    }
    return [{ id: hostedZoneId, name: hostedZoneName }];
  }

  private preparationStep(): Step {
    return {
      title: words.steps.prepare,
      concurrentSteps: [
        { title: untranslated('npm run prooflink -- prepare'), work: () => runProoflink(this.aws, ['prepare']) },
        { title: untranslated('cdk synth'), work: (_setTitle, report) => this.synthesize(report) },
      ],
    };
  }

  private async synthesize(report: ShowLine): Promise<void> {
    const isSample = this.options.app === undefined;
    const hasMigration = this.config.webService.migration !== undefined;
    // The configured command migrates for the real application. The sample application has another one.
    const app = isSample && hasMigration ? SAMPLE_APP_COMMAND : undefined;
    this.assemblyFolder = await synth({ ...this.cdkProps(report), app });
  }

  private deployStep(): Step {
    return {
      title: words.steps.deploy({ stackName: this.stackName }),
      work: (_setTitle, report) => this.deployAssembly(report),
    };
  }

  private async deployAssembly(report: ShowLine): Promise<void> {
    this.outputs = await deploy(this.cdkProps(report), this.stackName);
  }

  /** A step that starts the programs under the next tag. */
  public releaseStep(): Step {
    const args = this.releaseArguments(tagOfStart(this.startCount + 1));
    return {
      title: untranslated(`npm run prooflink -- ${args.join(' ')}`),
      work: (_setTitle, showLine) => {
        // In a file or a pipe, each line would stay.
        const report = process.stdout.isTTY ? showLine : () => undefined;
        return this.start({ report, showEvent: showLine });
      },
    };
  }

  /**
   * Pushes the programs as images under a new tag, releases the tag, and waits until it serves. Each start but the first reads
   * the config and the file of settings again, and deploys the app as it is then: a release changes image tags alone.
   */
  public async start({
    report = () => undefined,
    onReleaseStep,
    showNotice = report,
    showEvent,
    signal,
  }: StartProps): Promise<void> {
    const isFirstStart = this.startCount === 0;
    if (!isFirstStart) await this.readConfigAgain(showNotice);
    this.startCount += 1;
    this.isReleased = false;
    const tag = tagOfStart(this.startCount);
    try {
      if (!isFirstStart) await this.deployAgain(report);
    } finally {
      // Also if the deployment has failed: a person releases the tag after the next one.
      await this.pushImages(tag, signal);
    }
    await this.deleteOldImages();
    await this.release(tag, { report, onReleaseStep, showEvent, signal });
    this.isReleased = true;
  }

  private async release(tag: string, { report, onReleaseStep, showEvent, signal }: StartProps): Promise<void> {
    const releaseEnd = new AbortController();
    const eventsEnd = showEvent && followServiceEvents(this.names, showEvent, releaseEnd.signal);
    try {
      await runProoflink(this.aws, this.releaseArguments(tag), { report, onReleaseStep, signal });
    } catch (error) {
      throw error instanceof ProoflinkError
        ? new FailedStartError(error.summary || error.message, error.message)
        : error;
    } finally {
      releaseEnd.abort();
      // An error of the events' reader does not matter: only the release decides.
      await eventsEnd?.catch(() => undefined);
    }
  }

  /** Deploys the app as it is now. */
  private async deployAgain(report: ShowLine): Promise<void> {
    this.isDeployed = false;
    await this.synthesize(report);
    const begin = new Date();
    try {
      await this.deployAssembly(report);
    } catch (error) {
      throw error instanceof CdkError ? await this.failedDeployment(error, begin) : error;
    }
    this.isDeployed = true;
  }

  /** A failed deployment, in which new web tasks may have ended: their last lines come first. */
  private async failedDeployment({ reason, output }: CdkError, begin: Date): Promise<FailedStartError> {
    const stack = await readStack(this.environmentName);
    const stoppedTasks = await explainStoppedTasks(stack, begin);
    // Below this sign, the CDK CLI repeats the resources, with links to AWS's console.
    const [failedResources = ''] = reason.split('\n❌');
    const failure = words.failure.deployment({ stackName: this.stackName, reason: failedResources.trimEnd() });
    return new FailedStartError([...stoppedTasks, failure].join('\n'), output);
  }

  private async readConfigAgain(showNotice: ShowLine): Promise<void> {
    const { environmentName } = this;
    this.config = readCurrentConfig(environmentName);
    checkPrograms(environmentName, this.options, this.config);
    const { values, notices } = readLocalSettings(environmentName, this.options, this.config);
    for (const notice of notices) showNotice(notice);
    const keys = await replaceSettings(environmentName, values);
    if (keys.length > 0) showNotice(words.settings.replaced({ keys, environmentName }));
  }

  private async pushImages(tag: string, signal?: AbortSignal): Promise<void> {
    const { web, job } = programs(await this.versions.keep(tag, signal), tag);
    await pushImage({ repositoryUri: this.outputs[Output.appRepositoryUri] ?? '', tag, program: web });
    const batchRepositoryUri = this.outputs[Output.batchRepositoryUri];
    if (this.hasImport && batchRepositoryUri !== undefined) {
      await pushImage({ repositoryUri: batchRepositoryUri, tag, program: job });
    }
  }

  /** Deletes the images that ECR would delete, with their copies of the programs: all but the newest and the released ones. */
  private async deleteOldImages(): Promise<void> {
    const stack = await readStackIfDeployed(this.environmentName);
    const releasedTags = Object.values(stack?.parameters ?? {});
    const { keptImages } = this.config.imageRegistry;
    const tags = this.versions.removeOld(keptImages, (tag) => releasedTags.includes(tag));
    if (tags.length === 0) return;
    for (const output of [Output.appRepositoryUri, Output.batchRepositoryUri]) {
      const repositoryUri = this.outputs[output];
      if (repositoryUri !== undefined) await deleteImages(repositoryUri, tags);
    }
  }

  /** Commands that release what the last start has pushed; none if that start has released it. */
  public commandsToStartAgain(): string[] {
    if (this.isReleased) return [];
    const args = this.releaseArguments(tagOfStart(this.startCount));
    const command = `npm run prooflink -- ${args.join(' ')}`;
    return this.isDeployed ? [command] : [`npx cdk deploy ${this.stackName}`, command];
  }

  private releaseArguments(tag: string): string[] {
    const args = ['release', this.environmentName, '--app', tag];
    if (this.hasImport) args.push('--batch', tag);
    return args;
  }

  private cdkProps(report: ShowLine): CdkProps {
    return {
      aws: this.aws,
      app: this.assemblyFolder,
      report: process.stdout.isTTY ? report : undefined,
    };
  }
}

function printNotice(notice: Message): void {
  console.log(wrapToTerminal(notice).join('\n'));
}

/** Tag of the images of a start. The first start has number 1. */
function tagOfStart(startNumber: number): string {
  return `local-${startNumber}`;
}
