import { join } from 'node:path';

/** The account of the local AWS, and its region unless another one is given; nothing of it exists anywhere else. */
export const LOCAL_ACCOUNT = '123456789012';
export const LOCAL_REGION = 'ap-northeast-1';

// What a program needs to run at all. Nothing else is passed on, least of all AWS_*, CDK_* and *_PROXY.
const inherited = /^(PATH|LANG|LC_.*|TERM|TZ|USER|LOGNAME|SHELL|SYSTEMROOT|NO_COLOR|FORCE_COLOR)$/i;

/** What an AWS CLI or SDK needs to talk to the local AWS, and to nothing else. */
export function awsVariables(endpoint: string, directory: string, region = LOCAL_REGION): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    // Files that do not exist: the caller's own profiles are neither read nor written.
    AWS_CONFIG_FILE: join(directory, 'aws-config'),
    AWS_SHARED_CREDENTIALS_FILE: join(directory, 'aws-credentials'),
    AWS_EC2_METADATA_DISABLED: 'true',
    NO_PROXY: 'localhost,127.0.0.1',
  };
}

/** A whole environment for the CDK CLI and for SDK programs, free of the caller's AWS configuration. */
export function localEnvironment(
  caller: NodeJS.ProcessEnv,
  endpoint: string,
  directory: string,
  region = LOCAL_REGION,
): Record<string, string> {
  const kept = Object.entries(caller).filter(
    (entry): entry is [string, string] => inherited.test(entry[0]) && entry[1] !== undefined,
  );
  return {
    ...Object.fromEntries(kept),
    // Where the CDK CLI keeps its cache and reads settings, and leaves files if it is killed.
    HOME: directory,
    TMPDIR: directory,
    ...awsVariables(endpoint, directory, region),
    CDK_DEFAULT_ACCOUNT: LOCAL_ACCOUNT,
    CDK_DEFAULT_REGION: region,
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    // A local deployment need not say when the SDK drops this version of Node.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
}

/** Points the SDK in this process to the local AWS, and removes every AWS variable of the caller's. */
export function adoptAwsVariables(own: NodeJS.ProcessEnv, local: Readonly<Record<string, string>>): void {
  // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- there is no other way to unset a variable
  for (const name of Object.keys(own)) if (name.startsWith('AWS_')) delete own[name];
  for (const [name, value] of Object.entries(local)) if (name.startsWith('AWS_')) own[name] = value;
}
