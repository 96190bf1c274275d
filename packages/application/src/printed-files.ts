/** Files that `app-workflow` prints. */
export const FILES = ['release.yml', 'Dockerfile', '.dockerignore'] as const;

export type File = (typeof FILES)[number];
