/** Command line of `rehearse`, to be printed. */
export function commandLine(account: string, ...options: readonly string[]): string {
  return ['npm run prooflink -- rehearse', account, ...options].join(' ');
}
