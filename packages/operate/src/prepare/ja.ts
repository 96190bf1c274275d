import type { en } from './words';

/** Sentences of `prepare`, in Japanese. */
export const ja: typeof en = {
  title: ({ account, environmentNames }) => {
    const purpose = environmentNames.length === 0 ? '' : `(${environmentNames.join('、')} の準備)`;
    return `アカウント ${account}${purpose}:`;
  },
  made: '作成しました',
  wasThere: '作成済みです',
  madeOrUpdated: '作成または更新しました',
  notMade: ({ reason }) => `作成できませんでした: ${reason}`,
  bootstrapFailed: ({ output }) => `作成できませんでした。cdk bootstrap の出力:\n${output}`,
  toolkit: ({ region }) => `${region} の CDKToolkit`,
  cloudFrontZones: ({ environmentName }) => `${environmentName} のアベイラビリティーゾーン(CloudFront用)`,
  zonesReached: 'CloudFrontから接続できます',
  zonesUnreached: ({ zones }) =>
    `${zones.join('、')} のロードバランサーにはCloudFrontから接続できません。network.availabilityZones に別のゾーンを指定してください`,
  zonesUnknown: ({ reason }) => `分かりません: ${reason}`,
  bootstrapBegins: ({ target }) => `cdk bootstrap ${target}: 新しいアカウントでは約1分かかります`,
  notPrepared: '準備は終わっていません。原因を取り除いてから、もう一度実行してください。',
  waitForRoles: 'ロールはすぐには有効にならないので、最初のデプロイまで5分待ってください。',
  otherAccount: ({ account, places }) => {
    const accounts = places.map((place) => `${place.environmentName} は ${place.account}`);
    return (
      `認証情報のアカウントは ${account} ですが、lib/config にこのアカウントの環境はありません(${accounts.join('、')})。\n` +
      'いずれかのアカウントにサインインするか、lib/config の account を変えてください。'
    );
  },
  accountPlan:
    '無料プランのアカウントには、本番環境をデプロイできません。プランの確認: aws freetier get-account-plan-state --region us-east-1\n' +
    'プランによる違い: docs/first-deploy.ja.md',
};
