import { isIPv4, isIPv6 } from 'node:net';
import { homedir } from 'node:os';
import { SecretMask } from '@infra/common/secret-mask';

/** Name of a session or user, without the comma or the dot of a sentence behind it. */
const NAME = /[\w+=,.@/-]*[\w+=@/-]/;

// docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
const SESSION_IN_ARN = new RegExp(`(?<=:assumed-role/[^/\\s]{1,64}/)${NAME.source}`, 'g');
const USER_IN_ARN = new RegExp(`(?<=:(?:user|federated-user)/)${NAME.source}`, 'g');

/** The last part has letters: `aws-cdk@2.1148.1` is no address. */
const MAIL = /[\w.+-]+@(?:[\w-]+\.)+[A-Za-z]{2,}/g;

/** Twelve digits. An id with twelve digits in a row is masked, too: that loses less than a shown account. */
const ACCOUNT = /(?<!\d)\d{12}(?!\d)/g;

const IPV4_CANDIDATE = /(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?!\.?\d)/g;
const IPV6_CANDIDATE = /(?<![\w:.])[\dA-Fa-f]{0,4}(?::[\dA-Fa-f]{0,4}){2,7}(?![\w:])/g;

const secrets = new SecretMask();

/**
 * Text of AWS in which labels replace secrets, account numbers, IP addresses, mail addresses, and the names of sessions and
 * users, and `~` the home folder of the reader's machine. Everything else stays word by word.
 */
export function maskIdentities(text: string): string {
  return withoutHomeFolder(secrets.maskLines(text))
    .replace(SESSION_IN_ARN, '(session)')
    .replace(USER_IN_ARN, '(user)')
    .replace(MAIL, '(mail address)')
    .replace(ACCOUNT, '(account)')
    .replace(IPV4_CANDIDATE, (candidate) => (isIPv4(candidate) ? '(IP address)' : candidate))
    .replace(IPV6_CANDIDATE, (candidate) => (isIPv6(candidate) ? '(IP address)' : candidate));
}

/** Paths in the home folder have the name of a user. */
function withoutHomeFolder(text: string): string {
  const homeFolder = homedir();
  const isRoot = homeFolder === '/';
  return isRoot ? text : text.replaceAll(homeFolder, '~');
}
