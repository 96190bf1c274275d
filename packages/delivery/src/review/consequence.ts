import type { Consequence, Decision } from '@infra/change-review';
import { join, say, type Words } from '@infra/change-review/words';

/** Sentences on the verdicts of a review in the workflows of this repository, in one language. */
interface ConsequenceTexts {
  readonly acceptedByLabel: Words;
  readonly needsLabel: Words;
  /** A deployment that would fail: no label makes it succeed. */
  readonly needsChange: Words;
  readonly isForReviewer: Words;
  readonly needsNames: (names: string) => Words;
}

/** Label of a pull request by which data that is lost or left behind is accepted. */
const LABEL = 'allow-destructive';
/** List of accepted findings that the workflows pass. */
const ACCEPTED_FINDINGS = '.github/accepted-findings.json';

const TEXTS: Readonly<Record<'en' | 'ja', ConsequenceTexts>> = {
  en: {
    acceptedByLabel: say`Accepted by the label ${LABEL}.`,
    needsLabel: say`This check fails unless the pull request has the label ${LABEL}.`,
    needsChange: say`This check fails as long as the deployment would fail. No label accepts that; ${ACCEPTED_FINDINGS} can.`,
    isForReviewer: ['Deploy it only if this is intended.'],
    needsNames: (names) =>
      say`It is not deployed. If this is intended, take a backup, then start the workflow by hand with ${'lose'}: ${names}`,
  },
  ja: {
    acceptedByLabel: say`ラベル ${LABEL} により承認済みです。`,
    needsLabel: say`プルリクエストにラベル ${LABEL} がない限り、このチェックは失敗します。`,
    needsChange: say`デプロイが失敗する変更である限り、このチェックは失敗します。承認できるのはラベルではなく ${ACCEPTED_FINDINGS} だけです。`,
    isForReviewer: ['意図したものである場合にだけデプロイしてください。'],
    needsNames: (names) =>
      say`デプロイしません。意図したものなら、バックアップを取ってから、次の文字列を ${'lose'} に入れてワークフローを手動で開始してください: ${names}`,
  },
};

/** Consequence in the workflow Diff, whose label accepts what is lost or left behind, or in Deploy. */
export function consequenceIn(language: 'en' | 'ja', isBeforeDeployment: boolean): Consequence {
  const texts = TEXTS[language];
  return isBeforeDeployment
    ? (decision) => ofDeployment(decision, texts)
    : (decision) => ofPullRequest(decision, texts);
}

function ofPullRequest({ open, accepted }: Decision, texts: ConsequenceTexts): Words {
  const isLossOpen = open.includes('lost') || open.includes('left');
  const sentences: Words[] = [];
  if (accepted.length > 0) sentences.push(texts.acceptedByLabel);
  if (isLossOpen) sentences.push(texts.needsLabel);
  if (open.includes('fails')) sentences.push(texts.needsChange);
  return join(sentences, ' ');
}

function ofDeployment({ open, accepted, names }: Decision, texts: ConsequenceTexts): Words {
  if (open.length > 0) return texts.needsNames(names);
  return accepted.length > 0 ? texts.isForReviewer : [];
}
