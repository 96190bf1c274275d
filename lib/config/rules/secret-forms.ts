/** Something that only secrets have: a service's prefix, a password in a URL. */
export interface SecretForm {
  /** A secret of this form, as in "a token of GitHub". */
  readonly name: string;
  /** Bounded in length, so that long texts are searched quickly. */
  readonly pattern: RegExp;
}

/** Forms of secrets. A copy masks what is printed: packages/common/src/secret-forms.ts, since this folder imports no package. */
export const SECRET_FORMS: readonly SecretForm[] = [
  { name: 'a password in a URL', pattern: /:\/\/[^/\s:@]{0,256}:[^@/\s]{1,1024}@/ },
  { name: 'a private key', pattern: /-----BEGIN [A-Z ]{0,64}PRIVATE KEY/ },
  // RFC 6750. Words have no digit.
  { name: 'a bearer token', pattern: /\bbearer\s{1,16}(?=[\w~+/.-]{0,512}\d)[\w~+/.-]{16}/i },
  { name: 'a JSON web token', pattern: /(?<![\w-])eyJ[\w-]{8,2048}\.eyJ/ },
  // docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
  { name: 'an access key of AWS', pattern: /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/ },
  // docs.github.com, "GitHub's token formats"
  { name: 'a token of GitHub', pattern: /\bgh[oprsu]_\w{20}/ },
  { name: 'a fine-grained token of GitHub', pattern: /\bgithub_pat_\w{20}/ },
  // docs.gitlab.com/security/tokens, "Token prefixes"
  { name: 'a token of GitLab', pattern: /\bglpat-[\w-]{20}/ },
  { name: 'a token of npm', pattern: /\bnpm_[A-Za-z0-9]{36}/ },
  // docs.slack.dev/authentication/tokens
  { name: 'a token of Slack', pattern: /\b(?:xox[a-z]|xapp)-[\w-]{10}/ },
  // docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
  { name: 'a webhook of Slack', pattern: /\bhooks\.slack\.com\/[a-z]{1,32}\/\w/ },
  // docs.stripe.com/keys
  { name: 'a key of Stripe', pattern: /\b[rs]k_(?:live|test)_\w{10}/ },
  { name: 'a signing secret of Stripe', pattern: /\bwhsec_[\w+/=]{10}/ },
  { name: 'an API key of Google', pattern: /\bAIza[\w-]{35}/ },
  { name: 'an API key of SendGrid', pattern: /\bSG\.[\w-]{16,64}\.[\w-]{16}/ },
  { name: 'a token of Hugging Face', pattern: /\bhf_[A-Za-z]{34}/ },
  { name: 'an API key of OpenAI, or of Anthropic', pattern: /\bsk-[\w-]{20}/ },
];
