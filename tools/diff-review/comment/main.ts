import { runDiffComment } from './run';

void runDiffComment(process.argv.slice(2), process.env).then(({ exitCode, stdout, stderr }) => {
  process.stdout.write(stdout);
  process.stderr.write(stderr);
  process.exitCode = exitCode;
});
