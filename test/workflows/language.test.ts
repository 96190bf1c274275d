import { validate } from '@actions/languageservice';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { workflow, workflows } from './workflow';

let documents = 0;

/** Findings of GitHub's own language service on a workflow's text: keys, events, permissions, contexts, needs. */
async function complaints(text: string): Promise<string[]> {
  documents += 1;
  const document = TextDocument.create(`file:///.github/workflows/${documents}.yml`, 'yaml', 1, text);
  const found = await validate(document);
  return found.map(
    ({ message, range }) => `line ${range.start.line + 1}: ${typeof message === 'string' ? message : message.value}`,
  );
}

it.each(workflows().map(({ file }) => file))('%s is one that GitHub understands', async (file) => {
  expect(await complaints(workflow(file).text)).toEqual([]);
});

it.each([
  ['a key', 'timeout-minutes', 'timeout-minute', "Unexpected value 'timeout-minute'"],
  ['a context', 'github.event.pull_request.head.repo', 'github.evnt.pull_request.head.repo', 'invalid: evnt'],
  ['a field of the event', 'pull_request.head.repo', 'pull_requst.head.repo', 'invalid: pull_requst'],
  ['a need', 'needs: head', 'needs: heads', "unknown job 'heads'"],
  ['an event’s type', 'synchronize', 'synchronise', "Unexpected value 'synchronise'"],
  ['a right', 'id-token: write', 'id-tokens: write', "Unexpected value 'id-tokens'"],
  ['a job’s name', 'needs.deployed.result', 'needs.deplyed.result', 'invalid: deplyed'],
  ['a function', "needs.deployed.result != 'skipped'", 'skips()', "Unrecognized function: 'skips'"],
])('%s that is misspelt is seen', async (_, from, to, says) => {
  const { text } = workflow('diff.yml');
  expect(text).toContain(from);
  expect((await complaints(text.replace(from, to))).join('\n')).toContain(says);
});
