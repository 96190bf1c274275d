import Table from 'cli-table3';
import { type Network, networkOf, renderForTerminal } from '@infra/change-review/network';
import { GATEWAY_ENDPOINT, type Path, pathsOf, portsWords, S3, SERVICES } from '@infra/change-review/paths';
import { DATABASE, endWords, BATCH_JOB, INTERNET, LOAD_BALANCER, ECS_TASK } from '@infra/change-review/places';
import { readAssembly, type SynthesizedStack } from '@infra/common/assembly';
import { CannotTellError, type Outcome } from '@infra/common/outcome';
import { SecretMask } from '@infra/common/secret-mask';
import type { Template } from '@infra/common/template';
import { textWidth } from '@infra/common/text-width';
import { wrap } from '@infra/common/wrap';
import { language } from '@infra/common/language';
import { words } from './words';

/** Paths of an environment's network: which place, or the internet, opens connections to which other one. */
interface Reachability {
  readonly paths: readonly Path[];
  /** A line for each forbidden path, for each missing path, and for each part of the network that is not understood. */
  readonly faults: readonly string[];
  /** A line for each resource whose paths are not found. */
  readonly unknown: readonly string[];
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

/** Columns of a table with its borders. */
const TABLE_COLUMNS = 80;
/** Columns beside the text of a cell. */
const CELL_PADDING = 2;

const inWords = renderForTerminal(language);

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
    sections.push(`${words.reachability.stackWithoutNetwork({ stackName: name })}\n`);
  }
  return { exitCode: hasFaults ? 1 : 0, stdout: sections.join('\n'), stderr: '' };
}

function hasNetwork({ template }: SynthesizedStack): boolean {
  const resources = Object.values(template.Resources);
  return resources.some(({ Type }) => Type.startsWith('AWS::EC2::'));
}

function noNetworkError(assemblyFolder: string, stacks: readonly SynthesizedStack[]): CannotTellError {
  const stackNames = stacks.map(({ name }) => name);
  return new CannotTellError(words.reachability.noNetwork({ assemblyFolder, stackNames }));
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
    ...network.problems.map((problem) => words.reachability.problem({ problem: inWords(problem.words) })),
  ];
  const unknown = network.unknownPlaces.map((place) => words.reachability.unknown({ problem: inWords(place.words) }));
  return { paths, faults, unknown };
}

/** A path in the language of this process. */
function pathTexts({ from, to, open, way }: Path) {
  return {
    from: inWords(endWords(from)),
    to: inWords(endWords(to)),
    ports: inWords(portsWords(open)),
    through: inWords(way),
  };
}

function describeForbidden(path: Path): string {
  return words.reachability.notAllowed(pathTexts(path));
}

function describeMissing({ from, to, tcpPorts }: ExpectedPath): string {
  const ports = tcpPorts.map((port) => `tcp ${port}`);
  return words.reachability.missing({ from: inWords(endWords(from)), to: inWords(endWords(to)), ports });
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
    { from: LOAD_BALANCER, to: ECS_TASK, tcpPorts: [network.applicationPort] },
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
  const hasImport = places.some(({ name }) => name === BATCH_JOB);
  return hasImport ? [ECS_TASK, BATCH_JOB] : [ECS_TASK];
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

/** Name, table and faults of a stack. */
function renderReachability(stackName: string, { paths, faults, unknown }: Reachability): string {
  const conclusion = faults.length === 0 ? [words.reachability.nothingElse] : faults;
  return [
    stackName,
    renderTable(paths),
    ...conclusion,
    ...unknown.flatMap((line) => wrap(line, TABLE_COLUMNS)),
    '',
  ].join('\n');
}

/** A table of paths. Its last column has the columns that the other ones leave. */
function renderTable(paths: readonly Path[]): string {
  const { from, to, ports, through } = words.reachability.titles;
  const titles = { from: from(), to: to(), ports: ports(), through: through() };
  const rows = paths.map(pathTexts);
  const widths = (['from', 'to', 'ports'] as const).map((column) => {
    const cells = [titles, ...rows].map((row) => row[column]);
    return Math.max(...cells.map(textWidth)) + CELL_PADDING;
  });
  const borders = widths.length + 2;
  const lastWidth = widths.reduce((rest, width) => rest - width, TABLE_COLUMNS - borders);
  const table = new Table({
    head: Object.values(titles),
    colWidths: [...widths, lastWidth],
    style: { head: [], border: [], compact: true },
  });
  for (const row of rows) {
    const lines = wrap(row.through, lastWidth - CELL_PADDING);
    table.push([row.from, row.to, row.ports, lines.join('\n')]);
  }
  return table.toString();
}
