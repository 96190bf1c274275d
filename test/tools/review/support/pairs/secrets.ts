/* eslint-disable @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-return -- a test knows the template that it changes */
import { BUCKET, TASK, variable, type Pair } from './pair';

export const SECRETS: readonly Pair[] = [
  [
    'a password in the open',
    'weaker',
    'A secret stands in plain text',
    (s) => variable(s, 'DB_PASSWORD', 'hunter2-hunter2'),
  ],
  ['a name like PASS', 'weaker', 'A secret stands in plain text', (s) => variable(s, 'SMTP_PASS', 'hunter2-hunter2')],
  ['a name like _KEY', 'weaker', 'A secret stands in plain text', (s) => variable(s, 'SIGNING_KEY', 'hunter2-hunter2')],
  [
    'one that AWS resolves',
    'weaker',
    'A secret stands in plain text',
    (s) =>
      variable(s, 'X', {
        'Fn::Join': ['', ['{{resolve:secretsmanager:', { Ref: s.id('Web/SessionSecret') }, ':SecretString}}']],
      }),
  ],
  [
    'a URL that is joined',
    'weaker',
    'A secret stands in plain text',
    (s) => variable(s, 'X', { 'Fn::Join': ['', ['postgresql://', 'app:hunter2-hunter2', '@', { Ref: s.id(BUCKET) }]] }),
  ],
  [
    'a parameter that is not to be echoed',
    'weaker',
    'A secret stands in plain text',
    (s) => {
      s.template.Parameters = { ...s.template.Parameters, P: { Type: 'String', Default: 'x', NoEcho: true } as never };
      variable(s, 'X', { Ref: 'P' });
    },
  ],
  [
    'an output',
    'weaker',
    'A secret stands in plain text',
    (s) =>
      (s.template.Outputs = {
        ...s.template.Outputs,
        Key: { Value: { 'Fn::Sub': '{{resolve:secretsmanager:${X}}}' } },
      }),
  ],
  ['in JSON', 'weaker', 'A secret stands in plain text', (s) => variable(s, 'CONFIG', '{"DB_PASS":"hunter2-hunter2"}')],
  ['assigned', 'weaker', 'A secret stands in plain text', (s) => variable(s, 'CONFIG', 'DB_PASS=hunter2-hunter2')],
  [
    'in a command',
    'weaker',
    'A secret stands in plain text',
    (s) => (s.of(TASK).ContainerDefinitions[0].Command = ['serve', '--api-token', 'hunter2-hunter2']),
  ],
];
