import { type MessageId, wordsOf } from '.';
import en from './en.json';
import { messageIn, type Words } from './words';

/** Pieces of advice that a finding has at most. */
const MOST_ADVICE = 2;

/** Advice that several messages share; others have their own, `<id>.do`. */
const SHARED_ADVICE: Readonly<Partial<Record<MessageId, MessageId>>> = {
  assetRole: 'do.rights',
  boundary: 'do.rights',
  class: 'do.pause',
  code: 'do.code',
  denied: 'do.lessRights',
  deployRole: 'do.rights',
  disk: 'do.pause',
  engineParameters: 'do.pause',
  exposed: 'do.secret',
  fewer: 'do.lessRights',
  instanceProfile: 'do.rights',
  issuer: 'do.trust',
  majorRefused: 'engine.do',
  may: 'do.rights',
  membership: 'do.rights',
  mayNot: 'do.lessRights',
  mayNotUnlessOther: 'do.lessRights',
  mayUnlessBefore: 'do.rights',
  networkAcl: 'do.network',
  'new.address': 'do.network',
  'new.code': 'do.code',
  'new.custom': 'do.code',
  'new.provider': 'do.trust',
  notDenied: 'do.rights',
  opened: 'do.network',
  openedUp: 'do.network',
  parameterLost: 'do.parameter',
  parameterMissing: 'do.parameter',
  publicAddress: 'do.network',
  publicDatabase: 'do.network',
  reachable: 'do.network',
  role: 'do.rights',
  scheduleInput: 'do.code',
  scheduleTarget: 'do.code',
  stackGone: 'do.environment',
  taken: 'do.name',
  unreachable: 'do.lessRights',
};

/** Advice on sentences, without repetition. */
export function adviceFor(sentences: readonly Words[]): Words[] {
  const messages = sentences.flatMap((sentence) => adviceOf(sentence) ?? []);
  const distinctMessages = [...new Set(messages)].slice(0, MOST_ADVICE);
  return distinctMessages.map((message) => wordsOf(message));
}

/** Advice on a sentence, by its first message. */
function adviceOf(sentence: Words): MessageId | undefined {
  const message = messageIn(sentence)?.message;
  if (message === undefined) return undefined;
  const ownAdvice = `${message}.do`;
  return ownAdvice in en ? (ownAdvice as MessageId) : SHARED_ADVICE[message as MessageId];
}
