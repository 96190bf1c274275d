import { adoptAwsVariables, type CdkProps, deploy, type LocalAws, startLocalAws, synth } from '@infra/local-aws';
import * as environments from '../../lib/config';
import type { EnvironmentConfig } from '../../lib/config/environment';
import { resourceNames, stackId } from '../../lib/config/names';
import { Output, Parameter } from '../../lib/contract';
import { readStackIfDeployed } from '../deployed/deployed-stack';
import type { EnvironmentName } from '../program/environment-argument';
import type { Step } from '../program/steps';
import type { DeployLocalOptions } from './options';
import { pushImage } from './images';
import { programs, SAMPLE_STACKS } from './programs';
import { prooflink } from './prooflink-process';
import { type LocalSettings, setSettings } from './settings';
import { followService } from './web-task';

type Show = (line: string) => void;

const tagOf = (start: number) => `local-${start}`;

/** An environment on a local AWS of its own. Each start releases the programs under a new tag. */
export class LocalEnvironment {
  readonly names;
  outputs: Readonly<Record<string, string>> = {};
  private readonly config: EnvironmentConfig;
  private readonly stack: string;
  private readonly hasJob: boolean;
  private running?: LocalAws;
  private assembly?: string;
  private starts = 0;

  constructor(
    readonly name: EnvironmentName,
    private readonly options: DeployLocalOptions,
    private readonly settings: LocalSettings,
  ) {
    this.names = resourceNames(name);
    this.config = environments[name];
    this.stack = stackId(name);
    this.hasJob = Boolean(programs(options, '').job && this.config.userImport);
  }

  get aws(): LocalAws {
    if (!this.running) throw new Error('the local AWS is not running');
    return this.running;
  }

  async stop(): Promise<void> {
    await this.running?.stop();
  }

  /** Errors that the local AWS logged. */
  errors(): string {
    return this.running?.lastErrors() ?? '';
  }

  /** The steps of a first deploy, after which images may come. */
  deployment(): Step[] {
    const { values } = this.settings;
    return [
      {
        title: 'Start a local AWS',
        work: async (say, report) => {
          const { region, loadBalancer } = this.config;
          const { hostedZoneId: id, hostedZoneName: name } = loadBalancer.domain ?? {};
          // A real account has the hosted zone already.
          const hostedZones = id !== undefined && name !== undefined ? [{ id, name }] : [];
          this.running = await startLocalAws({ region, hostedZones, run: true, report });
          adoptAwsVariables(process.env, this.aws.env);
          say(`Start a local AWS: ${this.aws.endpoint}`);
        },
      },
      {
        title: 'Prepare the account and the templates',
        together: [
          { title: 'npm run prooflink -- prepare', work: () => prooflink(this.aws, ['prepare']) },
          {
            title: 'cdk synth',
            work: async (_, note) => {
              // The sample's own migration is not the one that is configured.
              const migrates = this.options.app === undefined && this.config.webService.migration;
              this.assembly = await synth({ ...this.cdk(note), ...(migrates ? { app: SAMPLE_STACKS } : {}) });
            },
          },
        ],
      },
      {
        title: `cdk deploy ${this.stack} (the registries are empty)`,
        work: async (_, note) => {
          this.outputs = await deploy(this.cdk(note), this.stack);
        },
      },
      ...(Object.keys(values).length > 0
        ? [{ title: 'Set the secret settings', work: () => setSettings(this.name, values) }]
        : []),
    ];
  }

  /** The next start as a step. */
  release(): Step {
    return {
      title: `npm run prooflink -- ${this.releaseOf(this.starts + 1).join(' ')}`,
      work: (_, note) => this.start(process.stdout.isTTY ? note : () => undefined, note),
    };
  }

  /**
   * Pushes the programs as images under a new tag and releases it; ends once it serves.
   * @param report - Gets the progress of the release.
   * @param say - Gets what ECS says meanwhile, unless it is followed already.
   * @param signal - Ends the wait.
   */
  async start(report: Show, say?: Show, signal?: AbortSignal): Promise<void> {
    this.starts += 1;
    const tag = tagOf(this.starts);
    const { web, job } = programs(this.options, tag);
    await pushImage(this.outputs[Output.appRepositoryUri] ?? '', tag, web);
    if (this.hasJob) await pushImage(this.outputs[Output.batchRepositoryUri] ?? '', tag, job);
    if (this.aws.databasesMissing) {
      // No web task is healthy without a database: nothing is waited for.
      const parameters = { [Parameter.appImageTag]: tag, [Parameter.batchImageTag]: tag };
      this.outputs = await deploy(this.cdk(report), this.stack, parameters);
      return;
    }
    const watch = new AbortController();
    const firstLine = (text: string) => say?.(text.split('\n')[0] ?? '');
    const watched = say && followService(this.names, firstLine, watch.signal);
    try {
      const args = [...this.releaseOf(this.starts), '--assembly', this.assembly ?? ''];
      await prooflink(this.aws, args, { report, signal });
    } finally {
      watch.abort();
      await watched?.catch(() => undefined);
    }
  }

  /** The command that starts again what was pushed and does not serve. */
  async commandToStartAgain(): Promise<string> {
    const { cluster, service } = this.names;
    const stack = await readStackIfDeployed(this.name);
    return stack?.parameters[Parameter.appImageTag] === tagOf(this.starts)
      ? `aws ecs update-service --cluster ${cluster} --service ${service} --force-new-deployment ` +
          '--query service.status --output text'
      : `npm run prooflink -- ${this.releaseOf(this.starts).join(' ')}`;
  }

  /** Command that releases a start. */
  private releaseOf(start: number): string[] {
    const batch = this.hasJob ? ['--batch', tagOf(start)] : [];
    return ['release', this.name, '--app', tagOf(start), ...batch, '--examples'];
  }

  private cdk(note: Show): CdkProps {
    return { aws: this.aws, app: this.assembly, report: process.stdout.isTTY ? note : undefined };
  }
}
