import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Catalog, haveSameSentences } from '../../test/support/sentences';

const TOOLS = join(__dirname, '..');

/** Keys of sentences without words of their own, such as a notation or names of AWS, by room. */
const NOTATIONS: Readonly<Record<string, readonly string[]>> = {
  cost: [
    'part',
    'usage',
    'columns.usd',
    'missingCost',
    'unpricedUsage',
    'renewal.failure',
    'database.storage',
    'database.performanceInsights.usage',
    'fargate.vcpus',
    'firewall.webAcl',
    'monitoring.containerInsights',
  ],
  deployed: ['settings.reader'],
  'operate/health': ['list', 'counts'],
  'operate/health/questions': ['databaseUrl.parts.sslMode', 'byHand.changed', 'scaling.changed'],
  'operate/health/questions/containers': ['network.wayToDatabaseBlocked'],
  'operate/health/questions/web': ['wayToTasks.blocked', 'scans.together'],
  'operate/rehearse': ['begins'],
  'operate/release': ['ecsSays', 'stoppedTask'],
};

/** Folders of tools with sentences: each has en.ts. */
const rooms = readdirSync(TOOLS, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('/en.ts') && !file.includes('node_modules'))
  .map(dirname);

/** Catalog of a room in a language. */
function catalogOf(room: string, language: 'en' | 'ja'): Catalog {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import waits, and jest does not wait for it
  const module = require(join(TOOLS, room, language)) as Readonly<Record<typeof language, Catalog>>;
  return module[language];
}

test.each(rooms)('tools/%s speaks Japanese, too: a Japanese team reads it in its terminal', (room) => {
  expect(existsSync(join(TOOLS, room, 'ja.ts'))).toBe(true);
});

describe.each(rooms.filter((room) => existsSync(join(TOOLS, room, 'ja.ts'))))(
  'a sentence of tools/%s says the same in Japanese',
  (room) => {
    haveSameSentences(catalogOf(room, 'en'), catalogOf(room, 'ja'), NOTATIONS[room]);
  },
);
