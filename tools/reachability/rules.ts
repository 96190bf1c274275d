import { type Network, networkOf } from '@infra/change-review/network';
import { INTERNET, type Path, pathsOf, S3, SERVICES } from '@infra/change-review/paths';
import { DATABASE, IMPORT_JOB, LOAD_BALANCER, WEB_TASK } from '@infra/change-review/places';
import type { Template } from '@infra/common/template';

/** Something that must be reached; nothing else may be. */
interface Wanted {
  readonly from: string;
  readonly to: string;
  readonly ports: readonly string[];
  readonly through?: string;
  /** Allowed, but not required. */
  readonly optional?: true;
}

function wanted({ places, applicationPort }: Network): Wanted[] {
  const listens = (name: string) =>
    places
      .filter((place) => place.name === name)
      .flatMap((place) => place.listens ?? [])
      .map((port) => `tcp ${String(port)}`);
  const clients = [WEB_TASK, ...(places.some(({ name }) => name === IMPORT_JOB) ? [IMPORT_JOB] : [])];
  return [
    { from: INTERNET, to: LOAD_BALANCER, ports: listens(LOAD_BALANCER) },
    { from: LOAD_BALANCER, to: WEB_TASK, ports: [`tcp ${String(applicationPort)}`] },
    ...clients.map((from) => ({ from, to: DATABASE, ports: listens(DATABASE) })),
    ...clients.flatMap((from) => SERVICES.map((to) => ({ from, to, ports: ['tcp 443'] }))),
    ...clients.map((from) => ({ from, to: S3, ports: ['tcp 443'], through: 'gateway endpoint' })),
    // The free endpoint serves every route table (guide 1-1), and leads to S3 only; the database has no rights there.
    { from: DATABASE, to: S3, ports: ['tcp 443'], through: 'gateway endpoint', optional: true },
  ];
}

/** Everything that is wrong with a template's network, a line each. */
export function faultsOf(template: Template): string[] {
  const network = networkOf(template);
  const paths = pathsOf(network);
  const all = wanted(network);
  const forbidden = paths.filter((path) => !all.some((one) => covers(one, path)));
  const missing = all.filter((one) => !one.optional && !paths.some((path) => covers(one, path)));
  return [
    ...forbidden.map(({ from, to, ports, through }) => `NOT ALLOWED  ${from} → ${to}, ${ports}: ${through}`),
    ...missing.map(({ from, to, ports }) => `MISSING      ${from} → ${to}, ${ports.join(' or ')}`),
    ...network.problems.map((problem) => `PROBLEM      ${problem}`),
  ];
}

function covers({ from, to, ports, through }: Wanted, path: Path): boolean {
  return path.from === from && path.to === to && ports.includes(path.ports) && (!through || through === path.through);
}
