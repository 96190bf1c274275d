import type { LocalAws } from '@infra/local-aws';
import { runProoflink } from '../../../tools/local/prooflink-process';
import { bareEnvironment } from '../../support/bare-environment';

/** Message of a release that cannot read its assembly, in a terminal with this locale. */
async function failureIn(locale: string): Promise<string> {
  const aws = { env: { ...bareEnvironment(), LC_ALL: locale } } as unknown as LocalAws;
  const release = runProoflink(aws, ['release', 'dev', '--assembly', '/no-such-assembly']);
  const error = (await release.then(
    () => undefined,
    (reason: unknown) => reason,
  )) as Error | undefined;
  return error?.message ?? '';
}

describe('the error of a command that fails has its progress, then its summary, which may refer to it', () => {
  it.each([
    { title: 'in English', locale: 'C', progress: '1/4 Check dev\n', summary: 'dev was not touched:\n' },
    {
      title: 'in Japanese',
      locale: 'ja_JP.UTF-8',
      progress: '1/4 dev の確認\n',
      summary: 'dev には何も変更していません:\n',
    },
  ])('$title', async ({ locale, progress, summary }) => {
    const message = await failureIn(locale);
    expect(message).toMatch(/^npm run prooflink -- release dev --assembly \/no-such-assembly /);
    expect(message.indexOf(progress)).toBeGreaterThan(0);
    expect(message.indexOf(summary)).toBeGreaterThan(message.indexOf(progress));
  });
});
