/** A program of this machine that plays what is in an image. */
export interface ImageProgram {
  /** Where it runs: what the image has as its working directory. */
  readonly directory: string;
  readonly entrypoint?: readonly string[];
  /** What a task or job runs that names no command of its own. */
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** The annotations of an image's manifest, by which the local AWS knows the image's program. */
export function programAnnotations(program: ImageProgram): Record<string, string> {
  return { 'local-aws.program': JSON.stringify(program) };
}
