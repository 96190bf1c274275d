import { adoptAwsVariables, type CdkProps, deploy, type LocalAws, startLocalAws, synth } from '@infra/local-aws';
import * as environments from '../../lib/config';
import type { EnvironmentConfig } from '../../lib/config/environment';
import { type ResourceNames, resourceNames, stackId } from '../../lib/config/names';
import { Output, Parameter } from '../../lib/contract';
import { readStackIfDeployed } from '../deployed/deployed-stack';
import type { EnvironmentName } from '../program/environment-argument';
import type { Step } from '../program/steps';
import { followServiceEvents } from './follow-logs';
import { pushImage } from './images';
import type { DeployLocalOptions } from './options';
import { programs, SAMPLE_STACKS } from './programs';
import { runProoflink } from './prooflink-process';
import { type LocalSettings, setSettings } from './settings';

type Show = (line: string) => void;

export interface StartProps {
  /** Gets the progress of the release. */
  readonly report: Show;
  /** Gets the events of the web service, unless they are followed already. */
  readonly showEvent?: Show;
  /** Ends the wait. */
  readonly signal?: AbortSignal;
}

/** An environment on a local AWS of its own. Each start releases the programs under a new tag. */
export class LocalEnvironment {
  public readonly names: ResourceNames;
  /** Outputs of the stack. */
  public outputs: Readonly<Record<string, string>> = {};
  private readonly config: EnvironmentConfig;
  private readonly stackName: string;
  private readonly hasJob: boolean;
  private localAws?: LocalAws;
  /** Folder of the cloud assembly. */
  private assembly?: string;
  private startCount = 0;

  constructor(
    public readonly environmentName: EnvironmentName,
    private readonly options: DeployLocalOptions,
    private readonly settings: LocalSettings,
  ) {
    this.names = resourceNames(environmentName);
    this.config = environments[environmentName];
    this.stackName = stackId(environmentName);
    const { job } = programs(options, '');
    this.hasJob = job !== undefined && this.config.userImport !== undefined;
  }

  public get aws(): LocalAws {
    if (!this.localAws) throw new Error('the local AWS is not running');
    return this.localAws;
  }

  public async stop(): Promise<void> {
    await this.localAws?.stop();
  }

  /** Errors that the local AWS logged. */
  public errors(): string {
    return this.localAws?.lastErrors() ?? '';
  }

  /** The steps of a first deploy, after which images may come. */
  public deploymentSteps(): Step[] {
    const steps: Step[] = [this.awsStep(), this.preparationStep(), this.deployStep()];
    const { values } = this.settings;
    if (Object.keys(values).length > 0) {
      steps.push({ title: 'Set the secret settings', work: () => setSettings(this.environmentName, values) });
    }
    return steps;
  }

  private awsStep(): Step {
    const title = 'Start a local AWS';
    return {
      title,
      work: async (setTitle, report) => {
        const { region } = this.config;
        const hostedZones = this.hostedZones();
        this.localAws = await startLocalAws({ region, hostedZones, run: true, report });
        adoptAwsVariables(process.env, this.aws.env);
        setTitle(`${title}: ${this.aws.endpoint}`);
      },
    };
  }

  /** The hosted zone of the domain, which a real account has already. */
  private hostedZones() {
    const { hostedZoneId, hostedZoneName } = this.config.loadBalancer.domain ?? {};
    if (hostedZoneId === undefined || hostedZoneName === undefined) {
      return [];
    }
    return [{ id: hostedZoneId, name: hostedZoneName }];
  }

  private preparationStep(): Step {
    return {
      title: 'Prepare the account and the templates',
      together: [
        { title: 'npm run prooflink -- prepare', work: () => runProoflink(this.aws, ['prepare']) },
        { title: 'cdk synth', work: (_setTitle, report) => this.synthesize(report) },
      ],
    };
  }

  private async synthesize(report: Show): Promise<void> {
    const isSample = this.options.app === undefined;
    const hasMigration = this.config.webService.migration !== undefined;
    // The sample's own migration is not the one that is configured.
    const app = isSample && hasMigration ? SAMPLE_STACKS : this.assembly;
    this.assembly = await synth({ ...this.cdkProps(report), app });
  }

  private deployStep(): Step {
    return {
      title: `cdk deploy ${this.stackName} (the registries are empty)`,
      work: async (_setTitle, report) => {
        this.outputs = await deploy(this.cdkProps(report), this.stackName);
      },
    };
  }

  /** The next start as a step. */
  public releaseStep(): Step {
    const args = this.releaseArguments(tagOfStart(this.startCount + 1));
    return {
      title: `npm run prooflink -- ${args.join(' ')}`,
      work: (_setTitle, showLine) => {
        const report = process.stdout.isTTY ? showLine : () => undefined;
        return this.start({ report, showEvent: showLine });
      },
    };
  }

  /** Pushes the programs as images under a new tag and releases it; ends once it serves. */
  public async start({ report, showEvent, signal }: StartProps): Promise<void> {
    this.startCount += 1;
    const tag = tagOfStart(this.startCount);
    await this.pushImages(tag);
    if (this.aws.databasesMissing) {
      await this.deployWithoutWaiting(tag, report);
      return;
    }
    const watch = new AbortController();
    const watched = showEvent && followServiceEvents(this.names, firstLineTo(showEvent), watch.signal);
    try {
      const args = [...this.releaseArguments(tag), '--assembly', this.assembly ?? ''];
      await runProoflink(this.aws, args, { report, signal });
    } finally {
      watch.abort();
      await watched?.catch(() => undefined);
    }
  }

  private async pushImages(tag: string): Promise<void> {
    const { web, job } = programs(this.options, tag);
    await pushImage(this.outputs[Output.appRepositoryUri] ?? '', tag, web);
    if (this.hasJob) {
      await pushImage(this.outputs[Output.batchRepositoryUri] ?? '', tag, job);
    }
  }

  /** No web task becomes healthy without a database. */
  private async deployWithoutWaiting(tag: string, report: Show): Promise<void> {
    this.outputs = await deploy(this.cdkProps(report), this.stackName, {
      [Parameter.appImageTag]: tag,
      [Parameter.batchImageTag]: tag,
    });
  }

  /** The command that starts again what was pushed and does not serve. */
  public async commandToStartAgain(): Promise<string> {
    const { cluster, service } = this.names;
    const tag = tagOfStart(this.startCount);
    const stack = await readStackIfDeployed(this.environmentName);
    const isDeployed = stack?.parameters[Parameter.appImageTag] === tag;
    if (!isDeployed) {
      return `npm run prooflink -- ${this.releaseArguments(tag).join(' ')}`;
    }
    return (
      `aws ecs update-service --cluster ${cluster} --service ${service} --force-new-deployment ` +
      '--query service.status --output text'
    );
  }

  private releaseArguments(tag: string): string[] {
    const args = ['release', this.environmentName, '--app', tag];
    if (this.hasJob) args.push('--batch', tag);
    args.push('--examples');
    return args;
  }

  private cdkProps(report: Show): CdkProps {
    return {
      aws: this.aws,
      app: this.assembly,
      report: process.stdout.isTTY ? report : undefined,
    };
  }
}

/** Tag of the images of a start, which are counted from 1. */
function tagOfStart(startNumber: number): string {
  return `local-${startNumber}`;
}

/** Shows the first line of each text. */
function firstLineTo(show: Show): Show {
  return (text) => {
    const [firstLine = ''] = text.split('\n');
    show(firstLine);
  };
}
