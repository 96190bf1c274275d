import { isIPv4, isIPv6 } from 'node:net';
import { homedir } from 'node:os';
import { SecretMask } from '@infra/common/secret-mask';

/** Labels for what identifies an account or a person. */
const LABELS = {
  account: '(account)',
  address: '(IP address)',
  mail: '(mail address)',
  session: '(session)',
  user: '(user)',
};

/** Name of a session or user, without the comma or the dot of a sentence behind it. */
const NAME = /[\w+=,.@/-]*[\w+=@/-]/;

// docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
const SESSION_IN_ARN = new RegExp(`(?<=:assumed-role/[^/\\s]{1,64}/)${NAME.source}`, 'g');
const SESSION_IN_USER_ID = new RegExp(`(?<=\\bAROA[A-Z0-9]{12,}:)${NAME.source}`, 'g');
const USER_IN_ARN = new RegExp(`(?<=:(?:user|federated-user)/)${NAME.source}`, 'g');

/** The last part has letters: `aws-cdk@2.1148.1` is no address. */
const MAIL = /[\w.+-]+@(?:[\w-]+\.)+[A-Za-z]{2,}/g;

/**
 * Twelve digits, or as the console writes them, `1234-5678-9012`. An id with twelve digits in a row is masked, too: that loses
 * less than a shown account.
 */
const ACCOUNT = /(?<!\d)\d{12}(?!\d)|(?<![\w-])\d{4}-\d{4}-\d{4}(?![\w-])/g;

const IPV4_CANDIDATE = /(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?!\.?\d)/g;
const IPV6_CANDIDATE = /(?<![\w:.])[\dA-Fa-f]{0,4}(?::[\dA-Fa-f]{0,4}){2,7}(?![\w:])/g;
/** Address in the DNS name of a network interface, `ip-10-0-1-23.ap-northeast-1.compute.internal`. */
const ADDRESS_IN_DNS_NAME = /(?<=\b(?:ip|ec2)-)\d{1,3}(?:-\d{1,3}){3}/g;

const secrets = new SecretMask();

/**
 * Text of AWS in which labels replace secrets, account numbers, IP addresses, mail addresses, and the names of sessions and
 * users, and `~` the home folder of the reader's machine. Everything else stays word by word.
 */
export function maskIdentities(text: string): string {
  return withoutHomeFolder(secrets.maskLines(text))
    .replace(SESSION_IN_ARN, LABELS.session)
    .replace(SESSION_IN_USER_ID, LABELS.session)
    .replace(USER_IN_ARN, LABELS.user)
    .replace(MAIL, LABELS.mail)
    .replace(ACCOUNT, LABELS.account)
    .replace(IPV4_CANDIDATE, (candidate) => (isIPv4(candidate) ? LABELS.address : candidate))
    .replace(IPV6_CANDIDATE, (candidate) => (isIPv6(candidate) ? LABELS.address : candidate))
    .replace(ADDRESS_IN_DNS_NAME, LABELS.address);
}

/** Paths in the home folder have the name of a user. */
function withoutHomeFolder(text: string): string {
  const homeFolder = homedir();
  const isRoot = homeFolder === '/';
  return isRoot ? text : text.replaceAll(homeFolder, '~');
}
