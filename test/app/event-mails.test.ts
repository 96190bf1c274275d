import { withFields } from '../support/config';
import { prod } from '../support/configs';
import { synthesizeOther } from '../support/other-environment';

/*
 * Events as AWS publishes them, with the fields that are read: AWS Batch user guide ("Amazon EventBridge events"), Amazon ECR
 * user guide ("Events for a completed image scan"), AWS Backup developer guide ("Monitoring AWS Backup events using Amazon
 * EventBridge", state FAILED).
 */
const EVENTS: Readonly<Record<string, object>> = {
  FailedImports: {
    jobName: 'event-test',
    jobId: '4c7599ae-0a82-49aa-ba5a-4727fcce14a8',
    statusReason: 'Task failed: "exit code 1"',
  },
  ScanFindings: {
    'repository-name': 'my-repository',
    'image-digest': 'sha256:7f5b2640fe6fb4f46592dfd3410c4a79dac4f89e4782432e0378abcd1234',
    'image-tags': ['latest'],
    'finding-severity-counts': { CRITICAL: 10, MEDIUM: 9 },
  },
  FailedRestoreTests: {
    restoreJobId: '1B234A56-789B-01CD-2A34-4567A08901FD',
    statusMessage: 'AWS Backup does not permit attaching a new instance profile to an EC2 instance.',
  },
};

interface Transformer {
  readonly InputPathsMap: Readonly<Record<string, string>>;
  readonly InputTemplate: string;
}

/** Value at a path of an event, such as `$.detail.image-tags[0]`. */
function valueAt(event: unknown, path: string): unknown {
  const keys = path.replaceAll('[', '.').replaceAll(']', '').split('.').slice(1);
  return keys.reduce((value, key) => (value as Record<string, unknown> | undefined)?.[key], event);
}

/** Message that EventBridge makes of an event: a variable within a text is bare, and JSON outside; a missing one is empty. */
function messageOf({ InputPathsMap, InputTemplate }: Transformer, event: object): unknown {
  const jsonOf = (name: string) => JSON.stringify(valueAt(event, InputPathsMap[name] ?? '') ?? '');
  const filled = InputTemplate.replace(/"[^"]*"|<([^>]+)>/g, (text, name?: string) => {
    if (name !== undefined) return jsonOf(name);
    return text.replace(/<([^>]+)>/g, (_, inner: string) => jsonOf(inner).replaceAll('"', ''));
  });
  return JSON.parse(filled);
}

/** Messages of an environment about each event. */
function messages(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { deployed } = synthesizeOther(
    withFields(prod, { 'database.backups.restoreTest': { day: 1, time: '04:00' }, ...fields }),
  );
  const rules = deployed.all('AWS::Events::Rule').filter(({ properties }) => properties['Targets'] !== undefined);
  return Object.fromEntries(
    rules.map(({ path, properties }) => {
      const [, name = ''] = path.split('/');
      const [target] = properties['Targets'] as unknown as { readonly InputTransformer: Transformer }[];
      if (!target) throw new Error(path);
      return [name, messageOf(target.InputTransformer, { detail: EVENTS[name] })];
    }),
  );
}

test('a mail has the meaning of an event and its values, quotes as they are', () => {
  expect(messages({})).toEqual({
    FailedImports: {
      message: 'An import job failed',
      job: 'event-test',
      id: '4c7599ae-0a82-49aa-ba5a-4727fcce14a8',
      reason: 'Task failed: "exit code 1"',
    },
    ScanFindings: {
      message: 'The scan of an image found known vulnerabilities',
      repository: 'my-repository',
      tags: ['latest'],
      digest: 'sha256:7f5b2640fe6fb4f46592dfd3410c4a79dac4f89e4782432e0378abcd1234',
      findings: { CRITICAL: 10, MEDIUM: 9 },
    },
    FailedRestoreTests: {
      message: 'The restore test of the database failed',
      id: '1B234A56-789B-01CD-2A34-4567A08901FD',
      reason: 'AWS Backup does not permit attaching a new instance profile to an EC2 instance.',
    },
  });
});

test('with a chat, it has the only form that Amazon Q Developer shows: texts alone, after the environment', () => {
  const slack = { workspaceId: 'T0123ABCD', channelId: 'C0123ABCD' };
  const shown = (title: string, description: string, ...keywords: string[]) => ({
    version: '1.0',
    source: 'custom',
    content: { textType: 'client-markdown', title: `prooflink-other: ${title}`, description, keywords },
  });
  expect(messages({ 'alarms.slack': slack, 'alarms.language': 'ja' })).toEqual({
    FailedImports: shown(
      'インポートのジョブが失敗しました',
      'Task failed: "exit code 1"',
      'event-test',
      '4c7599ae-0a82-49aa-ba5a-4727fcce14a8',
    ),
    ScanFindings: shown(
      'イメージのスキャンで既知の脆弱性が見つかりました',
      'my-repository:latest CRITICAL: 10 HIGH: ',
      'sha256:7f5b2640fe6fb4f46592dfd3410c4a79dac4f89e4782432e0378abcd1234',
    ),
    FailedRestoreTests: shown(
      'データベースの復元テストが失敗しました',
      'AWS Backup does not permit attaching a new instance profile to an EC2 instance.',
      '1B234A56-789B-01CD-2A34-4567A08901FD',
    ),
  });
});
