import { FILES, page, type Rule } from './documents';

/** A broken text of each rule, in words, and the finding. */
export type Cases<Name extends string> = Record<
  Name,
  readonly (readonly [says: string, text: string, finds: string])[]
>;

/** Tests that the rules hold on every page, and that each finds its broken texts, and nothing else in them. */
export function rulesHold<Name extends string>(rules: Record<Name, Rule>, cases: Cases<Name>): void {
  describe.each(Object.keys(cases) as Name[])('%s', (name) => {
    it('holds on every page', () => {
      expect(FILES.flatMap((file) => rules[name](page(file)).map((finding) => `${file}: ${finding}`))).toEqual([]);
    });

    it.each(cases[name])('sees %s', (_, text, finds) => {
      const found = rules[name]({ file: 'README.md', text });
      expect(found).not.toEqual([]);
      expect(found.filter((finding) => !finding.includes(finds))).toEqual([]);
    });
  });
}
