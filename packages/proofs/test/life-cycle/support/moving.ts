import { mkdtempSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { createStacks, type EnvironmentConfig } from '@infra/commands/app';
import { newApp } from '@infra/testing/synth';
import { scratch } from './apps';
import type { Life } from './life';
import { commandsOf, readPage, runCommands } from './pages';
import { sdk } from './sdk';
import { askListener } from './serving';

const ROOT = join(__dirname, '../../../../..');
const PAGE = readPage('docs/moving-in.md');

/** A clone of the repository in which the page is followed, on a branch with its own config. */
export class Mover {
  /** Copy of the repository, which keeps the page's files out of it. */
  private readonly clone = mkdtempSync(join(scratch, 'clone-'));
  private app = '';

  constructor(
    private readonly life: Life,
    /** Placeholders of the page. */
    private readonly filledIn: () => Readonly<Record<string, string>>,
  ) {
    for (const name of readdirSync(ROOT).filter((entry) => !/^(\.git|moving|cdk\.out.*)$/.test(entry))) {
      symlinkSync(join(ROOT, name), join(this.clone, name));
    }
  }

  /** Writes the config, for the deploys that follow; returns the assembly. */
  write(name: string, config: EnvironmentConfig): string {
    this.app = join(scratch, name);
    const app = newApp({ outdir: this.app });
    createStacks(app, { [this.life.environment]: config });
    app.synth();
    return this.app;
  }

  /** One of the page's files. */
  read(file: string): string {
    return readFileSync(join(this.clone, 'moving', file), 'utf8');
  }

  /**
   * Runs the commands of a chapter below those that begin the page; the first one that fails ends it.
   * @param variables - Those that the page names without saying how they are set.
   */
  async follow(chapter: string, variables: Readonly<Record<string, string>> = {}): Promise<string> {
    const { aws, environment, stack } = this.life;
    const begin = commandsOf(PAGE, 'Moving in, and restoring a lost environment', this.filledIn());
    const variablesOfLife = begin.replace('E=prod STACK=ProoflinkProd', `E=${environment} STACK=${stack}`);
    const script = `${variablesOfLife}${commandsOf(PAGE, chapter, this.filledIn())}`;
    // The CLI reads its options from the environment, too: the app as it was synthesized, and no question.
    const options = { CDK_APP: this.app, CDK_REQUIRE_APPROVAL: 'never', CDK_NOTICES: 'false' };
    // npx and npm run look for no newer versions.
    const npm = { npm_config_offline: 'true', npm_config_update_notifier: 'false' };
    const env = { ...aws.env, ...options, ...npm, ...variables };
    return await runCommands(chapter, script, { env, cwd: this.clone, strict: true });
  }
}

/** Result of a request: the application's answer or a status, and the load balancer that it went through. */
export interface Seen {
  readonly through?: string;
  readonly answer: unknown;
}

/** Answer through a load balancer of this name, to a user who asks for a domain. */
export async function seenThrough(life: Life, through: string | undefined, domain?: string): Promise<Seen> {
  const listeners = life.aws.listeners().filter(({ loadBalancer }) => loadBalancer === through);
  const listener = listeners.find(({ port }) => port === (domain ? 443 : 80));
  if (!listener) return { answer: 'nobody listens' };
  const { status, body } = await askListener(life, `${listener.url}/api/health`, domain).catch((error: unknown) => ({
    status: String(error),
    body: {},
  }));
  return { through, answer: status === 200 ? body : status };
}

/** Page that a user of a name sees: the zone's record leads to a load balancer, and that to the application. */
export async function visit(life: Life, name: string): Promise<Seen> {
  const { hostedZoneId: HostedZoneId } = life.config.loadBalancer.domain ?? {};
  const { ResourceRecordSets = [] } = await sdk.route53.listResourceRecordSets({ HostedZoneId });
  const record = ResourceRecordSets.find(({ Name, Type }) => Name === `${name}.` && Type === 'A');
  if (!record) return { answer: 'no such name' };
  const { LoadBalancers = [] } = await sdk.elb.describeLoadBalancers({});
  const target = record.AliasTarget?.DNSName?.replace(/^dualstack\./, '').replace(/\.$/, '');
  const balancer = LoadBalancers.find(({ DNSName }) => DNSName?.toLowerCase() === target);
  return await seenThrough(life, balancer?.LoadBalancerName, name);
}
