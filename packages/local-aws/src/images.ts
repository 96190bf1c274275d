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
