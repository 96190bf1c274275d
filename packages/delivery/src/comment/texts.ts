/** Texts of the comment on a pull request, around the review, in one language. */
export interface CommentTexts {
  /** Commit and run that the review is from. */
  readonly source: (sha: string, runUrl: string) => string;
  /** Hint that the review is from the workflow of a fork. */
  readonly fork: (repository: string) => string;
  /** Warning on files of the pipeline that the pull request changes. */
  readonly pipelineFiles: (names: string) => string;
  /** Warning that not all changed files of the pipeline can be listed. */
  readonly unlistedFiles: string;
  /** Text in place of the review of a run that left none. */
  readonly failedRun: (conclusion: string, result: string, runUrl: string) => string;
  /** Conclusion of a run that has none, for `failedRun`. */
  readonly noConclusion: string;
  /** Results of a run, for `failedRun`: it left no file, or a file that is no review. */
  readonly noComment: string;
  readonly noReview: string;
}

export const TEXTS: Readonly<Record<'en' | 'ja', CommentTexts>> = {
  en: {
    source: (sha, runUrl) => `Of ${sha}, by [this run](${runUrl}).`,
    fork: (repository) => ` The workflow is that of ${repository}: see whether it changes <code>.github</code>.`,
    pipelineFiles: (names) =>
      `**This changes the review itself, the workflows, or what they run: ${names}.** ` +
      'Read that first; whatever is said below may be its work.',
    unlistedFiles:
      '**This changes too many files to list those of the workflows, and of what they run. This run fails:** ' +
      'split the pull request; whatever is said below may be its work.',
    failedRun: (conclusion, result, runUrl) =>
      `The run ended with "${conclusion}" and ${result}. Its log says why:\n${runUrl}`,
    noConclusion: 'no conclusion',
    noComment: 'left no comment',
    noReview: 'left something that is not a comment of the review',
  },
  ja: {
    source: (sha, runUrl) => `${sha} に対する[実行結果](${runUrl})です。`,
    fork: (repository) =>
      ` ワークフローは ${repository} のものです。<code>.github</code> が変更されていないか確認してください。`,
    pipelineFiles: (names) =>
      `**このプルリクエストは、レビュー自体、ワークフロー、またはその中で実行されるコードを変更します: ${names}。** ` +
      '先にその変更を確認してください。以下の内容も影響を受けている可能性があります。',
    unlistedFiles:
      '**変更されるファイルが多すぎるため、ワークフローと、その中で実行されるコードの変更を列挙できません。この実行は失敗します。** ' +
      'プルリクエストを分けてください。以下の内容も影響を受けている可能性があります。',
    failedRun: (conclusion, result, runUrl) =>
      `実行は "${conclusion}" で終わり、${result}。原因はログにあります:\n${runUrl}`,
    noConclusion: '結果なし',
    noComment: 'コメントが残されていません',
    noReview: 'レビューのコメントではないものが残されています',
  },
};
