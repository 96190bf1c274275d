/** Texts of the comment beside the review, in one language. */
export interface CommentTexts {
  /** Commit and run that the comment is from. */
  readonly source: (sha: string, url: string) => string;
  readonly fork: (name: string) => string;
  /** Warning on files of the pipeline that the pull request changes. */
  readonly pipelineFiles: (names: string) => string;
  /** The same, if GitHub does not list all changed files. */
  readonly anyFile: string;
  /** Title of findings on packages. */
  readonly packages: string;
  readonly more: (number: number) => string;
  /** Result of a run without a review. */
  readonly failure: (conclusion: string, result: string, url: string) => string;
  readonly noConclusion: string;
  readonly noComment: string;
  readonly noReview: string;
}

export const TEXTS: Readonly<Record<'en' | 'ja', CommentTexts>> = {
  en: {
    fork: (name) => ` The workflow is that of ${name}: see whether it changes <code>.github</code>.`,
    source: (sha, url) => `Of ${sha}, by [this run](${url}).`,
    anyFile: '**GitHub lists no more than 3,000 changed files: there may be any.**',
    more: (number) => ` and ${number} more`,
    pipelineFiles: (names) =>
      `**This changes the review itself, the workflows, or what they run: ${names}.** ` +
      'Read that first; whatever is said below may be its work.',
    packages: '**After a merge of these packages nothing is deployed any more: the deployments refuse them.**',
    noComment: 'left no comment',
    noReview: 'left something that is not a comment of the review',
    failure: (conclusion, result, url) => `The run ended with "${conclusion}" and ${result}. Its log says why:\n${url}`,
    noConclusion: 'no conclusion',
  },
  ja: {
    fork: (name) => ` ワークフローは ${name} のものです。<code>.github</code> が変更されていないか確認してください。`,
    source: (sha, url) => `${sha} に対する[実行結果](${url})です。`,
    anyFile: '**GitHubが一覧にする変更ファイルは3,000件までです。ほかにも変更されている可能性があります。**',
    more: (number) => ` ほか${number}件`,
    pipelineFiles: (names) =>
      `**このプルリクエストは、レビュー自体、ワークフロー、またはその中で実行されるコードを変更します: ${names}。** ` +
      '先にその変更を確認してください。以下の内容も影響を受けている可能性があります。',
    packages: '**これらのパッケージをマージすると、デプロイはすべて拒否されます。**',
    noComment: 'コメントが残されていません',
    noReview: 'レビューのコメントではないものが残されています',
    failure: (conclusion, result, url) => `実行は "${conclusion}" で終わり、${result}。原因はログにあります:\n${url}`,
    noConclusion: '結果なし',
  },
};
