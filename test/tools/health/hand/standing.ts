import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { adoptAwsVariables, bootstrap, deploy, type LocalAws, runCdk, startLocalAws } from '@infra/local-aws';
import { stackId } from '../../../../lib/config/names';
import { changedByHand } from '../../../../tools/health/hand';
import { readStack } from '../../../../tools/environment/deployed-stack';
import { environmentOf } from '../../../../tools/environment/environment';
import { assembly, template } from '../../../support/assembly';
import { prod } from '../../../support/configs';

/** True if the commands that are printed as fixes can be run here. */
const hasAwsCli = spawnSync('aws', ['--version']).status === 0;

/** Change by hand of a type's first resource, by its id and the environment's others, and what is said of it. */
export type Case = readonly [
  type: string,
  says: RegExp | 'deleted',
  act: (id: string, at: Standing) => Promise<unknown>,
];

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
    const { StackResourceDetail } = await new CloudFormation({}).describeStackResource(wanted);
    return StackResourceDetail?.PhysicalResourceId ?? '';
  }

  /** Changes by hand of resources of these types. */
  async changes(...wanted: readonly string[]) {
    return await changedByHand(
      environmentOf(await readStack(this.environment)),
      wanted.length > 0 ? wanted : this.types,
    );
  }

  /** The resources of these types with their properties, as the template has them and as CloudFormation expects them. */
  async properties(types: readonly string[]) {
    const chosen = Object.entries(this.resources).filter(([, { Type }]) => types.includes(Type));
    return await Promise.all(
      chosen.map(async ([logicalId, { Type: type, Properties: template = {} }]) => {
        const wanted = { StackName: this.stack, LogicalResourceId: logicalId };
        const { StackResourceDrift: drift } = await new CloudFormation({}).detectStackResourceDrift(wanted);
        const { PhysicalResourceId: physicalId = '', ExpectedProperties = '{}' } = drift ?? {};
        const expected = JSON.parse(ExpectedProperties) as Readonly<Record<string, unknown>>;
        return { logicalId, type, physicalId, template, expected };
      }),
    );
  }

  /** Runs a command of the AWS CLI that was printed as a fix, where there is one. */
  async run(command: string): Promise<void> {
    if (hasAwsCli) await promisify(execFile)('sh', ['-c', command], { env: this.aws.env });
  }

  /** `npx cdk deploy <stack> --revert-drift`. */
  async revertDrift() {
    const options = ['--require-approval', 'never', '--revert-drift'];
    return await runCdk({ aws: this.aws, app: assembly }, ['deploy', this.stack, ...options]);
  }
}
