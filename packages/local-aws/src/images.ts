/** Local program that replaces the content of an image. */
export interface ImageProgram {
  /** Working directory of the image. */
  readonly directory: string;
  readonly entrypoint?: readonly string[];
  /** Command of a task or job that names none. */
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** Annotations of an image's manifest that name its program to the local AWS. */
export function programAnnotations(program: ImageProgram): Record<string, string> {
  return { 'local-aws.program': JSON.stringify(program) };
}

/** Finding of a basic scan of ECR, as DescribeImageScanFindings answers it. */
export interface ScanFinding {
  /** Id of the vulnerability, such as `CVE-2026-12345`. */
  readonly name: string;
  readonly severity: string;
  readonly attributes?: readonly { readonly key: string; readonly value: string }[];
}

/** Annotations of an image's manifest with the findings that a scan by the local AWS reports; without them it finds nothing. */
export function findingAnnotations(findings: readonly ScanFinding[]): Record<string, string> {
  return { 'local-aws.findings': JSON.stringify(findings) };
}
