/** True on AWS itself, false on a local AWS (packages/local-aws), which lacks some of its answers. */
export function isRealAws(): boolean {
  return (process.env['AWS_ENDPOINT_URL'] ?? '') === '';
}
