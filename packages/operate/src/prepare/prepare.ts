import { CannotTellError, type Outcome } from '@infra/common/outcome';
import { padToWidth, textWidth } from '@infra/common/text-width';
import { escapeInvisible } from '@infra/common/untrusted-text';
import { type EnvironmentConfig, environments } from '@infra/commands/app';
import { language } from '@infra/common/language';
import { accountOfCredentials } from '../deployed/account';
import type { EnvironmentName } from '@infra/commands/environment-argument';
import { configOf } from '@infra/commands/environment-config';
import { bootstrapRegion } from './bootstrap';
import { checkCloudFrontZones } from './cloudfront-zones';
import { words } from './words';
import type { PreparedPart } from './prepared-part';
import { createServiceLinkedRoles, type ServiceLinkedRole } from './service-linked-roles';

export interface PrepareOptions {
  /** Environments to prepare for; by default, all that belong into the account. */
  readonly environmentNames?: readonly EnvironmentName[];
  /** True if the report is JSON for a program, instead of text for a person. */
  readonly json?: boolean;
}

type Configs = Readonly<Record<string, EnvironmentConfig>>;

/** Prepares the account of the credentials for deploying environments: service-linked roles, then `cdk bootstrap`. */
export async function runPrepare(options: PrepareOptions, configs = configsFor(options)): Promise<Outcome> {
  // STS reports the same account in every region.
  const [firstConfig] = Object.values(configs);
  const account = await accountOfCredentials(firstConfig?.region);
  const regions = regionsIn(account, configs);
  // The roles come first: a new role is not in force at once, and the bootstrap takes time.
  const roles = await createServiceLinkedRoles(regions[0]);
  const toolkitStacks = areReady(roles) ? await bootstrapRegions(account, regions) : [];
  const zones = await checkZones(configs);
  const isPrepared = areReady([...roles, ...zones, ...toolkitStacks]);
  const preparation = {
    account,
    environmentNames: options.environmentNames ?? [],
    roles,
    zones,
    toolkitStacks,
  };
  const text = options.json ? renderJson(preparation) : renderText(preparation);
  return { exitCode: isPrepared ? 0 : 1, stdout: escapeInvisible(`${text}\n`, '\n'), stderr: '' };
}

function configsFor({ environmentNames = [] }: PrepareOptions): Configs {
  if (environmentNames.length === 0) return environments;
  return Object.fromEntries(environmentNames.map((name) => [name, configOf(name)]));
}

function areReady(parts: readonly PreparedPart[]): boolean {
  return parts.every(({ isReady }) => isReady);
}

/** Checks the zones of each environment that stands behind CloudFront. */
async function checkZones(configs: Configs): Promise<PreparedPart[]> {
  const behindCloudFront = Object.entries(configs).filter(([, config]) => config.loadBalancer.edge !== undefined);
  return await Promise.all(behindCloudFront.map(([name, config]) => checkCloudFrontZones(name, config)));
}

/** Bootstraps one region after the other: each of them says on stderr that it begins. */
async function bootstrapRegions(account: string, regions: readonly string[]): Promise<PreparedPart[]> {
  const toolkitStacks: PreparedPart[] = [];
  for (const region of regions) {
    toolkitStacks.push(await bootstrapRegion(account, region));
  }
  return toolkitStacks;
}

interface Preparation {
  readonly account: string;
  /** None: all environments that belong into the account. */
  readonly environmentNames: readonly EnvironmentName[];
  readonly roles: readonly ServiceLinkedRole[];
  /** Zones of environments behind CloudFront. */
  readonly zones: readonly PreparedPart[];
  /** None if a role could not be made. */
  readonly toolkitStacks: readonly PreparedPart[];
}

function renderJson({ account, roles, zones, toolkitStacks }: Preparation): string {
  return JSON.stringify({ account, language, parts: [...roles, ...zones, ...toolkitStacks] }, null, 2);
}

function renderText({ account, environmentNames, roles, zones, toolkitStacks }: Preparation): string {
  const parts = [...roles, ...zones, ...toolkitStacks];
  const isPrepared = areReady(parts);
  const width = Math.max(...parts.map(({ name }) => textWidth(name)));
  const lines: string[] = [words.title({ account, environmentNames })];
  for (const { name, result } of parts) lines.push(`  ${padToWidth(name, width)}  ${result}`);
  if (!isPrepared) {
    lines.push(words.notPrepared);
  }
  const hasNewRole = roles.some(({ isNew }) => isNew);
  if (hasNewRole) {
    lines.push(words.waitForRoles);
  }
  if (isPrepared) lines.push(words.accountPlan);
  return lines.join('\n');
}

/** The regions, at least one, of the environments that may be deployed into an account. */
function regionsIn(account: string, configs: Configs): [string, ...string[]] {
  const configsOfAccount = Object.values(configs).filter((config) => {
    return config.account === undefined || config.account === account;
  });
  const regions = new Set(configsOfAccount.map(({ region }) => region));
  const [firstRegion, ...otherRegions] = regions;
  if (firstRegion === undefined) throw noEnvironmentError(account, configs);
  return [firstRegion, ...otherRegions];
}

function noEnvironmentError(account: string, configs: Configs): CannotTellError {
  const places = Object.entries(configs).map(([environmentName, config]) => ({
    environmentName,
    account: String(config.account),
  }));
  return new CannotTellError(words.otherAccount({ account, places }));
}
