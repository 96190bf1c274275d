import { renderWords, translate, type Words } from '@infra/common/words';
import en from './en.json';
import ja from './ja.json';

export type MessageId = keyof typeof en;

/** The languages that a review is written in. Each has every message, or this does not compile. */
const CATALOGS = { en: en satisfies typeof ja, ja: ja satisfies typeof en };
export type Language = keyof typeof CATALOGS;

/** Places of a message. */
export const places = (message: MessageId): string[] => en[message].match(/(?<=\{)\w+(?=\})/g) ?? [];

/** A message, and the values of its places, which are not trusted. */
export function wordsOf(message: MessageId, values: Readonly<Record<string, string | number | Words>> = {}): Words {
  const words = Object.entries(values).map(([name, value]): [string, Words] => {
    return [name, typeof value === 'object' ? value : [{ code: String(value) }]];
  });
  return [{ message, values: Object.fromEntries(words) }];
}

/** A message about a number of something. */
export const wordsForCount = (message: MessageId, number: number, values: Parameters<typeof wordsOf>[1] = {}): Words =>
  wordsOf(message, { n: [number.toLocaleString('en')], s: [number === 1 ? '' : 's'], ...values });

/** Renders words in a language, with what came from elsewhere written by `code`. */
export type Render = (words: Words) => string;
export const renderIn =
  (language: Language, code: (text: string) => string): Render =>
  (words) =>
    renderWords(translate(words, CATALOGS[language]), code);

/** Advice that several messages share; others have their own, `<id>.do`. */
const TO_DO: Readonly<Partial<Record<MessageId, MessageId>>> = {
  ...{ class: 'do.pause', disk: 'do.pause', engineParameters: 'do.pause', taken: 'do.name', exposed: 'do.secret' },
  ...{ may: 'do.rights', notDenied: 'do.rights', mayNot: 'do.lessRights', denied: 'do.lessRights', role: 'do.rights' },
  ...{ deployRole: 'do.rights', assetRole: 'do.rights', new: 'do.look', stackGone: 'do.environment' },
  ...{ instanceProfile: 'do.rights', issuer: 'do.trust', boundary: 'do.rights', 'new.provider': 'do.trust' },
  ...{ reachable: 'do.network', opened: 'do.network', unknown: 'do.network', openedUp: 'do.network' },
  ...{ unreachable: 'do.lessRights', removed: 'do.lessRights', fewer: 'do.lessRights' },
  ...{ publicDatabase: 'do.network', publicAddress: 'do.network', 'new.address': 'do.network' },
  ...{ parameterLost: 'do.parameter', parameterMissing: 'do.parameter' },
  ...{ code: 'do.code', command: 'do.code', scheduleTarget: 'do.code', scheduleInput: 'do.code', apiCall: 'do.code' },
  ...{ scheduleNew: 'do.code', 'new.custom': 'do.code', 'new.code': 'do.code', majorRefused: 'engine.do' },
};

/** Advice on some sentences, two at most. */
export const toDoFor = (says: readonly Words[]): Words[] =>
  [...new Set(says.flatMap((each) => toDoOf(each) ?? []))].slice(0, 2).map((id) => wordsOf(id));

/** Advice on a sentence, if it has its own. */
function toDoOf(says: Words): MessageId | undefined {
  const [first] = says.flatMap((part) => (typeof part === 'object' && 'message' in part ? [part.message] : []));
  if (first === undefined) return undefined;
  const own = `${first}.do`;
  return own in en ? (own as MessageId) : TO_DO[first as MessageId];
}
