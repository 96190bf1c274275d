import { IMPORT_COMMAND, resourceNames } from '@infra/commands/app';
import { pushImage } from '@infra/local/images';
import { sample } from '@infra/local/programs';
import { REHEARSAL } from '@infra/rehearse/environment';

/*
 * A double of Docker on PATH, for a machine without an engine. It builds nothing: it pushes the programs of the sample
 * application, which the local AWS runs in place of images. Only the import's image is ever copied.
 */

const [, , command = '', ...args] = process.argv;
const image = command === 'push' ? (args.at(-1) ?? '') : (args[args.indexOf('--tag') + 1] ?? '');
const [repositoryUri = '', tag = ''] = image.split(':');
const isWebImage = command === 'push' && repositoryUri.endsWith(resourceNames(REHEARSAL).repositories.app);
const web = { ...sample.web(tag), command: ['/bin/sh', '-c', 'node migrate.js && exec node server.js'] };
const batch = { ...sample.job(), command: IMPORT_COMMAND };

if (command === 'push' || command === 'buildx')
  void pushImage({ repositoryUri, tag, program: isWebImage ? web : batch });
