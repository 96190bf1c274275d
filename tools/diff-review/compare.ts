import { isDeepStrictEqual } from 'node:util';
import { mangleLikeCloudFormation } from '@aws-cdk/cloudformation-diff';
import type { Assembly, SynthesizedStack } from '../shared/assembly';
import { CannotTellError } from '../shared/outcome';
import { say, type Words } from '../shared/words';
import { compareStacks } from './compare-stacks';
import type { Deployed } from './deployed-file';
import type { EnvironmentReview, Review } from './model';
import { LEVELS } from './report';

/** Compares two assemblies, environment by environment; and the head with what is deployed, where somebody asked. */
export function compareAssemblies(
  base: Assembly,
  head: Assembly,
  configDiff: string,
  deployed: ReadonlyMap<string, Deployed> = new Map(),
): Review {
  const names = [...new Set([...base.stacks.keys(), ...head.stacks.keys()])];
  return {
    notes: versionNotes(base, head),
    environments: names
      .flatMap((name) => {
        const [before, after, there] = [base.stacks.get(name), head.stacks.get(name), deployed.get(name)];
        const review = compareStacks(name, before, after);
        return there && after ? [review, compareDeployed(there, after, before, review)] : [review];
      })
      .sort((one, other) => urgency(one) - urgency(other)),
    configDiff,
  };
}

/** The environment with the most urgent finding comes first. */
function urgency({ findings }: EnvironmentReview): number {
  const index = LEVELS.findIndex(([level]) => findings.some((finding) => finding.level === level));
  return index < 0 ? LEVELS.length : index;
}

function versionNotes(base: Assembly, head: Assembly): Words[] {
  const version = (assembly: Assembly) => assembly.cdkVersion || `assembly schema ${assembly.schemaVersion}`;
  if (base.cdkVersion === head.cdkVersion && base.schemaVersion === head.schemaVersion) return [];
  return [
    say`The two sides were made by different CDK versions (${version(base)} and ${version(head)}): a difference below may come from the upgrade.`,
  ];
}

/** Compares the head with what is deployed, unless that is the base: then all of it is told already. */
function compareDeployed(
  there: Deployed,
  head: SynthesizedStack,
  base: SynthesizedStack | undefined,
  review: EnvironmentReview,
): EnvironmentReview {
  const told = (summary: Words): EnvironmentReview => ({ name: head.name, deployed: true, summary, findings: [] });
  const unknown = (why: string) => ({ ...told(say`could not be told`), unknown: why });
  if (there.state === 'unknown') return unknown(there.why);
  if (there.state === 'absent') return told(say`not deployed yet`);
  if (!readsAs(there.head, head)) return unknown('It was fetched for another assembly than this one: fetch it again.');
  try {
    const compared = compareStacks(head.name, asReturned(there.stack), asReturned(there.head));
    const isBase = readsAs([there.stack, compared.findings], [base, review.findings]);
    if (isBase && compared.findings.length > 0) return told(say`the same, since the base is what is deployed`);
    return { ...compared, deployed: true };
  } catch (error) {
    if (!(error instanceof CannotTellError)) throw error;
    return unknown(error.message);
  }
}

/** A stack as CloudFormation gives it back, where whatever is not ASCII is a question mark. */
function asReturned<T>(stack: T): T {
  return JSON.parse(mangleLikeCloudFormation(JSON.stringify(stack))) as T;
}

/** Whether two values read the same; which number a secret's label has depends on the run. */
function readsAs(one: unknown, other: unknown): boolean {
  const read = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(asReturned(value)).replace(/\(hidden value \d+\)/g, '(hidden value)'));
  return isDeepStrictEqual(read(one), read(other));
}
