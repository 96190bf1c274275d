import type { Resource } from '@infra/common/template';
import { type MessageId, wordsOf } from '../messages';
import { messageIn, type Words } from '../messages/words';
import type { Effect } from '../model/finding';
import { defaultOf } from '../read/value';
import { schemaOf } from '../read/resource-schemas';
import { effectsByRules } from '../rules/apply-rules';

/**
 * Messages of rules on changes that also apply to a value of an added resource, and the message there. Other messages
 * compare with an earlier state, which an added resource does not have.
 */
const MESSAGES_IF_ADDED: Readonly<Partial<Record<string, MessageId>>> = {
  administrator: 'administrator',
  backupsOff: 'new.noBackups',
  everyWebsite: 'everyWebsite',
  foreignTarget: 'foreignTarget',
  noForcedTls: 'noForcedTls',
  noTls: 'noTls',
  oldTls: 'oldTls',
  openedUp: 'new.open',
  privileged: 'privileged',
  publicAcl: 'publicAcl',
  publicAddress: 'publicAddress',
  publicBlock: 'new.publicBlock',
  publicDatabase: 'publicDatabase',
  shell: 'shell',
  unencrypted: 'new.unencrypted',
  website: 'website',
};

/** Properties of a resource that takes its other settings from a source, such as a snapshot or a cluster. */
const SOURCE = /^(Source|Restore|DBClusterIdentifier$)|Snapshot(Identifier|Id|Name|Arns?)$/;

/** Effects that a value also has if its resource is added. No data is at risk: there is none yet. */
export function effectsIfAdded(effects: readonly Effect[]): Effect[] {
  return effects.flatMap(({ sentence }) => {
    const sentenceIfAdded = wordsIfAdded(sentence);
    return sentenceIfAdded ? { level: 'weaker', sentence: sentenceIfAdded } : [];
  });
}

function wordsIfAdded(sentence: Words): Words | undefined {
  const [, ...remarks] = sentence;
  const { message = '', values } = messageIn(sentence) ?? {};
  const messageIfAdded = MESSAGES_IF_ADDED[message];
  return messageIfAdded && [...wordsOf(messageIfAdded, values), ...remarks];
}

/** Effects of AWS's defaults where an added resource sets no value, such as no encryption. */
export function effectsOfUnsetValues({ Type, Properties = {} }: Resource): Effect[] {
  const isFromSource = Object.keys(Properties).some((property) => SOURCE.test(property));
  const schema = schemaOf(Type);
  if (isFromSource || !schema) return [];
  const unsetProperties = Object.keys(schema.properties).filter((property) => Properties[property] === undefined);
  return unsetProperties.flatMap((path) => {
    const value = defaultOf(Type, path);
    if (value === undefined) return [];
    const change = { path, before: value, after: value };
    return effectsIfAdded(effectsByRules(Type, change, [change], { name: path, now: value }));
  });
}
