/** Sentences of the rules on a config, in English. */
export const en = {
  /** @param text - As it stands in the config, quoted. */
  dynamicReference: ({ text }: { readonly text: string }): string =>
    `${text} is a dynamic reference, which CloudFormation resolves; write the text itself`,
};
