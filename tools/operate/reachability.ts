import Table from 'cli-table3';
import { type Network, networkOf } from '@infra/change-review/network';
import { INTERNET, type Path, pathsOf, S3, SERVICES } from '@infra/change-review/paths';
import { DATABASE, IMPORT_JOB, LOAD_BALANCER, WEB_TASK } from '@infra/change-review/places';
import { readAssembly, type SynthesizedStack } from '@infra/common/assembly';
import type { Outcome } from '@infra/common/outcome';
import { SecretMask } from '@infra/common/secret-mask';
import type { Template } from '@infra/common/template';

/** Paths of an environment's network. */
interface Reachability {
  readonly paths: readonly Path[];
  /** A line for each path that must not exist or is missing, and for each part of the network that is not understood. */
  readonly faults: readonly string[];
}

/** A path that may exist. Every other one is a fault. */
interface AllowedPath {
  readonly from: string;
  readonly to: string;
  /** Ports as `tcp 443`; one of them is enough. */
  readonly ports: readonly string[];
  /** Gateway or endpoint that it leads through; any if it is `undefined`. */
  readonly through?: string;
  /** True if it is no fault that the path is missing. */
  readonly isOptional?: boolean;
}

const HTTPS = [portText(443)];

/** Shows what reaches what in every environment of an assembly, and what is wrong with it. */
export function runReachability(directory: string): Outcome {
  const assembly = readAssembly(directory, new SecretMask());
  const stacks = [...assembly.stacks.values()];
  const stacksWithNetwork = stacks.filter(hasNetwork);
  // The delivery stack has only roles.
  const stacksWithoutNetwork = stacks.filter((stack) => !hasNetwork(stack));

  const sections: string[] = [];
  let hasFaults = false;
  for (const { name, template } of stacksWithNetwork) {
    const reachability = reachabilityOf(template);
    sections.push(renderReachability(name, reachability));
    hasFaults ||= reachability.faults.length > 0;
  }
  for (const { name } of stacksWithoutNetwork) sections.push(`${name} has no network.\n`);
  return { exitCode: hasFaults ? 1 : 0, stdout: sections.join('\n'), stderr: '' };
}

function hasNetwork({ template }: SynthesizedStack): boolean {
  const resources = Object.values(template.Resources);
  return resources.some(({ Type }) => Type.startsWith('AWS::EC2::'));
}

/** The paths of a template's network, and its faults: no path but the allowed ones may exist. */
export function reachabilityOf(template: Template): Reachability {
  const network = networkOf(template);
  const paths = pathsOf(network);
  const allowedPaths = allowedPathsIn(network);
  const forbidden = paths.filter((path) => {
    return !allowedPaths.some((allowed) => covers(allowed, path));
  });
  const missing = allowedPaths.filter((allowed) => {
    return !allowed.isOptional && !paths.some((path) => covers(allowed, path));
  });
  const faults = [
    ...forbidden.map(describeForbidden),
    ...missing.map(describeMissing),
    ...network.problems.map((problem) => `PROBLEM      ${problem}`),
  ];
  return { paths, faults };
}

function describeForbidden({ from, to, ports, through }: Path): string {
  return `NOT ALLOWED  ${from} → ${to}, ${ports}: ${through}`;
}

function describeMissing({ from, to, ports }: AllowedPath): string {
  return `MISSING      ${from} → ${to}, ${ports.join(' or ')}`;
}

function covers(allowed: AllowedPath, path: Path): boolean {
  const hasSameEnds = allowed.from === path.from && allowed.to === path.to;
  const isAllowedWay = allowed.through === undefined || allowed.through === path.through;
  return hasSameEnds && allowed.ports.includes(path.ports) && isAllowedWay;
}

/** The paths that may exist, in the order in which missing ones are listed. */
function allowedPathsIn(network: Network): AllowedPath[] {
  const clients = clientsIn(network);
  const databasePorts = listenedPorts(network, DATABASE);
  return [
    { from: INTERNET, to: LOAD_BALANCER, ports: listenedPorts(network, LOAD_BALANCER) },
    { from: LOAD_BALANCER, to: WEB_TASK, ports: [portText(network.applicationPort)] },
    ...clients.map((client) => ({ from: client, to: DATABASE, ports: databasePorts })),
    ...clients.flatMap(pathsToServices),
    ...clients.map(pathToS3),
    // The free endpoint serves every route table (guide 1-1), and leads to S3 only; the database has no rights there.
    { ...pathToS3(DATABASE), isOptional: true },
  ];
}

/** The web tasks, and the import jobs if there are any. */
function clientsIn({ places }: Network): string[] {
  const hasImport = places.some(({ name }) => name === IMPORT_JOB);
  return hasImport ? [WEB_TASK, IMPORT_JOB] : [WEB_TASK];
}

function pathsToServices(client: string): AllowedPath[] {
  return SERVICES.map((service) => ({ from: client, to: service, ports: HTTPS }));
}

function pathToS3(client: string): AllowedPath {
  return { from: client, to: S3, ports: HTTPS, through: 'gateway endpoint' };
}

/** The ports on which the places of a name listen. */
function listenedPorts({ places }: Network, name: string): string[] {
  const placesOfName = places.filter((place) => place.name === name);
  return placesOfName.flatMap(({ listens = [] }) => listens.map(portText));
}

function portText(port: unknown): string {
  return `tcp ${String(port)}`;
}

/** Name, table and faults of a stack; the table fits into 80 columns. */
function renderReachability(stackName: string, { paths, faults }: Reachability): string {
  const table = new Table({
    head: ['From', 'To', 'Ports', 'Through'],
    colWidths: [15, 17, 10, 33],
    wordWrap: true,
    style: { head: [], border: [], compact: true },
  });
  for (const { from, to, ports, through } of paths) table.push([from, to, ports, through]);
  const conclusion = faults.length === 0 ? ['Nothing else is reached.'] : faults;
  return [stackName, table.toString(), ...conclusion, ''].join('\n');
}
