import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import {
  CloudFormationClient,
  DescribeStackResourceCommand,
  DetectStackResourceDriftCommand,
} from '@aws-sdk/client-cloudformation';
import { adoptAwsVariables, bootstrap, deploy, type LocalAws, runCdk, startLocalAws } from '@infra/local-aws';
import { stackId } from '../../../../lib/config/names';
import { changedByHand } from '../../../../tools/health/hand';
import { readStack } from '../../../../tools/environment/deployed-stack';
import { assembly, template } from '../../../support/assembly';
import { prod } from '../../../support/configs';

/** True if the commands that are printed as fixes can be run here. */
const hasAwsCli = spawnSync('aws', ['--version']).status === 0;

/** Change by hand of a resource of a type, and its name in the report. */
export type Case = readonly [
  type: string,
  says: RegExp,
  act: (at: { readonly prod: Standing; readonly dev: Standing }) => Promise<unknown>,
];

/** The same where CloudFormation compares it; `part` stands in the logical id of the resource. */
export type Compared = readonly [type: string, part: string, act: (id: string) => Promise<unknown>, says: string];

/** An environment of the tests' in a local AWS, as whoever changes it by hand and whoever is asked meet it. */
export class Standing {
  private constructor(
    readonly aws: LocalAws,
    readonly environment: 'dev' | 'prod',
    readonly stack: string,
    private readonly resources: ReturnType<typeof template>['Resources'],
    private readonly before: NodeJS.ProcessEnv,
  ) {}

  /** The environments, in one account. */
  static async deploy(...environments: readonly ('dev' | 'prod')[]): Promise<Standing[]> {
    const before = { ...process.env };
    const { domain } = prod.loadBalancer;
    const zones = domain ? [{ id: domain.hostedZoneId, name: domain.hostedZoneName }] : [];
    const aws = await startLocalAws({ usedBefore: true, hostedZones: zones });
    adoptAwsVariables(process.env, aws.env);
    await bootstrap({ aws });
    const standing: Standing[] = [];
    for (const environment of environments) {
      await deploy({ aws, app: assembly }, stackId(environment), { AppImageTag: 'v1', BatchImageTag: 'v1' });
      standing.push(new Standing(aws, environment, stackId(environment), template(environment).Resources, before));
    }
    return standing;
  }

  async stop(): Promise<void> {
    process.env = this.before;
    await this.aws.stop();
  }

  get types(): string[] {
    return [...new Set(Object.values(this.resources).map(({ Type }) => Type))].sort();
  }

  /** The physical id of the resource of a type; `part` stands in its logical id where there are several. */
  async id(type: string, part = ''): Promise<string> {
    const [LogicalResourceId] =
      Object.entries(this.resources).find(([id, { Type }]) => Type === type && id.includes(part)) ?? [];
    if (!LogicalResourceId) throw new Error(`${this.stack} has no ${type} ${part}`);
    const wanted = { StackName: this.stack, LogicalResourceId };
    const { StackResourceDetail } = await new CloudFormationClient({}).send(new DescribeStackResourceCommand(wanted));
    return StackResourceDetail?.PhysicalResourceId ?? '';
  }

  /** Changes by hand of resources of these types. */
  async changes(...wanted: readonly string[]) {
    return await changedByHand(await readStack(this.environment), wanted.length > 0 ? wanted : this.types);
  }

  /** The template's properties that the local AWS leaves out where it compares these types. */
  async leftOut(types: ReadonlySet<string>): Promise<string[]> {
    const found = new Set<string>();
    for (const [LogicalResourceId, { Type, Properties = {} }] of Object.entries(this.resources)) {
      if (!types.has(Type)) continue;
      const wanted = new DetectStackResourceDriftCommand({ StackName: this.stack, LogicalResourceId });
      const { ExpectedProperties = '{}' } = (await new CloudFormationClient({}).send(wanted)).StackResourceDrift ?? {};
      const compared = JSON.parse(ExpectedProperties) as object;
      for (const name of Object.keys(Properties)) if (!(name in compared)) found.add(`${Type} ${name}`);
    }
    return [...found].sort();
  }

  /** Runs a command of the AWS CLI that was printed as a fix; whether it could be run here. */
  async run(command: string): Promise<boolean> {
    if (!hasAwsCli) return false;
    await promisify(execFile)('sh', ['-c', command], { env: this.aws.env });
    return true;
  }

  /** `npx cdk deploy <stack> --revert-drift`. */
  async revertDrift() {
    const options = ['--require-approval', 'never', '--revert-drift'];
    return await runCdk({ aws: this.aws, app: assembly }, ['deploy', this.stack, ...options]);
  }
}
