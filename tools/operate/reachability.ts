import Table from 'cli-table3';
import { networkOf } from '@infra/change-review/network';
import { INTERNET, pathsOf, S3, SERVICES } from '@infra/change-review/paths';
import { DATABASE, IMPORT_JOB, LOAD_BALANCER, WEB_TASK } from '@infra/change-review/places';
import { readAssembly } from '@infra/common/assembly';
import type { Outcome } from '@infra/common/outcome';
import { SecretMask } from '@infra/common/secret-mask';
import type { Template } from '@infra/common/template';

/** The paths of a template's network, and its faults, a line each: no path but those that are wanted may exist. */
export function reachabilityOf(template: Template) {
  const network = networkOf(template);
  const { places, applicationPort, problems } = network;
  const paths = pathsOf(network);
  const listens = (name: string) => places.filter((one) => one.name === name).flatMap((one) => one.listens ?? []);
  const clients = [WEB_TASK, IMPORT_JOB].filter((one) => one === WEB_TASK || places.some(({ name }) => name === one));
  const wanted: (readonly [from: string, to: string, ports: readonly unknown[], through?: string])[] = [
    [INTERNET, LOAD_BALANCER, listens(LOAD_BALANCER)],
    [LOAD_BALANCER, WEB_TASK, [applicationPort]],
    ...clients.map((from) => [from, DATABASE, listens(DATABASE)] as const),
    ...clients.flatMap((from) => SERVICES.map((to) => [from, to, [443]] as const)),
    ...clients.map((from) => [from, S3, [443], 'gateway endpoint'] as const),
    // The free endpoint serves every route table (guide 1-1), and leads to S3 only; the database has no rights there.
    [DATABASE, S3, [443], 'gateway endpoint'],
  ];
  const all = wanted.map(([from, to, ports, through]) => {
    const names = ports.map((port) => `tcp ${String(port)}`);
    const covered = paths.filter(
      (path) =>
        path.from === from &&
        path.to === to &&
        names.includes(path.ports) &&
        (through ?? path.through) === path.through,
    );
    return { from, to, names, covered };
  });
  const missing = all.filter(({ from, covered }) => from !== DATABASE && covered.length === 0);
  const forbidden = paths.filter((path) => !all.some(({ covered }) => covered.includes(path)));
  const faults = [
    ...forbidden.map(({ from, to, ports, through }) => `NOT ALLOWED  ${from} → ${to}, ${ports}: ${through}`),
    ...missing.map(({ from, to, names }) => `MISSING      ${from} → ${to}, ${names.join(' or ')}`),
    ...problems.map((problem) => `PROBLEM      ${problem}`),
  ];
  return { paths, faults };
}

/** Shows what reaches what in every environment of an assembly, and what is wrong with it. */
export function runReachability(directory: string): Outcome {
  // The delivery stack has only roles.
  const hasNetwork = (template: Template) =>
    Object.values(template.Resources).some(({ Type }) => Type.startsWith('AWS::EC2::'));
  const stacks = [...readAssembly(directory, new SecretMask()).stacks.values()];
  const found = stacks
    .filter(({ template }) => hasNetwork(template))
    .map(({ name, template }) => ({ name, ...reachabilityOf(template) }));
  const tables = found.map(({ name, paths, faults }) => {
    const [head, colWidths] = [
      ['From', 'To', 'Ports', 'Through'],
      [15, 17, 10, 33],
    ];
    const table = new Table({ head, colWidths, wordWrap: true, style: { head: [], border: [], compact: true } });
    table.push(...paths.map(({ from, to, ports, through }) => [from, to, ports, through]));
    return [name, table.toString(), ...(faults.length === 0 ? ['Nothing else is reached.'] : faults), ''].join('\n');
  });
  const others = stacks.filter(({ template }) => !hasNetwork(template)).map(({ name }) => `${name} has no network.\n`);
  const exitCode = found.some(({ faults }) => faults.length > 0) ? 1 : 0;
  return { exitCode, stdout: [...tables, ...others].join('\n'), stderr: '' };
}
