import Table from 'cli-table3';
import { type Network, networkOf } from '@infra/change-review/network';
import { GATEWAY_ENDPOINT, INTERNET, type Path, pathsOf, S3, SERVICES } from '@infra/change-review/paths';
import { DATABASE, IMPORT_JOB, LOAD_BALANCER, WEB_TASK } from '@infra/change-review/places';
import { readAssembly, type SynthesizedStack } from '@infra/common/assembly';
import { CannotTellError, type Outcome } from '@infra/common/outcome';
import { SecretMask } from '@infra/common/secret-mask';
import type { Template } from '@infra/common/template';
import { en } from './en';

/** Paths of an environment's network: which place, or the internet, opens connections to which other one. */
interface Reachability {
  readonly paths: readonly Path[];
  /** A line for each forbidden path, for each missing path, and for each part of the network that is not understood. */
  readonly faults: readonly string[];
}

/** A path that an environment is expected to have. Any other path is a fault, and so is a missing one, if not optional. */
interface ExpectedPath {
  readonly from: string;
  readonly to: string;
  /** TCP ports that may be open; the path exists if one of them is. */
  readonly tcpPorts: readonly number[];
  /** Gateway or endpoint that the path leads through. `undefined`: any. */
  readonly through?: string;
  /** True if the path may be missing. */
  readonly isOptional?: boolean;
}

const HTTPS_PORT = 443;

/** Shows what reaches what in every environment of a cloud assembly, and the faults. */
export function runReachability(assemblyFolder: string): Outcome {
  const assembly = readAssembly(assemblyFolder, new SecretMask());
  const stacks = [...assembly.stacks.values()];
  const stacksWithNetwork = stacks.filter(hasNetwork);
  // The delivery stack has only roles.
  const stacksWithoutNetwork = stacks.filter((stack) => !hasNetwork(stack));
  if (stacksWithNetwork.length === 0) throw noNetworkError(assemblyFolder, stacks);

  const sections: string[] = [];
  let hasFaults = false;
  for (const { name, template } of stacksWithNetwork) {
    const reachability = reachabilityOf(template);
    sections.push(renderReachability(name, reachability));
    hasFaults ||= reachability.faults.length > 0;
  }
  for (const { name } of stacksWithoutNetwork) {
    sections.push(`${en.reachability.stackWithoutNetwork({ stackName: name })}\n`);
  }
  return { exitCode: hasFaults ? 1 : 0, stdout: sections.join('\n'), stderr: '' };
}

function hasNetwork({ template }: SynthesizedStack): boolean {
  const resources = Object.values(template.Resources);
  return resources.some(({ Type }) => Type.startsWith('AWS::EC2::'));
}

function noNetworkError(assemblyFolder: string, stacks: readonly SynthesizedStack[]): CannotTellError {
  const stackNames = stacks.map(({ name }) => name);
  return new CannotTellError(en.reachability.noNetwork({ assemblyFolder, stackNames }));
}

/** Finds the paths of a template's network, and compares them with the expected ones. */
export function reachabilityOf(template: Template): Reachability {
  const network = networkOf(template);
  const paths = pathsOf(network);
  const expectedPaths = expectedPathsIn(network);
  const forbiddenPaths = paths.filter((path) => {
    return !expectedPaths.some((expectedPath) => covers(expectedPath, path));
  });
  const missingPaths = expectedPaths.filter((expectedPath) => {
    return !expectedPath.isOptional && !paths.some((path) => covers(expectedPath, path));
  });
  const faults = [
    ...forbiddenPaths.map(describeForbidden),
    ...missingPaths.map(describeMissing),
    ...network.problems.map(({ text }) => en.reachability.problem({ problem: text })),
  ];
  return { paths, faults };
}

function describeForbidden({ from, to, ports, through }: Path): string {
  return en.reachability.notAllowed({ from, to, ports, through });
}

function describeMissing({ from, to, tcpPorts }: ExpectedPath): string {
  const ports = tcpPorts.map((port) => `tcp ${port}`);
  return en.reachability.missing({ from, to, ports });
}

/** True if a path is the expected one, through one of its ports. */
function covers(expectedPath: ExpectedPath, path: Path): boolean {
  const hasSameEnds = expectedPath.from === path.from && expectedPath.to === path.to;
  const isExpectedWay = expectedPath.through === undefined || expectedPath.through === path.through;
  const hasExpectedPort = expectedPath.tcpPorts.some((port) => opensOnlyTcpPort(path, port));
  return hasSameEnds && isExpectedWay && hasExpectedPort;
}

/** True if the range of ports that a path opens is this one port, over TCP. */
function opensOnlyTcpPort({ open }: Path, port: number): boolean {
  return open.protocol === 'tcp' && open.from === port && open.to === port;
}

/** The expected paths, in the order in which missing ones are listed. */
function expectedPathsIn(network: Network): ExpectedPath[] {
  const clients = clientsIn(network);
  const databasePorts = listenedPorts(network, DATABASE);
  return [
    { from: INTERNET, to: LOAD_BALANCER, tcpPorts: listenedPorts(network, LOAD_BALANCER) },
    { from: LOAD_BALANCER, to: WEB_TASK, tcpPorts: [network.applicationPort] },
    ...clients.map((client) => ({ from: client, to: DATABASE, tcpPorts: databasePorts })),
    ...clients.flatMap(pathsToServices),
    ...clients.map(pathToS3),
    // The S3 gateway endpoint serves all route tables of the VPC (lib/constructs/network.ts), and so the database's subnets,
    // too. It leads to S3 alone, where the database has no rights.
    { ...pathToS3(DATABASE), isOptional: true },
  ];
}

/** Names of the places that use the database and services of AWS: the web tasks, and the import jobs if there are any. */
function clientsIn({ places }: Network): string[] {
  const hasImport = places.some(({ name }) => name === IMPORT_JOB);
  return hasImport ? [WEB_TASK, IMPORT_JOB] : [WEB_TASK];
}

function pathsToServices(client: string): ExpectedPath[] {
  return SERVICES.map((service) => ({ from: client, to: service, tcpPorts: [HTTPS_PORT] }));
}

function pathToS3(client: string): ExpectedPath {
  return { from: client, to: S3, tcpPorts: [HTTPS_PORT], through: GATEWAY_ENDPOINT };
}

/** Ports on which the places of a name listen. */
function listenedPorts({ places }: Network, placeName: string): number[] {
  const namedPlaces = places.filter(({ name }) => name === placeName);
  return namedPlaces.flatMap(({ listens = [] }) => listens);
}

/** Name, table and faults of a stack; the table fits into 80 columns. */
function renderReachability(stackName: string, { paths, faults }: Reachability): string {
  const { from: fromTitle, to: toTitle, ports: portsTitle, through: throughTitle, nothingElse } = en.reachability;
  const table = new Table({
    head: [fromTitle(), toTitle(), portsTitle(), throughTitle()],
    colWidths: [15, 17, 10, 33],
    wordWrap: true,
    style: { head: [], border: [], compact: true },
  });
  for (const { from, to, ports, through } of paths) table.push([from, to, ports, through]);
  const conclusion = faults.length === 0 ? [nothingElse()] : faults;
  return [stackName, table.toString(), ...conclusion, ''].join('\n');
}
