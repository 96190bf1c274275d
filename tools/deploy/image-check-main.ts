import { ECRClient } from '@aws-sdk/client-ecr';
import * as environments from '../../lib/config';
import { runImageCheck } from './image-check';

void runImageCheck(process.argv.slice(2), environments, (region) => new ECRClient({ region })).then((outcome) => {
  process.stdout.write(outcome.stdout);
  process.stderr.write(outcome.stderr);
  process.exitCode = outcome.exitCode;
});
