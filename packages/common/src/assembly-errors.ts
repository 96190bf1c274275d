import { TranslatedError } from './outcome';
import type { Texts } from './words';

/** Errors of a cloud assembly or a template that cannot be read. Their `source` is the path of a file, or words for it. */
export const assemblyErrors = {
  noDirectory: ({ directory }: Texts<'directory'>) =>
    new TranslatedError({
      en: `${directory} is not a directory. Make it with: npx cdk synth -o ${directory}`,
      ja: `${directory} というディレクトリがありません。作成するには: npx cdk synth -o ${directory}`,
    }),
  missingContext: ({ directory, keys }: Texts<'directory' | 'keys'>) =>
    new TranslatedError({
      en: `${directory} was synthesized without context that it needs, so its templates are stand-ins: ${keys}. Synthesize once with credentials, and commit cdk.context.json.`,
      ja: `${directory} は必要なコンテキストなしでsynthされたもので、テンプレートは仮のものです: ${keys}。認証情報を使って一度synthし、cdk.context.jsonをコミットしてください。`,
    }),
  notReadable: ({ directory, reason }: Texts<'directory' | 'reason'>) =>
    new TranslatedError({
      en: `${directory} is not a readable cloud assembly: ${reason}`,
      ja: `${directory} をクラウドアセンブリとして読み取れません: ${reason}`,
    }),
  repeatedStack: ({ directory, stackName }: Texts<'directory' | 'stackName'>) =>
    new TranslatedError({
      en: `${directory} has two stacks named ${stackName} in one account and region: which one is meant is unclear.`,
      ja: `${directory} には、同じアカウントとリージョンに ${stackName} という名前のスタックが二つあり、どちらを指すか分かりません。`,
    }),
  nestedInItself: ({ source, id }: Texts<'source' | 'id'>) =>
    new TranslatedError({
      en: `${source} is not read: its nested stack ${id} names a template that it is nested in.`,
      ja: `${source} は読み取れません。入れ子のスタック ${id} が、自分を含むテンプレートを指しています。`,
    }),
  noStack: ({ directory }: Texts<'directory'>) =>
    new TranslatedError({
      en: `${directory} has no stack in it: was the app synthesized?`,
      ja: `${directory} にスタックがありません。アプリのsynthを実行したか確認してください。`,
    }),
  noResources: ({ source }: Texts<'source'>) =>
    new TranslatedError({
      en: `${source} is not a CloudFormation template: it has no Resources.`,
      ja: `${source} はCloudFormationのテンプレートではありません。Resources がありません。`,
    }),
  malformedResource: ({ source, id }: Texts<'source' | 'id'>) =>
    new TranslatedError({
      en: `${source} is malformed: its resource ${id} has no Type, or Properties that are not an object.`,
      ja: `${source} の形式が正しくありません。リソース ${id} に Type がないか、Properties がオブジェクトではありません。`,
    }),
  outside: ({ directory, source }: Texts<'directory' | 'source'>) =>
    new TranslatedError({
      en: `${source} is not read: it is outside of the assembly ${directory}, or behind a link. Synthesize into a new folder.`,
      ja: `${source} は読み取りません。アセンブリ ${directory} の外にあるか、リンクの先にあります。新しいフォルダーにsynthしてください。`,
    }),
  noJson: ({ source }: Texts<'source'>) =>
    new TranslatedError({
      en: `${source} cannot be read: it is not JSON`,
      ja: `${source} を読み取れません: JSONではありません`,
    }),
  unreadableFile: ({ source, reason }: Texts<'source' | 'reason'>) =>
    new TranslatedError({
      en: `${source} cannot be read: ${reason}`,
      ja: `${source} を読み取れません: ${reason}`,
    }),
};
