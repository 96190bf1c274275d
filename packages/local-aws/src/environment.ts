import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Account of the local AWS, which is not a real one, and its default region. */
export const LOCAL_ACCOUNT = '123456789012';
export const LOCAL_REGION = 'ap-northeast-1';

// Variables that any program needs. All others are dropped, above all AWS_*, CDK_* and *_PROXY.
const inherited = /^(PATH|LANG|LC_.*|TERM|TZ|USER|LOGNAME|SHELL|SYSTEMROOT|NO_COLOR|FORCE_COLOR)$/i;

/** Variables that point an AWS CLI or SDK to the local AWS alone. */
export function awsVariables(endpoint: string, directory: string, region = LOCAL_REGION): Record<string, string> {
  const authority = join(directory, 'authority.pem');
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
    // Suppresses the SDK's warning about this version of Node.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    // Node warns of a file that does not exist.
    ...(existsSync(authority) ? { NODE_EXTRA_CA_CERTS: authority } : {}),
  };
}

/** Environment for the CDK CLI and for SDK programs, without the caller's AWS configuration. */
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
    // The CDK CLI keeps its cache and settings here, and leaves files behind when killed.
    HOME: directory,
    TMPDIR: directory,
    ...awsVariables(endpoint, directory, region),
    CDK_DEFAULT_ACCOUNT: LOCAL_ACCOUNT,
    CDK_DEFAULT_REGION: region,
    CDK_DISABLE_CLI_TELEMETRY: 'true',
  };
}

/** Points the SDK of this process to the local AWS, and removes the caller's AWS variables. */
export function adoptAwsVariables(own: NodeJS.ProcessEnv, local: Readonly<Record<string, string>>): void {
  // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- there is no other way to unset a variable
  for (const name of Object.keys(own)) if (name.startsWith('AWS_')) delete own[name];
  for (const [name, value] of Object.entries(local)) if (name.startsWith('AWS_')) own[name] = value;
}
