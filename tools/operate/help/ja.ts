import type { en } from './en';

/** Texts in the helps of the commands that people call, in Japanese, by command. */
export const ja: typeof en = {
  prepare: {
    summary: '認証情報のAWSアカウントに、デプロイの準備をします。',
    details:
      'デプロイに必要なサービスリンクロールを作成し、lib/config がこのアカウントで使うリージョンごとに "cdk bootstrap" を実行します。既にあるものは変更しません。',
    exitCodes: {
      0: '準備済み',
      1: '作成できなかったものがある',
      2: '準備するアカウントがない',
    },
    executionPolicies: 'CloudFormationに与える権限。省略すると現在の権限、なければ AdministratorAccess',
  },
  settings: {
    summary: '未登録のシークレット設定を一覧するか、一つを登録します。',
    details: `名前は lib/config にあります。値は表示しません。
  settings dev
      登録済みのものと未登録のもの
  settings dev set SMTP_PASSWORD
      値を入力(画面に表示しない)するか、パイプから読む`,
    exitCodes: {
      0: 'すべて登録済み、または登録した',
      1: '未登録のものがある',
      2: '不明、または登録できない',
    },
    action: 'set: 一つを登録',
    key: '登録する設定の名前',
    noKey: 'エラー: 登録する設定の名前を指定してください。値は書かないでください。',
  },
  release: {
    summary: '確認、マイグレーション、デプロイを行い、稼働するまで待ちます。',
    details:
      '変更するのはイメージのタグだけです。設定の変更は、先に cdk deploy でデプロイします。結果は標準出力に、経過は標準エラー出力に表示します。',
    exitCodes: {
      0: '稼働中',
      1: '稼働していない。代わりに稼働中のものを表示',
      2: '拒否。何も変更していない',
      3: '開始したが、結果は不明',
    },
    app: 'Webアプリケーションのイメージのタグ',
    batch: 'インポートのイメージのタグ',
    migration: '稼働中のものより前にプッシュしたイメージでもマイグレーションする',
    noMigration: 'マイグレーションしない',
    json: '結果をJSONで出力。引数の誤りは終了コード 2 で、JSONなし',
  },
  restart: {
    summary: '実行中のバージョンを再起動し、稼働するまで待ちます。',
    details:
      'ECSがWebタスクを入れ替えます。新しいタスクはシークレットを読み直し、タグが再びプッシュされていれば、マイグレーションなしで新しいイメージを実行します。結果は標準出力に、経過は標準エラー出力に表示します。',
  },
  health: {
    exitCodes: {
      0: '正常、または予定どおりの停止中',
      1: '異常がある',
      2: '確認できなかったものがある',
    },
  },
  status: {
    summary: '環境の状態を表示します。',
    details: 'バージョン、ヘルスチェック、稼働時間、デプロイ、アラーム、インポート。',
  },
  doctor: {
    summary: '環境の不調の最初の原因を示します。',
    details:
      '外側から順に調べます: ドメイン、ロードバランサー、Webタスク、データベース、ユーザーインポート、最後のデプロイ、料金。対処方法と、確認できなかったものも表示します。何も変更しません。',
  },
  firstContact: {
    summary: 'AWSでしか確認できないことを、デプロイした環境で確認します。',
    details:
      'doctor のすべての項目と、AWSでしか確認できない項目を確認します。何も変更しません。必要な権限は docs/read-only-policy.json、結果が異なる場合の対処は docs/first-deploy.ja.md にあります。',
  },
  import: {
    summary: 'CSVファイルのユーザーをインポートし、終わるまで待ちます。',
    details:
      'ファイルを検査し、専用のキーでアップロードしてジョブを投入し、その状態とログを表示します。Ctrl-Cを押すとジョブはそのまま続き、続きを見る方法か、まだ始まっていないことを表示します。',
    exitCodes: {
      0: 'インポート済み',
      1: '失敗。理由はログにある',
      2: '開始していない、またはジョブがない。理由を表示',
      3: '開始した可能性があり、結果は不明',
    },
    file: 'UTF-8のCSVファイル(*.csv)。最初の行は列名',
    job: '新しく始めず、このジョブの続きを見る',
    noFile: 'エラー: ファイルか --job を指定してください。',
  },
  start: {
    summary: '稼働時間外に環境を起動します。',
    exitCodes: {
      0: '実行中で正常',
      1: '正常にならなかった',
      2: '起動できなかった',
    },
  },
  stop: {
    summary: '稼働時間内に環境を停止します。',
    exitCodes: {
      0: '停止済み',
      1: '停止しなかった',
      2: '停止を始められなかった',
    },
  },
  officeHours: {
    details: 'スケジュールと同じ順序で行い、終わるまで待ちます。',
  },
  drift: {
    summary: '手動で変更されたものをMarkdownで表示します。',
    exitCodes: {
      0: 'ドリフトなし',
      1: 'ドリフトあり',
      2: '不明',
    },
    stack: 'スタック(例: ProoflinkDev)',
  },
  reachability: {
    summary: 'ネットワークでの到達可能な範囲を表示します。',
    exitCodes: {
      0: '必要な相手だけに到達できる',
      1: '過不足がある',
      2: '不明',
    },
    assembly: '"npx cdk synth" が出力したフォルダー',
  },
  /** Option `--json`. */
  forPrograms: 'プログラム向けに出力',
};
