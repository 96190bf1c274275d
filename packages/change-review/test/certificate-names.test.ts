import { reviewResource } from './support/assemblies';

const certificate = (name: string, ...otherNames: string[]) => ({
  Type: 'AWS::CertificateManager::Certificate',
  Properties: { DomainName: name, SubjectAlternativeNames: otherNames },
});

describe('a certificate names what it is no longer valid for', () => {
  it.each([
    {
      title: 'its name',
      before: certificate('old.example.com'),
      after: certificate('new.example.com'),
      says: 'The certificate is no longer valid for `old.example.com`: TLS connections by that name fail.',
    },
    {
      title: 'one of several names',
      before: certificate('example.com', 'old.example.com', 'kept.example.com'),
      after: certificate('example.com', 'kept.example.com'),
      says: 'The certificate is no longer valid for `old.example.com`:',
    },
    {
      title: 'what is below another wildcard',
      before: certificate('deep.old.example.com'),
      after: certificate('*.example.com'),
      says: 'The certificate is no longer valid for `deep.old.example.com`:',
    },
  ])('$title', ({ before, after, says }) => {
    const { stdout } = reviewResource(before, after);
    expect(stdout).toContain(says);
    expect(stdout).toContain('Do: Make sure that no listener, distribution or client still uses the name.');
  });
});

describe('a certificate stays valid', () => {
  it.each([
    {
      title: 'with one more name',
      before: certificate('example.com'),
      after: certificate('example.com', 'new.example.com'),
    },
    { title: 'by a wildcard', before: certificate('old.example.com'), after: certificate('*.example.com') },
    {
      title: 'where the names change places',
      before: certificate('a.example.com', 'b.example.com'),
      after: certificate('b.example.com', 'a.example.com'),
    },
  ])('$title', ({ before, after }) => {
    expect(reviewResource(before, after).stdout).not.toContain('no longer valid');
  });
});
