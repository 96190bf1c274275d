import { validate } from '@actions/languageservice';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { workflow, workflows } from './workflow';

/** Findings of GitHub's own language service on a workflow's text: keys, events, permissions, contexts, needs. */
async function complaints(file: string, text: string): Promise<string[]> {
  const found = await validate(TextDocument.create(`file:///.github/workflows/${file}`, 'yaml', 1, text));
  return found.map(
    ({ message, range }) => `line ${range.start.line + 1}: ${typeof message === 'string' ? message : message.value}`,
  );
}

it.each(workflows().map(({ file }) => file))('%s is one that GitHub understands', async (file) => {
  expect(await complaints(file, workflow(file).text)).toEqual([]);
});

/** By what is misspelt: the text, its misspelling, and what the service says. */
const MISSPELT: Readonly<Record<string, readonly [from: string, to: string, says: string]>> = {
  'a key': ['timeout-minutes', 'timeout-minute', "Unexpected value 'timeout-minute'"],
  'a context': ['github.event.pull_request.head.repo', 'github.evnt.pull_request.head.repo', 'invalid: evnt'],
  'a right': ['id-token: write', 'id-tokens: write', "Unexpected value 'id-tokens'"],
  'a job’s name': ['needs.deployed.result', 'needs.deplyed.result', 'invalid: deplyed'],
};

it('what is misspelt is seen', async () => {
  let { text } = workflow('diff.yml');
  for (const [from, to] of Object.values(MISSPELT)) {
    expect(text).toContain(from);
    text = text.replace(from, to);
  }
  const said = (await complaints('misspelt.yml', text)).join('\n');
  for (const [, , says] of Object.values(MISSPELT)) expect(said).toContain(says);
});
