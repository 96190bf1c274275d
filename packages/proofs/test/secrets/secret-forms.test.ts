import { SECRET_FORMS as COPY } from '@infra/common/secret-forms';
import { SecretMask } from '@infra/common/secret-mask';
import { isSecretValue, SECRET_FORMS } from '@infra/testing/app-rules';

const LETTERS = 'abcdefghij'.repeat(4);
const DIGITS = '1234567890';

/** Put together here, or a scanner of this repository would report them. */
const SECRETS = [
  { title: 'a password in a URL', secret: 'redis://:word@cache:6379' },
  { title: 'a private key', secret: '-----BEGIN RSA PRIVATE KEY-----' },
  { title: 'a bearer token', secret: `Authorization: Bearer ${LETTERS}${DIGITS}` },
  { title: 'a JSON web token', secret: `eyJ${LETTERS}.eyJ${LETTERS}` },
  { title: 'an access key of AWS', secret: `ASIA${DIGITS}ABCDEF` },
  { title: 'a token of GitHub', secret: `ghs_${LETTERS}` },
  { title: 'a fine-grained token of GitHub', secret: `github_pat_${LETTERS}` },
  { title: 'a token of GitLab', secret: `glpat-${LETTERS}` },
  { title: 'a token of npm', secret: `npm_${LETTERS}` },
  { title: 'a token of Slack', secret: `xoxb-${DIGITS}-${LETTERS}` },
  { title: 'a webhook of Slack', secret: 'https://hooks.slack.com/services/T0/B0/x' },
  { title: 'a key of Stripe', secret: `rk_live_${LETTERS}` },
  { title: 'a signing secret of Stripe', secret: `whsec_${LETTERS}` },
  { title: 'an API key of Google', secret: `AIza${LETTERS.slice(0, 35)}` },
  { title: 'an API key of SendGrid', secret: `SG.${LETTERS.slice(0, 22)}.${LETTERS}` },
  { title: 'a token of Hugging Face', secret: `hf_${LETTERS.slice(0, 34)}` },
  { title: 'an API key of OpenAI, or of Anthropic', secret: `sk-${LETTERS}` },
];

describe.each(SECRETS)('$title', ({ secret }) => {
  test('is refused as a variable, which every reader of the stack sees', () => {
    expect(isSecretValue(secret)).toBe(true);
  });

  test('is masked wherever it is printed', () => {
    expect(new SecretMask().mask({ Description: `see ${secret}` })).toEqual({ Description: '(hidden value 1)' });
    expect(new SecretMask().maskLines(`+ ${secret}`)).not.toContain(secret);
  });
});

test('every form has a secret above', () => {
  expect(SECRETS.map(({ title }) => title)).toEqual(SECRET_FORMS.map(({ name }) => name));
});

test('the mask has the forms of the config', () => {
  expect(COPY).toEqual(SECRET_FORMS);
});

test.each([
  { title: 'a variable of npm', text: 'npm_config_user_agent_of_a_long_name_and_more' },
  { title: 'a sentence about bearers', text: 'the bearer authentication-of-the-application' },
  { title: 'the host of Slack’s webhooks', text: 'https://hooks.slack.com' },
  { title: 'a class of Sass', text: 'SG.button.primary' },
  { title: 'a publishable key of Stripe', text: `pk_live_${LETTERS}` },
])('$title is no secret', ({ text }) => {
  expect(isSecretValue(text)).toBe(false);
  expect(new SecretMask().mask({ Description: text })).toEqual({ Description: text });
});
