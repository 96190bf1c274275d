import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { validate } from '@actions/languageservice';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { changedWorkflow, ROOT, type Workflow, workflows } from '@infra/testing/workflow';

let documents = 0;

/** Findings of GitHub's own language service: keys, events, rights, contexts, needs, the inputs of a called workflow. */
async function findingsIn({ file, text }: Workflow): Promise<string[]> {
  // It remembers the answer for a path: each document has one of its own.
  documents += 1;
  const document = TextDocument.create(`file:///${documents}/.github/workflows/${file}`, 'yaml', 1, text);
  const findings = await validate(document, {
    fileProvider: {
      getFileContent: async (reference) => {
        if (!('path' in reference)) throw new Error('Only workflows of this repository are called');
        return { name: reference.path, content: await readFile(join(ROOT, reference.path), 'utf8') };
      },
    },
  });
  return findings.map(({ message, range }) => {
    const finding = typeof message === 'string' ? message : message.value;
    return `line ${range.start.line + 1}: ${finding}`;
  });
}

test.each(workflows())(
  '$file is one that GitHub understands: it would refuse to run another one',
  async (validWorkflow) => {
    expect(await findingsIn(validWorkflow)).toEqual([]);
  },
);

test('a context that is misspelt, which is empty, is found', async () => {
  const findings = await findingsIn(changedWorkflow('diff.yml', 'github.event.label.name', 'github.evnt.label.name'));
  expect(findings.join('\n')).toContain('invalid: evnt');
});

test('an input of a called workflow that is misspelt is found', async () => {
  const findings = await findingsIn(changedWorkflow('deploy.yml', 'lose: ${{ inputs', 'loses: ${{ inputs'));
  expect(findings.join('\n')).toContain('Invalid input, loses is not defined in the referenced workflow.');
});
