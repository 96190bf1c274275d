import type { StageName } from '../observation';

/** A text in both languages of docs/first-deploy, as its cell has it: Markdown whose links start in docs. */
interface Texts {
  readonly en: string;
  readonly ja: string;
}

/** Stages of a rehearsal that can observe a row, and what has to be there besides; or the reason why none can. */
type Rehearsal =
  { readonly stages: readonly [StageName, ...StageName[]]; readonly needs?: Texts } | { readonly cannotSee: Texts };

/** A row of docs/first-deploy: a claim about AWS or GitHub, which is confirmed once, or refuted. */
export interface FirstDeployRow {
  /** Number of the page's chapter. */
  readonly step: number;
  readonly confirms: Texts;
  readonly seenIn: Texts;
  /** Advice if the claim is refuted. */
  readonly otherwise: Texts;
  readonly rehearsal: Rehearsal;
}

// Ends of the sentence "not seen, because …".
const NO_GITHUB: Texts = { en: 'no stage asks GitHub', ja: 'GitHubに問い合わせる段階がない' };
const NO_DOMAIN: Texts = { en: 'a rehearsal has no domain', ja: 'リハーサルにはドメインがない' };
const NO_MAIL: Texts = { en: 'a rehearsal waits for no mail', ja: 'リハーサルではメールを待たない' };

/** Need of a row on the application itself, which the sample application cannot meet. */
export const OWN_IMAGES: Texts = {
  en: "ProofLink's own images (--app-image, --batch-image)",
  ja: 'ProofLink自身のイメージ(--app-image、--batch-image)',
};

/**
 * Rows of docs/first-deploy by their id, in the page's order. The page's tables are generated from them (npm run renew), and
 * the report of a rehearsal has a verdict on each.
 */
const ROWS = {
  'roles-in-force': {
    step: 1,
    confirms: {
      en: 'Five minutes after `npm run prooflink -- prepare`, its service-linked roles are in force',
      ja: '`npm run prooflink -- prepare` の5分後には、サービスリンクロールが有効になっている',
    },
    seenIn: {
      en: 'step 2: no event says "Unable to assume the service linked role"',
      ja: '手順2のイベントに "Unable to assume the service linked role" が出ない',
    },
    otherwise: { en: 'wait, deploy again', ja: '待ってから、もう一度デプロイする' },
    rehearsal: { stages: ['deploy', 'deployAgain'] },
  },
  'narrow-execution-policy': {
    step: 1,
    confirms: {
      en: 'A policy narrower than `AdministratorAccess` suffices, if you give one',
      ja: '`AdministratorAccess` より狭いポリシーを指定した場合、それで足りる',
    },
    seenIn: {
      en: 'step 2: no event of the stack says "is not authorized to perform"',
      ja: '手順2のスタックのイベントに "is not authorized to perform" が出ない',
    },
    otherwise: {
      en: 'add the action that the event names, `npm run prooflink -- prepare --execution-policies <arn>`',
      ja: 'イベントが示すアクションを追加し、`npm run prooflink -- prepare --execution-policies <arn>`',
    },
    rehearsal: {
      cannotSee: {
        en: 'CloudFormation has the rights of `cdk bootstrap`, AdministratorAccess',
        ja: 'CloudFormationの権限は、`cdk bootstrap` が与えるAdministratorAccessである',
      },
    },
  },
  'account-plan': {
    step: 1,
    confirms: { en: 'The plan of the account allows prod', ja: 'アカウントのプランで本番環境をデプロイできる' },
    seenIn: {
      en: '`npm run prooflink -- prepare` says "Its plan is the paid one"',
      ja: '`npm run prooflink -- prepare` に "このアカウントは有料プランです" と表示される',
    },
    otherwise: {
      en: '`aws freetier upgrade-account-plan --account-plan-type PAID --region us-east-1`',
      ja: '`aws freetier upgrade-account-plan --account-plan-type PAID --region us-east-1`',
    },
    rehearsal: {
      cannotSee: {
        en: "the plan of this account says nothing of prod's account",
        ja: 'このアカウントのプランから、本番環境のアカウントのプランは分からない',
      },
    },
  },
  quotas: {
    step: 1,
    confirms: { en: 'The quotas suffice', ja: 'クォータが足りている' },
    seenIn: { en: 'first-contact', ja: 'first-contact' },
    otherwise: {
      en: '[ask for more vCPUs of Fargate](first-deploy.md#1-prepare-the-account); it takes hours or days',
      ja: '[FargateのvCPUの引き上げを申請する](first-deploy.ja.md#1-アカウントの準備)。数時間から数日かかる',
    },
    rehearsal: { stages: ['firstContact'] },
  },
  'budget-accepted': {
    step: 1,
    confirms: { en: 'The account may have a budget, if you set one', ja: '予算を設定した場合、アカウントに作成できる' },
    seenIn: {
      en: 'step 2: no event of the budget says "is a linked account"',
      ja: '手順2の予算のイベントに "is a linked account" が出ない',
    },
    otherwise: {
      en: 'leave `budget` as `undefined` for the first day; in the management account, activate access to billing information',
      ja: '最初の1日は `budget` を `undefined` のままにする。管理アカウントで請求情報へのアクセスを有効にする',
    },
    rehearsal: { cannotSee: { en: 'a rehearsal has no budget', ja: 'リハーサルには予算がない' } },
  },
  'read-only-policy': {
    step: 1,
    confirms: {
      en: '[read-only-policy.json](read-only-policy.json) has every right that is needed',
      ja: '[read-only-policy.json](read-only-policy.json) に必要な権限がすべてある',
    },
    seenIn: {
      en: '`npm run prooflink -- first-contact dev` with a role that has it alone',
      ja: 'このポリシーだけを持つロールで `npm run prooflink -- first-contact dev`',
    },
    otherwise: {
      en: 'add the action that "could not be asked" names, there and in `tools/test/read-by-cloudformation.ts`',
      ja: '"確認できなかったもの" が示すアクションを、このファイルと `tools/test/read-by-cloudformation.ts` に追加する',
    },
    rehearsal: {
      cannotSee: { en: "a rehearsal has an administrator's credentials", ja: 'リハーサルは管理者の認証情報で実行する' },
    },
  },
  'values-accepted': {
    step: 2,
    confirms: {
      en: 'AWS takes every value that the local AWS takes, and no limit is met',
      ja: 'ローカルAWSが受け付けた値をAWSもすべて受け付け、上限にも達しない',
    },
    seenIn: {
      en: '`npx cdk deploy ProoflinkDev` ends with outputs',
      ja: '`npx cdk deploy ProoflinkDev` が出力を表示して終わる',
    },
    otherwise: {
      en: 'the first event that failed names property and reason; the value is in `lib/config`, a rule for it in `lib/config/rules`',
      ja: '最初に失敗したイベントが、プロパティと理由を示す。値は `lib/config` に、ルールは `lib/config/rules` にある',
    },
    rehearsal: { stages: ['deploy', 'deployAgain'] },
  },
  'custom-resource-rights': {
    step: 2,
    confirms: {
      en: 'The rights of custom resources are in force by the time that the database has taken',
      ja: 'カスタムリソースの権限が、データベースの作成中に有効になる',
    },
    seenIn: {
      en: 'no event of a custom resource says "AccessDenied"',
      ja: 'カスタムリソースのイベントに "AccessDenied" が出ない',
    },
    otherwise: {
      en: "deploy again; then give the functions' role one more thing to wait for in `lib/constructs/custom-resources.ts`",
      ja: 'もう一度デプロイする。再発するなら `lib/constructs/custom-resources.ts` で、関数のロールが待つ対象を増やす',
    },
    rehearsal: { stages: ['deploy', 'deployAgain'] },
  },
  'no-drift-after-deploy': {
    step: 2,
    confirms: {
      en: 'CloudFormation finds no drift in what it has just made',
      ja: '作成した直後にドリフトが検出されない',
    },
    seenIn: {
      en: '`npm run prooflink -- drift ProoflinkDev` ends with exit code 0',
      ja: '`npm run prooflink -- drift ProoflinkDev` が終了コード0で終わる',
    },
    otherwise: {
      en: 'a property that AWS reads back otherwise: write what it reads, or add it to `tools/deployed/changed-by-hand/drift-by-design.ts`',
      ja: 'AWSが別の値を返すプロパティがある。返る値を書くか、`tools/deployed/changed-by-hand/drift-by-design.ts` に追加する',
    },
    rehearsal: { stages: ['changeByHand'] },
  },
  'compared-types': {
    step: 2,
    confirms: {
      en: 'CloudFormation compares the types that [decision 18](decisions/0018-who-sees-a-change-by-hand.md) says',
      ja: 'CloudFormationが、[設計判断18](decisions/0018-who-sees-a-change-by-hand.md)のリソースタイプを比較する',
    },
    seenIn: {
      en: '`npm run prooflink -- drift ProoflinkDev`: "Nothing compares" names none of them',
      ja: '`npm run prooflink -- drift ProoflinkDev` の "比較する手段がないもの" に、そのタイプがない',
    },
    otherwise: {
      en: "move the type's row, in decision 18 and in `tools/deployed/changed-by-hand/cloudformation-drift.ts`",
      ja: '設計判断18と `tools/deployed/changed-by-hand/cloudformation-drift.ts` で、タイプの行を移す',
    },
    rehearsal: { stages: ['changeByHand'] },
  },
  'lookup-role-reads': {
    step: 2,
    confirms: {
      en: "The CDK's lookup role may read whatever is compared",
      ja: 'CDKのlookupロールが、比較に必要なものをすべて読める',
    },
    seenIn: {
      en: '`gh workflow run drift.yml`: no "AccessDenied" in its report',
      ja: '`gh workflow run drift.yml` の出力に "AccessDenied" がない',
    },
    otherwise: {
      en: "the right that is named: is it in AWS's `ReadOnlyAccess`? If not, move the type's row in `tools/deployed/changed-by-hand/cloudformation-drift.ts`",
      ja: '表示された権限がAWSの `ReadOnlyAccess` にあるかを確認する。なければ、`tools/deployed/changed-by-hand/cloudformation-drift.ts` でタイプの行を移す',
    },
    rehearsal: {
      cannotSee: {
        en: "`drift` reads with an administrator's credentials, not with the lookup role",
        ja: '`drift` は、lookupロールではなく管理者の認証情報で読む',
      },
    },
  },
  'change-by-hand-reverted': {
    step: 2,
    confirms: {
      en: "A change by hand is seen, and a deploy takes it back: change the health check's path in the console",
      ja: '手動の変更が検出され、デプロイで元に戻る。コンソールでヘルスチェックのパスを変更して試す',
    },
    seenIn: {
      en: '`npm run prooflink -- doctor dev`, its fix, and once more',
      ja: '`npm run prooflink -- doctor dev` と、表示された対処、そして再実行',
    },
    otherwise: { en: 'change it back by hand; correct decision 18', ja: '手動で戻し、設計判断18を訂正する' },
    rehearsal: { stages: ['drift'] },
  },
  'deletion-leaves-nothing': {
    step: 2,
    confirms: {
      en: 'A deletion leaves nothing but what [operating](operating.md#teardown) names',
      ja: '削除した後に、[運用](operating.ja.md#削除)に書かれたもの以外は残らない',
    },
    seenIn: {
      en: '`npx cdk destroy ProoflinkDev` ends, and the console shows the rest of `prooflink-dev`',
      ja: '`npx cdk destroy ProoflinkDev` の終了後、コンソールで `prooflink-dev` を探す',
    },
    otherwise: {
      en: 'delete it by hand; the [runbook](runbook.md#a-deletion-that-failed) on a deletion that failed',
      ja: '手動で削除する。運用手順の[削除が失敗したとき](runbook.ja.md#削除が失敗したとき)',
    },
    rehearsal: { stages: ['destroy', 'destroyAgain'] },
  },
  'second-life': {
    step: 2,
    confirms: { en: 'A second dev can be made after the first', ja: '削除した後に、もう一度作成できる' },
    seenIn: {
      en: '`npx cdk destroy ProoflinkDev`, and the deploy again',
      ja: '`npx cdk destroy ProoflinkDev` の後、再びデプロイする',
    },
    otherwise: {
      en: 'delete what the event calls "already exists" by hand',
      ja: 'イベントが "already exists" と示すものを手動で削除する',
    },
    rehearsal: { stages: ['deployAgain'] },
  },
  'taken-name-refused': {
    step: 2,
    confirms: {
      en: 'A taken name is refused before anything is made: ["validation failed: … ResourceExistenceCheck"][early], with the resource\'s name',
      ja: '使用中の名前は、何かが作成される前に拒否される(["validation failed: … ResourceExistenceCheck"][early]とリソースの名前が表示される)',
    },
    seenIn: {
      en: 'only if it happens: `npx cdk deploy ProoflinkDev` ends at its change set',
      ja: '起きたときだけ。`npx cdk deploy ProoflinkDev` が変更セットで終わる',
    },
    otherwise: {
      en: 'with a role of an older bootstrap the CDK CLI cannot name the resource: `npm run prooflink -- prepare` brings it up to date',
      ja: 'ブートストラップが古いと、CDK CLIはリソースの名前を表示できない。`npm run prooflink -- prepare` で更新する',
    },
    rehearsal: { cannotSee: { en: 'a rehearsal takes no name that exists', ja: 'リハーサルは使用中の名前を使わない' } },
  },
  'termination-protection': {
    step: 2,
    confirms: { en: 'Termination protection is on', ja: '削除保護が有効になっている' },
    seenIn: { en: 'first-contact (prod)', ja: 'first-contact(本番環境)' },
    otherwise: {
      en: '`npx cdk deploy ProoflinkProd` by the CDK CLI, which sets it',
      ja: 'CDK CLIで `npx cdk deploy ProoflinkProd` を実行する。CLIが設定する',
    },
    rehearsal: {
      cannotSee: {
        en: 'all protections are off in an environment that must be able to destroy itself',
        ja: '自動で削除する環境なので、保護機能はすべて無効である',
      },
    },
  },
  'images-scanned': {
    step: 3,
    confirms: { en: 'The images that run were scanned', ja: '実行中のイメージがスキャンされている' },
    seenIn: { en: 'first-contact (prod), after the release', ja: 'リリース後のfirst-contact(本番環境)' },
    otherwise: {
      en: 'build with `--provenance=false`: an index of images is not scanned',
      ja: '`--provenance=false` を付けてビルドする。イメージインデックスはスキャンされない',
    },
    rehearsal: {
      stages: ['firstContact'],
      needs: { en: "`imageRegistry.scanOnPush` in dev's config", ja: '開発環境の設定の `imageRegistry.scanOnPush`' },
    },
  },
  'image-processor': {
    step: 3,
    confirms: {
      en: 'The registry says for which processor an image is',
      ja: 'イメージのプロセッサーがレジストリからわかる',
    },
    seenIn: {
      en: '`npm run prooflink -- release dev --app <tag>` refuses one for another',
      ja: '異なるプロセッサーのイメージを `npm run prooflink -- release dev --app <tag>` が拒否する',
    },
    otherwise: {
      en: 'the manifest has a form that is not known: `tools/deployed/image-manifest.ts`',
      ja: '未知の形式のマニフェストである。`tools/deployed/image-manifest.ts` を直す',
    },
    rehearsal: { stages: ['release'] },
  },
  'secret-labels': {
    step: 3,
    confirms: {
      en: "Secrets Manager takes the labels `keys.…` of a setting's version",
      ja: 'Secrets Managerが、設定のバージョンに付けるラベル `keys.…` を受け付ける',
    },
    seenIn: {
      en: '`npm run prooflink -- settings dev set <key>`, then `npm run prooflink -- settings dev`',
      ja: '`npm run prooflink -- settings dev set <key>` の後、`npm run prooflink -- settings dev`',
    },
    otherwise: {
      en: '[decision 16](decisions/0016-missing-settings-are-known-without-values.md); until then a release needs the right to read the values',
      ja: '[設計判断16](decisions/0016-missing-settings-are-known-without-values.md)を見直す。それまでは、リリースに値を読む権限が必要になる',
    },
    rehearsal: {
      stages: ['release'],
      needs: { en: "a secret setting in dev's config", ja: '開発環境のシークレット設定' },
    },
  },
  'image-healthy': {
    step: 4,
    confirms: { en: "ProofLink's image starts and becomes healthy", ja: 'ProofLinkのイメージが起動し、正常になる' },
    seenIn: { en: 'first-contact', ja: 'first-contact' },
    otherwise: {
      en: '`npm run prooflink -- doctor dev`; [what the application must bring](application.md)',
      ja: '`npm run prooflink -- doctor dev`。[アプリケーションの要件](application.ja.md)',
    },
    rehearsal: { stages: ['firstContact'], needs: OWN_IMAGES },
  },
  'log-lines': {
    step: 4,
    confirms: { en: 'Its log lines arrive', ja: 'ログが届く' },
    seenIn: { en: 'first-contact', ja: 'first-contact' },
    otherwise: {
      en: '`npm run prooflink -- doctor dev`; [what the application must bring](application.md)',
      ja: '`npm run prooflink -- doctor dev`。[アプリケーションの要件](application.ja.md)',
    },
    rehearsal: { stages: ['firstContact'] },
  },
  'users-arrive': {
    step: 4,
    confirms: {
      en: 'Users arrive, over HTTPS where there is a domain',
      ja: '利用者がアクセスできる。ドメインがあればHTTPSで',
    },
    seenIn: { en: 'first-contact, a browser', ja: 'first-contactとブラウザー' },
    otherwise: { en: '`npm run prooflink -- doctor dev`', ja: '`npm run prooflink -- doctor dev`' },
    rehearsal: { stages: ['firstContact'] },
  },
  'old-tls-refused': {
    step: 4,
    confirms: { en: 'TLS 1.0 and 1.1 are refused', ja: 'TLS 1.0と1.1では接続できない' },
    seenIn: {
      en: '`openssl s_client -tls1_1 -cipher ALL:@SECLEVEL=0 -connect <domainName>:443` ends without a certificate',
      ja: '`openssl s_client -tls1_1 -cipher ALL:@SECLEVEL=0 -connect <domainName>:443` が証明書を表示せずに終わる',
    },
    otherwise: { en: '`loadBalancer.domain.sslPolicy` in the config', ja: '設定の `loadBalancer.domain.sslPolicy`' },
    rehearsal: { cannotSee: NO_DOMAIN },
  },
  'database-reached': {
    step: 4,
    confirms: { en: 'The application reaches the database', ja: 'アプリケーションがデータベースに接続できる' },
    seenIn: { en: 'first-contact', ja: 'first-contact' },
    otherwise: {
      en: 'the [runbook](runbook.md#tls-to-postgresql) on TLS',
      ja: '運用手順の[TLS](runbook.ja.md#postgresqlへのtls接続)',
    },
    rehearsal: { stages: ['firstContact'], needs: OWN_IMAGES },
  },
  'clear-text-refused': {
    step: 4,
    confirms: { en: 'The database refuses clear text', ja: 'データベースが平文の接続を拒否する' },
    seenIn: { en: 'first-contact', ja: 'first-contact' },
    otherwise: {
      en: 'the [runbook](runbook.md#tls-to-postgresql) on TLS',
      ja: '運用手順の[TLS](runbook.ja.md#postgresqlへのtls接続)',
    },
    rehearsal: { stages: ['firstContact'] },
  },
  'no-extended-support': {
    step: 4,
    confirms: {
      en: 'The database is in no paid Extended Support',
      ja: 'データベースに有料の延長サポートが適用されていない',
    },
    seenIn: {
      en: '`npm run prooflink -- doctor dev` names no changed `engine lifecycle support`',
      ja: '`npm run prooflink -- doctor dev` に `engine lifecycle support` の変更が表示されない',
    },
    otherwise: {
      en: 'the [runbook](runbook.md#postgresql-15-ends) on the end of PostgreSQL 15',
      ja: '運用手順の[PostgreSQL 15のサポート終了](runbook.ja.md#postgresql-15のサポート終了)',
    },
    rehearsal: { stages: ['changeByHand'] },
  },
  'shell-opens': {
    step: 4,
    confirms: { en: 'A shell opens in a task', ja: 'タスクでシェルを開ける' },
    seenIn: { en: 'first-contact, the command of the output `Shell`', ja: 'first-contactと 出力 `Shell` のコマンド' },
    otherwise: {
      en: 'release again: only a task that starts with the switch on has the agent',
      ja: 'もう一度リリースする。設定が有効な状態で起動したタスクにだけ、エージェントがある',
    },
    rehearsal: { stages: ['firstContact'] },
  },
  'failed-release-rolled-back': {
    step: 4,
    confirms: {
      en: 'A failed release is rolled back: release an image that answers 500',
      ja: '失敗したリリースがロールバックされる。500を返すイメージをリリースして試す',
    },
    seenIn: {
      en: 'the command ends with what serves, exit code 1',
      ja: 'コマンドが、動いているバージョンを示して終了コード1で終わる',
    },
    otherwise: {
      en: '`npm run prooflink -- release dev --app <earlier tag> --no-migration`',
      ja: '`npm run prooflink -- release dev --app <以前のタグ> --no-migration`',
    },
    rehearsal: { stages: ['failedRelease'] },
  },
  'same-tag-migrates-again': {
    step: 4,
    confirms: {
      en: 'A release of the same tag with `--migration` migrates again',
      ja: '同じタグを `--migration` 付きでリリースすると、マイグレーションが再び実行される',
    },
    seenIn: {
      en: '`npm run prooflink -- status dev` names that migration',
      ja: '`npm run prooflink -- status dev` に、そのマイグレーションが表示される',
    },
    otherwise: {
      en: 'a parameter that only an output reads is no change to CloudFormation; `status` then says "not known"',
      ja: '出力だけが参照するパラメータの変更を、CloudFormationは変更とみなさない。`status` は "マイグレーション済みかどうか分かりません" と表示する',
    },
    rehearsal: { cannotSee: { en: 'no stage releases a tag twice', ja: '同じタグを二度リリースする段階がない' } },
  },
  'migration-rights': {
    step: 4,
    confirms: {
      en: "The right to run the migration's task is narrow enough, and wide enough",
      ja: 'マイグレーションのタスクを実行する権限に、過不足がない',
    },
    seenIn: {
      en: "a release with `webService.migration` shows the task's log",
      ja: '`webService.migration` を設定したリリースに、タスクのログが表示される',
    },
    otherwise: {
      en: 'the error names the action: `lib/delivery`, `test/rights/specification.ts`',
      ja: 'エラーがアクションを示す。`lib/delivery` と `test/rights/specification.ts`',
    },
    rehearsal: {
      cannotSee: {
        en: "the right is that of GitHub's role, and a rehearsal has an administrator's credentials",
        ja: 'GitHubのロールの権限であり、リハーサルは管理者の認証情報で実行する',
      },
    },
  },
  'import-ends': {
    step: 4,
    confirms: { en: "ProofLink's own import runs to its end", ja: 'ProofLink自身のインポートが最後まで実行される' },
    seenIn: {
      en: '`npm run prooflink -- import dev users.csv`, first-contact',
      ja: '`npm run prooflink -- import dev users.csv` とfirst-contact',
    },
    otherwise: { en: '`npm run prooflink -- doctor dev`', ja: '`npm run prooflink -- doctor dev`' },
    rehearsal: { stages: ['import', 'firstContact'], needs: OWN_IMAGES },
  },
  'waiting-jobs-survive': {
    step: 4,
    confirms: {
      en: 'Jobs that wait survive a release of the import',
      ja: '待機中のジョブが、インポートのリリース後も実行される',
    },
    seenIn: {
      en: '`aws batch describe-jobs --jobs <id> --region ap-northeast-1`, of one that waited',
      ja: '待機していたジョブを `aws batch describe-jobs --jobs <id> --region ap-northeast-1` で確認する',
    },
    otherwise: { en: 'import again after a release', ja: 'リリースの後に、もう一度インポートする' },
    rehearsal: {
      cannotSee: { en: 'no stage releases while a job waits', ja: 'ジョブの待機中にリリースする段階がない' },
    },
  },
  'stop-and-start': {
    step: 5,
    confirms: {
      en: '`stop` and `start` do what the schedules do, within the half hour that they wait for RDS',
      ja: '`stop` と `start` が、スケジュールと同じ停止と起動を、RDSを待つ30分以内に行う',
    },
    seenIn: {
      en: '`npm run prooflink -- stop dev`, then `npm run prooflink -- start dev`: both end with exit code 0',
      ja: '`npm run prooflink -- stop dev` の後に `npm run prooflink -- start dev`。どちらも終了コード0で終わる',
    },
    otherwise: {
      en: '`npm run prooflink -- doctor dev`; the [runbook](runbook.md#office-hours) on office hours',
      ja: '`npm run prooflink -- doctor dev`。運用手順の[稼働時間](runbook.ja.md#稼働時間)',
    },
    rehearsal: { stages: ['stopAndStart'] },
  },
  'sleeps-and-wakes': {
    step: 5,
    confirms: {
      en: 'It falls asleep in the evening and is back in the morning with a task',
      ja: '夜に停止し、朝にタスクが動いている',
    },
    seenIn: {
      en: '`npm run prooflink -- status dev` in the evening ("asleep", which the database is, too), and once more in the morning',
      ja: '夜の `npm run prooflink -- status dev`("稼働時間外のため停止中" と表示される。データベースも停止していることを示す)と、翌朝の再実行',
    },
    otherwise: {
      en: '`npm run prooflink -- doctor dev` says why: an automation of Systems Manager failed, or AWS refused to start it',
      ja: '`npm run prooflink -- doctor dev` で理由がわかる(Systems Managerのオートメーションが失敗したか、AWSが開始を拒否した)',
    },
    rehearsal: {
      cannotSee: {
        en: 'no evening and no morning of the schedules may fall into a rehearsal',
        ja: 'リハーサルは、スケジュールが動く朝と夜を避けて実行する',
      },
    },
  },
  'restore-to-earlier-moment': {
    step: 5,
    confirms: {
      en: 'A backup of RDS can be restored to an earlier moment',
      ja: 'RDSのバックアップから、過去の時点に復元できる',
    },
    seenIn: {
      en: 'first-contact (prod); restore once, by the [runbook](runbook.md#restoring-a-backup), and note how long it takes',
      ja: 'first-contact(本番環境)。一度[運用手順](runbook.ja.md#バックアップからの復元)で復元し、かかった時間を記録する',
    },
    otherwise: { en: "the runbook's command names what RDS refuses", ja: 'RDSが拒否した内容が、コマンドに表示される' },
    rehearsal: {
      stages: ['firstContact'],
      needs: { en: "`database.backups` in dev's config", ja: '開発環境の設定の `database.backups`' },
    },
  },
  'idle-connections': {
    step: 5,
    confirms: {
      en: "The load balancer loses no request, since ProofLink's server keeps idle connections long enough",
      ja: 'ProofLinkのサーバーがアイドル接続を十分長く保ち、ALBがリクエストを失わない',
    },
    seenIn: {
      en: '`npm run prooflink -- doctor dev`, after a day of use',
      ja: '1日使った後の `npm run prooflink -- doctor dev`',
    },
    otherwise: {
      en: '[idle connections](application.md#the-web-image)',
      ja: '[アイドル接続](application.ja.md#webイメージ)',
    },
    rehearsal: { cannotSee: { en: 'it takes a day of use', ja: '1日使った後でないと分からない' } },
  },
  bill: {
    step: 5,
    confirms: {
      en: 'The bill is what [the cost page](cost.md) says',
      ja: '請求額が[料金のページ](cost.md)のとおりになる',
    },
    seenIn: {
      en: 'Cost Explorer after a month; the tags `Project` and `Environment`',
      ja: '一か月後のCost Explorer。タグ `Project` と `Environment` で見る',
    },
    otherwise: {
      en: 'prices of backup storage and of automation steps have no source there; add what differs',
      ja: 'バックアップの保存と自動化のステップの料金には出典がない。差を書き足す',
    },
    rehearsal: { cannotSee: { en: 'it takes a month', ja: '1か月後でないと分からない' } },
  },
  'github-roles': {
    step: 6,
    confirms: {
      en: 'GitHub gets its roles, and the comment and the issue appear',
      ja: 'GitHubがロールを引き受け、コメントとissueが作られる',
    },
    seenIn: {
      en: 'first-contact; a pull request, `gh workflow run drift.yml`',
      ja: 'first-contact。プルリクエストと `gh workflow run drift.yml`',
    },
    otherwise: {
      en: 'the subject in `repository` of `lib/config/delivery.ts`: newer repositories have ids in it; then `npx cdk deploy ProoflinkDelivery`',
      ja: '`lib/config/delivery.ts` の `repository` にあるsubjectを直す。新しいリポジトリではIDが含まれる。その後 `npx cdk deploy ProoflinkDelivery`',
    },
    rehearsal: { cannotSee: NO_GITHUB },
  },
  'cdk-roles-assumed': {
    step: 6,
    confirms: {
      en: 'Each role goes on to the role of the CDK that it needs',
      ja: '各ロールが、必要なCDKのロールを引き受けられる',
    },
    seenIn: { en: 'the jobs of Diff, Deploy and Drift', ja: 'Diff、Deploy、Driftのジョブ' },
    otherwise: {
      en: "the error names the role: the bootstrap stack's trust",
      ja: 'エラーがロールを示す。ブートストラップスタックの信頼ポリシーを確認する',
    },
    rehearsal: { cannotSee: NO_GITHUB },
  },
  'token-claims': {
    step: 6,
    confirms: {
      en: "AWS gives the roles to `main`'s own workflow files: the tokens have `job_workflow_ref` and `ref` as `lib/delivery` says, with ids or without",
      ja: 'AWSが、`main` 自身のワークフローファイルだけにロールを渡す。トークンの `job_workflow_ref` と `ref` が、IDの有無を含めて `lib/delivery` の想定どおりである',
    },
    seenIn: { en: 'the first runs of Drift and Deploy', ja: 'DriftとDeployの最初の実行' },
    otherwise: {
      en: '"Not authorized to perform sts:AssumeRoleWithWebIdentity" in `Configure AWS Credentials`: take `workflows` and `ref` out of `lib/delivery/delivery-stack.ts`, `npx cdk deploy ProoflinkDelivery`, and report it',
      ja: '`Configure AWS Credentials` に「Not authorized to perform sts:AssumeRoleWithWebIdentity」と表示される。`lib/delivery/delivery-stack.ts` から `workflows` と `ref` を外し、`npx cdk deploy ProoflinkDelivery` を実行して、報告する',
    },
    rehearsal: { cannotSee: NO_GITHUB },
  },
  'other-branch-refused': {
    step: 6,
    confirms: {
      en: 'A workflow file of another branch gets no role',
      ja: 'ほかのブランチのワークフローファイルには、ロールが渡されない',
    },
    seenIn: {
      en: '`gh workflow run drift.yml --ref <branch>` changed to run there: no credentials',
      ja: 'そこで動くように変更したうえでの `gh workflow run drift.yml --ref <ブランチ>`。認証情報を得られない',
    },
    otherwise: { en: "the conditions in the role's trust policy", ja: 'ロールの信頼ポリシーの条件' },
    rehearsal: { cannotSee: NO_GITHUB },
  },
  'code-owners': {
    step: 6,
    confirms: {
      en: 'GitHub knows the owners as `npm test` does: that test knows the order of CODEOWNERS alone',
      ja: 'GitHubが、`npm test` と同じようにコードオーナーを判定する。テストが知っているのは、CODEOWNERSの行の順序だけである',
    },
    seenIn: {
      en: 'a pull request of a person who is no owner asks for their review',
      ja: 'オーナーではない人のプルリクエストに、オーナーのレビューが求められる',
    },
    otherwise: {
      en: '`gh api repos/<owner>/<name>/codeowners/errors`',
      ja: '`gh api repos/<owner>/<name>/codeowners/errors`',
    },
    rehearsal: { cannotSee: NO_GITHUB },
  },
  rulesets: {
    step: 6,
    confirms: {
      en: 'Rulesets and environments hold: no merge without a review, prod waits',
      ja: 'ルールセットとenvironmentが機能する。レビューなしではマージできず、本番環境は承認を待つ',
    },
    seenIn: { en: "a pull request of a second person; the run's page", ja: '別の人のプルリクエストと、実行のページ' },
    otherwise: {
      en: '[what holds with which plan](delivery.md#connecting-a-repository)',
      ja: '[プランごとに有効な機能](delivery.ja.md#リポジトリを接続する)',
    },
    rehearsal: { cannotSee: NO_GITHUB },
  },
  'waiting-run-kept': {
    step: 6,
    confirms: {
      en: "A run that waits for prod's approval is not pushed out by the next",
      ja: '本番環境の承認を待つ実行が、次の実行に取り消されない',
    },
    seenIn: { en: 'two merges, then the approval', ja: '二回マージしてから承認する' },
    otherwise: { en: 'start it again by hand', ja: '手動でもう一度開始する' },
    rehearsal: { cannotSee: NO_GITHUB },
  },
  'workflow-packages': {
    step: 6,
    confirms: { en: "The workflows' packages install", ja: 'ワークフローのパッケージをインストールできる' },
    seenIn: { en: 'the first run of CI', ja: 'CIの最初の実行' },
    otherwise: { en: 'the hashes in `.ci/requirements.txt`', ja: '`.ci/requirements.txt` のハッシュ' },
    rehearsal: { cannotSee: NO_GITHUB },
  },
  'application-workflow': {
    step: 6,
    confirms: {
      en: "The application's workflow pushes, and asks for a release",
      ja: 'アプリケーションのワークフローが、プッシュしてリリースを依頼する',
    },
    seenIn: { en: "a push to the application's `main`", ja: 'アプリケーションの `main` へのプッシュ' },
    otherwise: {
      en: '`docs/application-workflow/release.yml`, whose docker is proved by nothing here',
      ja: '`docs/application-workflow/release.yml`。dockerの部分は、ここでは検証していない',
    },
    rehearsal: { cannotSee: NO_GITHUB },
  },
  dependabot: {
    step: 6,
    confirms: { en: "Dependabot's pull requests pass", ja: 'Dependabotのプルリクエストが通る' },
    seenIn: { en: 'the first week', ja: '最初の一週間' },
    otherwise: { en: 'upgrade the AWS packages together', ja: 'AWSのパッケージをまとめて更新する' },
    rehearsal: { cannotSee: NO_GITHUB },
  },
  'rehearsal-workflow': {
    step: 6,
    confirms: {
      en: 'The rehearsal runs from its workflow, too, with a new sign-in before each stage',
      ja: 'ワークフローからも、段階ごとに認証し直しながらリハーサルできる',
    },
    seenIn: { en: '`gh workflow run rehearsal.yml --ref main`', ja: '`gh workflow run rehearsal.yml --ref main`' },
    otherwise: {
      en: 'the step that failed; what is left is destroyed at its end',
      ja: '失敗した手順を見る。残ったものは最後に削除される',
    },
    rehearsal: {
      cannotSee: {
        en: 'only its workflow signs in between the stages',
        ja: '段階ごとに認証し直すのはワークフローだけである',
      },
    },
  },
  certificate: {
    step: 7,
    confirms: { en: 'The certificate is issued and renews itself', ja: '証明書が発行され、自動で更新される' },
    seenIn: { en: 'first-contact', ja: 'first-contact' },
    otherwise: {
      en: "`dig +short NS <hostedZoneName>` must show the zone's name servers",
      ja: '`dig +short NS <hostedZoneName>` に、ゾーンのネームサーバーが表示されるはずである',
    },
    rehearsal: { cannotSee: NO_DOMAIN },
  },
  'certificate-wait-ends': {
    step: 7,
    confirms: {
      en: 'A deploy that waits for a certificate in vain ends once it is deleted',
      ja: '発行されない証明書を待つデプロイは、証明書を削除すると終わる',
    },
    seenIn: { en: 'only if it happens: the events', ja: '起きた場合だけ、イベントで確認する' },
    otherwise: {
      en: 'wait for its end, after 36 hours at most; [the runbook](runbook.md#a-first-deploy-of-prod-that-failed)',
      ja: '最長36時間、終わるのを待つ。[運用手順](runbook.ja.md#本番環境の最初のデプロイが失敗したとき)',
    },
    rehearsal: { cannotSee: NO_DOMAIN },
  },
  'alarm-mail': {
    step: 7,
    confirms: { en: "An alarm's mail arrives", ja: 'アラームのメールが届く' },
    seenIn: {
      en: 'first-contact; the mailbox, after the subscription was confirmed',
      ja: 'first-contact。購読を確認した後の受信箱',
    },
    otherwise: {
      en: "`aws cloudwatch set-alarm-state --alarm-name <name> --state-value ALARM --state-reason test --region ap-northeast-1` on one of them, and the topic's policy",
      ja: 'どれかのアラームに `aws cloudwatch set-alarm-state --alarm-name <name> --state-value ALARM --state-reason test --region ap-northeast-1` を実行し、トピックのポリシーを確認する',
    },
    rehearsal: { cannotSee: NO_MAIL },
  },
  'alarms-see-metrics': {
    step: 7,
    confirms: { en: 'The alarms see their metrics', ja: 'アラームにメトリクスがある' },
    seenIn: {
      en: "CloudWatch, three hours later: each alarm's graph has data, but for errors that did not happen",
      ja: '3時間後のCloudWatch。発生していないエラーを除き、各アラームのグラフにデータがある',
    },
    otherwise: {
      en: "the metric's name and dimensions in `lib/constructs/alarms.ts`",
      ja: '`lib/constructs/alarms.ts` のメトリクス名とディメンションを確認する',
    },
    rehearsal: { cannotSee: { en: 'it takes three hours', ja: '3時間後でないと分からない' } },
  },
  'event-mails': {
    step: 7,
    confirms: {
      en: 'Failed imports and scan findings are mailed',
      ja: '失敗したインポートとスキャンの検出結果がメールで届く',
    },
    seenIn: {
      en: 'the mailbox, after an import of a file that is not there and a push of an image with findings',
      ja: '存在しないファイルをインポートし、検出結果のあるイメージをプッシュした後の受信箱',
    },
    otherwise: {
      en: 'the role of the rules, in `lib/constructs/event-mail.ts`',
      ja: '`lib/constructs/event-mail.ts` にある、ルールのロール',
    },
    rehearsal: { cannotSee: NO_MAIL },
  },
  scaling: {
    step: 7,
    confirms: { en: 'The number of tasks follows the load', ja: 'タスク数が負荷に応じて変わる' },
    seenIn: { en: 'first-contact, once there was load', ja: '負荷があった後のfirst-contact' },
    otherwise: { en: 'the scaling policy in the console', ja: 'コンソールのスケーリングポリシー' },
    rehearsal: { cannotSee: { en: 'a rehearsal has no load', ja: 'リハーサルには負荷がない' } },
  },
  'kept-data-imported': {
    step: 7,
    confirms: {
      en: 'Kept data is taken up by its name (`--import-existing-resources`)',
      ja: '残したデータを、名前で取り込める(`--import-existing-resources`)',
    },
    seenIn: {
      en: 'only after a loss: [moving in](moving-in.md#restoring-a-lost-environment)',
      ja: '失った場合だけ、[移行](moving-in.ja.md#失われた環境の復元)で確認する',
    },
    otherwise: { en: 'import it in the console, and deploy', ja: 'コンソールでインポートし、デプロイする' },
    rehearsal: { cannotSee: { en: 'nothing is kept in a rehearsal', ja: 'リハーサルでは何も残さない' } },
  },
  'snapshot-restored': {
    step: 7,
    confirms: {
      en: 'A database can be made from a snapshot (`database.fromSnapshot`)',
      ja: 'スナップショットからデータベースを作成できる(`database.fromSnapshot`)',
    },
    seenIn: {
      en: 'only if you move in: [its deploy](moving-in.md)',
      ja: '移行する場合だけ、[そのデプロイ](moving-in.ja.md)で確認する',
    },
    otherwise: {
      en: 'the event of the database names what RDS refuses',
      ja: 'RDSが拒否した内容が、データベースのイベントに表示される',
    },
    rehearsal: {
      cannotSee: { en: 'a rehearsal begins with an empty database', ja: 'リハーサルは空のデータベースから始まる' },
    },
  },
  'grown-storage': {
    step: 7,
    confirms: {
      en: 'Storage that has grown does not stop a deploy that reverts drift',
      ja: '増えたストレージが、ドリフトを戻すデプロイを妨げない',
    },
    seenIn: {
      en: 'only after it grew: `npm run prooflink -- doctor prod` names it',
      ja: '増えた後だけ、`npm run prooflink -- doctor prod` が示す',
    },
    otherwise: {
      en: 'write the size into `database.allocatedStorage` first',
      ja: '先に `database.allocatedStorage` にサイズを書く',
    },
    rehearsal: {
      cannotSee: { en: 'storage grows only once it is nearly full', ja: 'ストレージは、空きが少なくなってから増える' },
    },
  },
  'storage-past-400': {
    step: 7,
    confirms: { en: 'Storage grows over 400 GiB by itself', ja: 'ストレージが、400 GiBを超えて自動で増える' },
    seenIn: { en: "only then: the database's events", ja: 'そのときだけ、データベースのイベントで確認する' },
    otherwise: {
      en: '`database.iops` and `database.storageThroughput`',
      ja: '`database.iops` と `database.storageThroughput`',
    },
    rehearsal: {
      cannotSee: { en: 'storage grows only once it is nearly full', ja: 'ストレージは、空きが少なくなってから増える' },
    },
  },
  'major-upgrade': {
    step: 7,
    confirms: {
      en: 'The upgrade to another major version takes minutes',
      ja: '別のメジャーバージョンへの更新が、数分で終わる',
    },
    seenIn: { en: 'a restored copy, upgraded first', ja: '復元したコピーで、先に更新する' },
    otherwise: { en: 'announce a longer window', ja: '停止時間を長めに知らせる' },
    rehearsal: {
      cannotSee: { en: 'no stage upgrades the database', ja: 'データベースのバージョンを更新する段階がない' },
    },
  },
} satisfies Readonly<Record<string, FirstDeployRow>>;

/** Id of a row of docs/first-deploy. */
export type RowId = keyof typeof ROWS;

export const FIRST_DEPLOY_ROWS: Readonly<Record<RowId, FirstDeployRow>> = ROWS;
