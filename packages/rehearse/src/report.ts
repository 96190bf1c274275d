import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { version as cdkVersion } from 'aws-cdk/package.json';
import { fencedBlock } from '@infra/common/untrusted-text';
import { isRealAws } from '@infra/operate/deployed/real-aws';
import { readRows } from './page';
import type { Records, StageRecord } from './records';

const MASK_NOTE =
  'Account numbers, IP addresses, mail addresses, and names of sessions and users are masked. ' +
  'Names of images and roles are not: read this before you send it.';

/**
 * Writes the report of the rehearsal that has not ended. Called after each stage, it leaves a report behind even if the next
 * one is killed.
 *
 * @returns Path of the report; `undefined` before the first stage.
 */
export function writeReport(records: Records, region: string): string | undefined {
  const stages = records.read();
  const moments = stages.map(({ began }) => began).sort();
  const minute = moments[0]?.slice(0, 'YYYY-MM-DDThh:mm'.length);
  if (minute === undefined) return undefined;
  const file = join(records.folder, `rehearsal-${minute.replace(':', '')}.md`);
  const rows = readRows('en').flatMap(({ id }) => rowLines(id, stages));
  const paragraphs = [
    `# Rehearsal of ${minute} (UTC)`,
    `CDK CLI ${cdkVersion}, Node ${process.version}, ${placeOf(region)}.`,
    MASK_NOTE,
    '## Rows of docs/first-deploy.md',
    fencedBlock(rows.join('\n')),
    ...stages.flatMap(stageParagraphs),
  ];
  writeFileSync(file, `${paragraphs.join('\n\n')}\n`);
  return file;
}

/** Lines on a row: its verdict, and the answers of AWS behind it. A refutation outweighs what another stage saw. */
function rowLines(id: string, stages: readonly StageRecord[]): string[] {
  const verdicts = stages.flatMap(({ stage, result }) => {
    const ofRow = (result?.verdicts ?? []).filter(({ row }) => row === id);
    return ofRow.map((verdict) => ({ ...verdict, stage }));
  });
  const decisive = verdicts.find(({ holds }) => !holds) ?? verdicts[0];
  if (!decisive) return [`${id}: not seen`];
  const { holds, stage, seen } = decisive;
  return [`${id}: ${holds ? 'confirmed' : 'refuted'} by ${stage}`, ...seen.map((line) => `    ${line}`)];
}

function stageParagraphs({ stage, began, seconds, result }: StageRecord): string[] {
  const duration = seconds === undefined ? '' : ` (${seconds} s)`;
  const end = result ? (result.failure ?? 'ended') : 'not ended';
  const lines = [`began ${began}${duration}`, end, ...(result?.evidence ?? [])];
  return [`## ${stage}`, fencedBlock(lines.join('\n'))];
}

/** A local AWS confirms nothing. */
function placeOf(region: string): string {
  return isRealAws() ? region : `${region} of a local AWS, not of AWS`;
}
