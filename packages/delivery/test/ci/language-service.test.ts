import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { registerLogger, validate, type ValidationConfig } from '@actions/languageservice';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { changedWorkflow, ROOT, type Workflow, workflow, workflows } from '@infra/testing/workflow';

let documents = 0;

/** Errors of the service itself, which it only logs: it then finds nothing. */
const serviceErrors: string[] = [];
registerLogger({
  error: (message) => serviceErrors.push(message),
  warn: () => undefined,
  info: () => undefined,
  log: () => undefined,
});

beforeEach(() => {
  serviceErrors.length = 0;
});

/** Findings of GitHub's own language service: keys, events, rights, contexts, needs, the inputs of a called workflow. */
async function findingsIn({ file, text }: Workflow, config: ValidationConfig = {}): Promise<string[]> {
  // It remembers the answer for a path: each document has one of its own.
  documents += 1;
  const document = TextDocument.create(`file:///${documents}/.github/workflows/${file}`, 'yaml', 1, text);
  const findings = await validate(document, {
    ...config,
    fileProvider: {
      getFileContent: async (reference) => {
        if (!('path' in reference)) throw new Error('Only workflows of this repository are called');
        return { name: reference.path, content: await readFile(join(ROOT, reference.path), 'utf8') };
      },
    },
  });
  if (serviceErrors.length > 0) throw new Error(`The language service failed: ${serviceErrors.join('; ')}`);
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

const MISSPELT = [
  {
    title: 'a context, which is empty',
    file: 'diff.yml',
    from: 'github.event.label.name',
    to: 'github.evnt.label.name',
    finding: 'invalid: evnt',
  },
  {
    title: 'an input of a called workflow',
    file: 'deploy.yml',
    from: 'lose: ${{ inputs',
    to: 'loses: ${{ inputs',
    finding: 'Invalid input, loses is not defined in the referenced workflow.',
  },
];

test.each(MISSPELT)('$title that is misspelt is found', async ({ file, from, to, finding }) => {
  const findings = await findingsIn(changedWorkflow(file, from, to));
  expect(findings.join('\n')).toContain(finding);
});

test('an input of a called workflow that is left out is found', async () => {
  const findings = await findingsIn(changedWorkflow('deploy.yml', '      commit: ${{ needs', '      # ${{ needs'));
  expect(findings.join('\n')).toContain('Input commit is required, but not provided while calling.');
});

test('a failure of the service itself is no silence: it would find nothing', async () => {
  const getContext = () => Promise.reject(new Error('the context is broken'));
  const findings = findingsIn(workflow('ci.yml'), { contextProviderConfig: { getContext } });
  await expect(findings).rejects.toThrow('The language service failed: Unhandled error while validating');
});
