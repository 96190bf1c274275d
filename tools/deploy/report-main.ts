import { runDeployReport } from './report';

const { exitCode, stdout, stderr } = runDeployReport(process.argv.slice(2));
process.stdout.write(stdout);
process.stderr.write(stderr);
process.exitCode = exitCode;
