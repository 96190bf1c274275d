import { runDiffReview } from './run';

const { exitCode, stdout, stderr } = runDiffReview(process.argv.slice(2), {
  // A file or a pipe has no width, and 80 columns are readable everywhere.
  columns: Math.max(60, Math.min(process.stdout.columns || 80, 160)),
  colour: process.stdout.isTTY && !process.env.NO_COLOR,
});
process.stdout.write(stdout);
process.stderr.write(stderr);
// Not process.exit(): it would cut off what a slow pipe has not taken yet.
process.exitCode = exitCode;
