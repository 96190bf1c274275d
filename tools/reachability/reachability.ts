import { runReachability } from './run';

const { exitCode, stdout, stderr } = runReachability(process.argv[2] ?? 'cdk.out');
process.stdout.write(stdout);
process.stderr.write(stderr);
process.exitCode = exitCode;
