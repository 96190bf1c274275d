import { DELIVERY } from './says-delivery';
import type { Says } from './says-parts';
import { REVIEW } from './says-review';
import { jobsOf, type Rule, type Workflow } from './workflow';

const SAYS: Says = { ...REVIEW, ...DELIVERY };

/** The lines of each job, and of what stands before the jobs; a list's dash is left out. */
function linesOf({ text }: Workflow): Record<string, string[]> {
  const parts: Record<string, string[]> = { on: [] };
  let part = 'on';
  for (const line of text.split('\n')) {
    const [, job] = /^ {2}([\w-]+):$/.exec(line) ?? [];
    if (job !== undefined && text.indexOf('\njobs:\n') < text.indexOf(`\n${line}\n`)) part = job;
    (parts[part] ??= []).push(line.trim().replace(/^- /, ''));
  }
  return parts;
}

/** Every job says what it has to, and there is no other job. */
export const jobsSay: Rule = (workflow) => {
  const said = linesOf(workflow);
  const wanted = SAYS[workflow.file] ?? {};
  const starts = Object.keys(workflow.on).filter((event) => !wanted['on']?.includes(`${event}:`));
  return [
    ...starts.map((event) => `${event} starts it: write that it has to`),
    ...jobsOf(workflow).flatMap(([job]) => (job in wanted ? [] : [`${job} is new: write what it has to say`])),
    ...Object.entries(wanted).flatMap(([job, lines]) => {
      let at = 0;
      return lines.flatMap((line) => {
        const found = (said[job] ?? []).indexOf(line, at);
        at = found < 0 ? at : found + 1;
        return found < 0 ? [`${job} does not say, or not in this place: ${line}`] : [];
      });
    }),
  ];
};
