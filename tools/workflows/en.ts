/** Sentences of the commands of this folder, in English, by command. Older sentences stand where they are printed. */
export const en = {
  digest: {
    brokenLink: ({ path }: { readonly path: string }): string =>
      `${path} is a symbolic link that leads nowhere, so that its folder has no digest. Delete the link, or create the ` +
      'file to which it leads.',
  },
};
