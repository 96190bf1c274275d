/** A text of a file, which is there once, becomes another. */
export interface Edit {
  readonly file: string;
  readonly text: string;
  readonly becomes: string;
}

/** An edit that a failing test of `npm test` asks for. */
interface RequestedEdit extends Edit {
  /** Text of that failure. */
  readonly failure: string;
}

/** Resources, rights and outputs that a team adds to every environment. */
interface Extension {
  /** New files of lib/constructs; they are in the folder `constructs` here. */
  readonly constructs: readonly string[];
  readonly lib: readonly Edit[];
  readonly requested: readonly RequestedEdit[];
}

const STACK = 'lib/prooflink-stack.ts';
const DOMAIN = 'lib/constructs/domain.ts';
const OUTPUTS = 'lib/outputs.ts';
const TAKEN_NAMES = 'lib/config/rules/settings.ts';
const RIGHTS = 'test/rights/specification.ts';
const PAGE = 'docs/application.md';
const JAPANESE_PAGE = 'docs/application.ja.md';

// Places at which several extensions add something.
const LAST_IMPORT = "import { addOutputs } from './outputs';";
const AFTER_BUCKET = 'const { bucket } = files;';
const AFTER_WEB = 'userImport?.grantSubmit(web.roles);';
const AFTER_NAME = "'IMPORT_FILE_KEY',";
const WEB_VARIABLES = 'extraEnvironment: { ...userImport?.submitEnvironment';
const WEB_RIGHTS = "'Web/Roles/TaskRole': [";
const ROLES = "'FileStorage/Folders/Role': [";
const PAGE_VARIABLE = '| `NEXTAUTH_SECRET` ';
const PAGE_PUT = '| `s3:PutObject`         | `prooflink-dev-files-123456789012/*`';
const PAGE_RIGHT = '| `logs:PutLogEvents` ';

const right: Extension = {
  constructs: [],
  lib: [
    {
      file: STACK,
      text: LAST_IMPORT,
      becomes: `${LAST_IMPORT}\nimport { PolicyStatement } from 'aws-cdk-lib/aws-iam';`,
    },
    {
      file: STACK,
      text: AFTER_WEB,
      becomes: `${AFTER_WEB}
        web.roles.addToTaskPolicy(
          new PolicyStatement({
            sid: 'SendMail',
            actions: ['ses:SendEmail'],
            resources: [this.formatArn({ service: 'ses', resource: 'identity', resourceName: 'example.com' })],
          }),
        );`,
    },
  ],
  requested: [
    {
      file: RIGHTS,
      text: WEB_RIGHTS,
      becomes: `${WEB_RIGHTS}\n\`ses:SendEmail on \${arn('ses', 'identity/example.com')}\`,`,
      failure: 'ses:SendEmail on arn:aws:ses:ap-northeast-1:123456789012:identity/example.com',
    },
    // The pages deny this right, and say what to do instead.
    {
      file: PAGE,
      text: '`ses:SendEmail`',
      becomes: '`ses:SendRawEmail`',
      failure: 'ses:SendEmail | example.com | yes | no',
    },
    {
      file: JAPANESE_PAGE,
      text: '`ses:SendEmail`',
      becomes: '`ses:SendRawEmail`',
      failure: 'ses:SendEmail | example.com | yes | no',
    },
    {
      file: PAGE,
      text: PAGE_RIGHT,
      becomes: `| \`ses:SendEmail\` | the domain \`example.com\` | yes | no |\n${PAGE_RIGHT}`,
      failure: 'ses:SendEmail | example.com | yes | no',
    },
    {
      file: JAPANESE_PAGE,
      text: PAGE_RIGHT,
      becomes: `| \`ses:SendEmail\` | ドメイン \`example.com\` | あり | なし |\n${PAGE_RIGHT}`,
      failure: 'ses:SendEmail | example.com | yes | no',
    },
  ],
};

const bucket: Extension = {
  constructs: ['exports.ts'],
  lib: [
    { file: STACK, text: LAST_IMPORT, becomes: `${LAST_IMPORT}\nimport { Exports } from './constructs/exports';` },
    {
      file: STACK,
      text: AFTER_BUCKET,
      becomes: `${AFTER_BUCKET}\nconst exported = new Exports(this, 'Exports', { removalPolicy });`,
    },
    { file: STACK, text: AFTER_WEB, becomes: `${AFTER_WEB}\nexported.grantWrite(web.roles);` },
    { file: STACK, text: 'addOutputs(this, {', becomes: 'addOutputs(this, {\nexportsBucket: exported.bucket,' },
    {
      file: OUTPUTS,
      text: 'readonly bucket: IBucket;',
      becomes: 'readonly bucket: IBucket;\nreadonly exportsBucket: IBucket;',
    },
    {
      file: OUTPUTS,
      text: 'output(Output.bucketName, ',
      becomes: `output('ExportsBucketName', 'The bucket with the exported files', props.exportsBucket.bucketName);
        output(Output.bucketName, `,
    },
  ],
  requested: [
    {
      file: RIGHTS,
      text: WEB_RIGHTS,
      becomes: `${WEB_RIGHTS}\n's3:PutObject on Exports/Bucket/*',`,
      failure: 's3:PutObject on Exports/Bucket/*',
    },
    ...[PAGE, JAPANESE_PAGE].map((file) => ({
      file,
      text: PAGE_PUT,
      becomes: `${PAGE_PUT}, \`Exports/Bucket/*\``,
      failure: 's3:PutObject | Exports/Bucket/*',
    })),
    {
      file: RIGHTS,
      text: ROLES,
      becomes: `
        'Exports/Bucket/Policy': [
          \`Deny *: s3:* on Exports/Bucket Exports/Bucket/* \${SECURE}\`,
          ...(isEmptied
            ? [\`\${emptier}: s3:DeleteObject* s3:GetBucket* s3:List* s3:PutBucketPolicy on Exports/Bucket Exports/Bucket/*\`]
            : []),
        ],
        ${ROLES}`,
      failure: 'Exports/Bucket/Policy',
    },
  ],
};

const store: Extension = {
  constructs: ['session-store.ts'],
  lib: [
    {
      file: STACK,
      text: LAST_IMPORT,
      becomes: `${LAST_IMPORT}\nimport { SessionStore } from './constructs/session-store';`,
    },
    {
      file: STACK,
      text: AFTER_BUCKET,
      becomes: `${AFTER_BUCKET}
        const sessions = new SessionStore(this, 'SessionStore', {
          names,
          vpc,
          subnets: privateSubnets,
          clients: securityGroups.ecs,
        });`,
    },
    { file: STACK, text: WEB_VARIABLES, becomes: `${WEB_VARIABLES}, SESSION_STORE: sessions.address` },
    { file: STACK, text: AFTER_WEB, becomes: `${AFTER_WEB}\nsessions.grantConnect(web.roles);` },
  ],
  requested: [
    {
      file: TAKEN_NAMES,
      text: AFTER_NAME,
      becomes: `${AFTER_NAME}\n'SESSION_STORE',`,
      failure: 'SESSION_STORE is set by the stack',
    },
    {
      file: RIGHTS,
      text: WEB_RIGHTS,
      becomes: `${WEB_RIGHTS}\n'elasticache:Connect on SessionStore/Cache SessionStore/User',`,
      failure: 'elasticache:Connect on SessionStore/Cache SessionStore/User',
    },
    {
      file: PAGE,
      text: PAGE_VARIABLE,
      becomes: `| \`SESSION_STORE\` | value | no | host and port of the session store |\n${PAGE_VARIABLE}`,
      failure: 'SESSION_STORE | value | no',
    },
    {
      file: JAPANESE_PAGE,
      text: PAGE_VARIABLE,
      becomes: `| \`SESSION_STORE\` | 値 | なし | セッションストアのホストとポート |\n${PAGE_VARIABLE}`,
      failure: 'SESSION_STORE | value | no',
    },
    {
      file: PAGE,
      text: PAGE_RIGHT,
      becomes: `| \`elasticache:Connect\` | \`SessionStore/Cache\` as \`SessionStore/User\` | yes | no |\n${PAGE_RIGHT}`,
      failure: 'elasticache:Connect | SessionStore/Cache SessionStore/User | yes | no',
    },
    {
      file: JAPANESE_PAGE,
      text: PAGE_RIGHT,
      becomes: `| \`elasticache:Connect\` | \`SessionStore/Cache\` に \`SessionStore/User\` として | あり | なし |\n${PAGE_RIGHT}`,
      failure: 'elasticache:Connect | SessionStore/Cache SessionStore/User | yes | no',
    },
    {
      file: 'docs/first-deploy.md',
      text: '`elasticloadbalancing`, ',
      becomes: '`elasticache`, `elasticloadbalancing`, ',
      failure: '"elasticache"',
    },
    {
      file: 'docs/first-deploy.ja.md',
      text: '`elasticloadbalancing`、',
      becomes: '`elasticache`、`elasticloadbalancing`、',
      failure: '"elasticache"',
    },
  ],
};

const previews: Extension = {
  constructs: ['previews.ts'],
  lib: [
    { file: STACK, text: LAST_IMPORT, becomes: `${LAST_IMPORT}\nimport { Previews } from './constructs/previews';` },
    {
      file: STACK,
      text: AFTER_WEB,
      becomes: `${AFTER_WEB}\nnew Previews(this, 'Previews', { ...container, database: database.instance });`,
    },
  ],
  requested: [
    {
      file: RIGHTS,
      text: ROLES,
      becomes: `
        'Previews/Role': ['lambda.amazonaws.com: sts:AssumeRole', \`\${WRITE_LOG} on /aws/lambda/\${own}-previews\`],
        'BucketNotificationsHandler050a0587b7544547bf325f094a3db834/Role': [
          'lambda.amazonaws.com: sts:AssumeRole',
          \`s3:PutBucketNotification on \${bucket}\`,
          \`\${WRITE_LOG} on /aws/lambda/\${own}-previews\`,
        ],
        ${ROLES}`,
      failure: 'Previews/Role',
    },
  ],
};

const admin: Extension = {
  constructs: ['admin.ts'],
  lib: [
    { file: STACK, text: LAST_IMPORT, becomes: `${LAST_IMPORT}\nimport { Admin } from './constructs/admin';` },
    {
      file: STACK,
      text: AFTER_WEB,
      becomes: `${AFTER_WEB}
        new Admin(this, 'Admin', {
          ...container,
          size: config.webService.size,
          databaseVariable: undefined,
          settings: undefined,
          imageRegistry: config.imageRegistry,
          cluster: web.cluster,
          listener: loadBalancer.listener,
          hostName: \`admin.\${config.loadBalancer.domain?.domainName ?? 'localhost'}\`,
          securityGroup: securityGroups.ecs,
          databaseUrl: database.connectionUrl,
          sessionSecret: web.sessionSecret,
          keepAlive: loadBalancer.targetKeepAlive,
        });`,
    },
    {
      file: DOMAIN,
      text: 'domainName: props.domainName,\n',
      becomes: 'domainName: props.domainName,\nsubjectAlternativeNames: [`admin.${props.domainName}`],\n',
    },
    {
      file: DOMAIN,
      text: "new ARecord(this, 'Alias', {",
      becomes: `new ARecord(this, 'AdminAlias', {
          zone,
          recordName: \`admin.\${props.domainName}.\`,
          target: RecordTarget.fromAlias(new LoadBalancerTarget(props.loadBalancer)),
        });
        new ARecord(this, 'Alias', {`,
    },
  ],
  requested: [
    {
      file: RIGHTS,
      text: ROLES,
      becomes: `
        'Admin/Roles/TaskRole': [service('ecs-tasks'), ...files, \`\${WRITE_LOG} on /ecs/\${own}-admin\`],
        'Admin/Roles/ExecutionRole': [
          service('ecs-tasks'),
          LOGIN,
          \`\${PULL} on \${arn('ecr', \`repository/\${own}-admin\`)}\`,
          \`\${WRITE_LOG} on /ecs/\${own}-admin\`,
          \`\${READ_SECRETS} on Database/ConnectionUrl Web/SessionSecret\`,
        ],
        ${ROLES}`,
      failure: 'Admin/Roles/TaskRole',
    },
    {
      file: 'test/guide/deviations.ts',
      text: '= {};',
      becomes: `= {
        'dev: 6-1, 12-5 AWS::ECR::Repository: リポジトリの数': 'the second application has one',
        'prod: 6-1, 12-5 AWS::ECR::Repository: リポジトリの数': 'the second application has one',
      };`,
      failure: "'prod: 6-1, 12-5 AWS::ECR::Repository: リポジトリの数': '<why>'",
    },
  ],
};

const replica: Extension = {
  constructs: ['replica.ts'],
  lib: [
    { file: STACK, text: LAST_IMPORT, becomes: `${LAST_IMPORT}\nimport { Replica } from './constructs/replica';` },
    {
      file: STACK,
      text: AFTER_BUCKET,
      becomes: `${AFTER_BUCKET}
        const replica =
          'off' in config.database.backups.retention || config.officeHours
            ? undefined
            : new Replica(this, 'Replica', {
                names,
                source: database.instance,
                instanceType: config.database.instanceType,
                vpc,
                subnets: privateSubnets,
                securityGroup: securityGroups.rds,
                removalPolicy,
              });`,
    },
    {
      file: STACK,
      text: WEB_VARIABLES,
      becomes: `${WEB_VARIABLES}, ...(replica && { DATABASE_REPLICA_HOST: replica.hostName })`,
    },
  ],
  requested: [
    {
      file: TAKEN_NAMES,
      text: AFTER_NAME,
      becomes: `${AFTER_NAME}\n'DATABASE_REPLICA_HOST',`,
      failure: 'DATABASE_REPLICA_HOST is set by the stack',
    },
  ],
};

export const extensions: readonly Extension[] = [right, bucket, store, previews, admin, replica];
