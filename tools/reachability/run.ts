import Table from 'cli-table3';
import { SecretMask } from '@infra/common/secret-mask';
import { readAssembly } from '@infra/common/assembly';
import type { Outcome } from '@infra/common/outcome';
import { networkOf } from '@infra/change-review/network';
import { type Path, pathsOf } from '@infra/change-review/paths';
import { faultsOf } from './rules';
import type { Template } from '@infra/common/template';

/** Shows what reaches what in every environment of an assembly, and what is wrong with it. */
export function runReachability(directory: string): Outcome {
  const { stacks } = readAssembly(directory, new SecretMask());
  const all = [...stacks.values()];
  // The delivery stack has only roles.
  const [networks, others] = [all.filter(hasNetwork), all.filter((stack) => !hasNetwork(stack))];
  const reports = networks.map(({ name, template }) => ({
    name,
    paths: pathsOf(networkOf(template)),
    faults: faultsOf(template),
  }));
  return {
    exitCode: reports.some(({ faults }) => faults.length > 0) ? 1 : 0,
    stdout: [...reports.map(render), ...others.map(({ name }) => `${name} has no network.\n`)].join('\n'),
    stderr: '',
  };
}

function hasNetwork({ template }: { template: Template }): boolean {
  return Object.values(template.Resources).some(({ Type }) => Type.startsWith('AWS::EC2::'));
}

function render({ name, paths, faults }: { name: string; paths: Path[]; faults: string[] }): string {
  const table = new Table({
    head: ['From', 'To', 'Ports', 'Through'],
    colWidths: [15, 17, 10, 33],
    wordWrap: true,
    style: { head: [], border: [], compact: true },
  });
  table.push(...paths.map(({ from, to, ports, through }) => [from, to, ports, through]));
  const verdict = faults.length === 0 ? ['Nothing else is reached.'] : faults;
  return [name, table.toString(), ...verdict, ''].join('\n');
}
