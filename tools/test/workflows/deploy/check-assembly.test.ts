import { createHash } from 'node:crypto';
import { appendFileSync, cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { outcomeOf } from '@infra/common/outcome';
import { temporaryFolder } from '@infra/common/testing';
import { keysOf, readKnownKeys } from '../../../workflows/deploy/assembly-keys';
import { runCheckAssembly } from '../../../workflows/deploy/check-assembly';
import { assembly, configuredAssembly } from '../../../../test/support/assembly';
import { deliveredEnvironments, testDelivery } from '../../../../test/support/environments';
import { synthesize } from '../../../../test/support/synth';

type Json = Record<string, unknown>;

interface AssetManifest {
  files: Record<string, { source: Json; destinations: Record<string, Json> }>;
  dockerImages: Json;
}

interface Manifest {
  artifacts: Record<string, { type: string; properties: Json; [field: string]: unknown }>;
}

/** Dev and prod with their account, beside the delivery: what Deploy makes once a repository is connected. */
const delivered = synthesize(deliveredEnvironments, testDelivery);
const root = temporaryFolder('check-assembly-');

test.each([
  { title: 'lib/config as it is', directory: configuredAssembly },
  { title: 'the tests’ environments and the delivery, some of them without an account', directory: assembly },
  { title: 'environments with their account, and the delivery', directory: delivered },
])('$title has the shape that reviews assume', ({ directory }) => {
  const stdout = `${directory} deploys its templates, and nothing else.\n`;
  expect(runCheckAssembly(directory)).toEqual({ exitCode: 0, stdout, stderr: '' });
});

test('the known keys are those of today’s assemblies: renew them with "npm run renew", and read the difference', () => {
  const files = [assembly, configuredAssembly].flatMap((directory) =>
    readdirSync(directory)
      .filter((file) => file === 'manifest.json' || file.endsWith('.assets.json'))
      .map((file) => join(directory, file)),
  );
  const keys = files.flatMap((file) => keysOf(JSON.parse(readFileSync(file, 'utf8'))));
  expect([...readKnownKeys()]).toEqual([...new Set(keys)].sort());
});

const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** A copy of an assembly in which something is changed. */
class OddAssembly {
  private static number = 0;
  readonly directory: string;

  constructor() {
    OddAssembly.number += 1;
    this.directory = join(root, String(OddAssembly.number));
    cpSync(delivered, this.directory, { recursive: true });
  }

  path(file: string): string {
    return join(this.directory, file);
  }

  /** Writes a file as the CDK does. */
  write(file: string, value: unknown, indent = 2): string {
    const text = JSON.stringify(value, undefined, indent);
    writeFileSync(this.path(file), text);
    return text;
  }

  changeManifest(change: (manifest: Manifest) => void): void {
    const manifest = read(this.path('manifest.json')) as Manifest;
    change(manifest);
    this.write('manifest.json', manifest);
  }

  changeDev(change: (properties: Json) => void): void {
    this.changeManifest(({ artifacts }) => {
      change(artifacts['ProoflinkDev']?.properties ?? {});
    });
  }

  changeUploads(change: (uploads: AssetManifest) => void): void {
    const uploads = read(this.path('ProoflinkDev.assets.json')) as AssetManifest;
    change(uploads);
    this.write('ProoflinkDev.assets.json', uploads);
  }

  /** The asset of dev's template. */
  changeTemplateAsset(change: (asset: AssetManifest['files'][string], key: string, uploads: AssetManifest) => void) {
    this.changeUploads((uploads) => {
      const assets = Object.entries(uploads.files);
      const templateAsset = assets.find(([, { source }]) => source['path'] === 'ProoflinkDev.template.json');
      if (!templateAsset) throw new Error('dev has no template asset');
      const [key, asset] = templateAsset;
      change(asset, key, uploads);
    });
  }
}

interface Odd {
  readonly title: string;
  readonly change: (odd: OddAssembly) => void;
  /** Part of the refusal. */
  readonly finding: string;
}

const ODD: readonly Odd[] = [
  {
    title: 'a command in the place of the template’s file, which the CLI runs with the deploying role',
    change: (odd) => {
      odd.changeTemplateAsset((asset) => {
        asset.source = { executable: ['sh', '-c', 'env > keys'], packaging: 'file' };
      });
    },
    finding: 'ProoflinkDev.assets.json: "files.*.source.executable" is new',
  },
  {
    title: 'a command in one more asset',
    change: (odd) => {
      odd.changeTemplateAsset((asset, _key, uploads) => {
        uploads.files['f'.repeat(64)] = { ...asset, source: { executable: ['sh'], packaging: 'file' } };
      });
    },
    finding: 'ProoflinkDev.assets.json: "files.*.source.executable" is new',
  },
  {
    title: 'a command that makes an image',
    change: (odd) => {
      odd.changeUploads((uploads) => {
        uploads.dockerImages = { image: { source: { executable: ['sh'] }, destinations: {} } };
      });
    },
    finding: 'ProoflinkDev.assets.json: "dockerImages.*.source.executable" is new',
  },
  {
    title: 'another file under the template’s key',
    change: (odd) => {
      odd.write('other.json', { Resources: {} }, 1);
      odd.changeTemplateAsset((asset) => {
        asset.source['path'] = 'other.json';
      });
    },
    finding: 'ProoflinkDev.assets.json, uploads of ProoflinkDev.template.json: []',
  },
  {
    title: 'the template of another file, by its URL',
    change: (odd) => {
      const hash = sha256(odd.write('other.json', { Resources: {} }, 1));
      odd.changeTemplateAsset((asset, key, uploads) => {
        const [destination] = Object.values(asset.destinations);
        uploads.files[hash] = {
          source: { path: 'other.json', packaging: 'file' },
          destinations: { here: { ...destination, objectKey: `${hash}.json` } },
        };
        odd.changeDev((properties) => {
          properties['stackTemplateAssetObjectUrl'] = String(properties['stackTemplateAssetObjectUrl']).replace(
            key,
            hash,
          );
        });
      });
    },
    finding: 'ProoflinkDev, stackTemplateAssetObjectUrl: "s3://',
  },
  {
    title: 'a role of somebody’s for CloudFormation',
    change: (odd) => {
      odd.changeDev((properties) => {
        properties['cloudFormationExecutionRoleArn'] = 'arn:aws:iam::123456789012:role/other';
      });
    },
    finding: 'ProoflinkDev, cloudFormationExecutionRoleArn: "arn:aws:iam::123456789012:role/other"',
  },
  {
    title: 'another stack than its artifact’s name says',
    change: (odd) => {
      odd.changeDev((properties) => {
        properties['stackName'] = 'ProoflinkProd';
      });
    },
    finding: '"artifacts.aws:cloudformation:stack.properties.stackName" is new',
  },
  {
    title: 'another stack than the one that its files are called after',
    change: (odd) => {
      odd.changeManifest(({ artifacts }) => {
        const stack = artifacts['ProoflinkDev'];
        if (stack) artifacts['Shadow'] = stack;
      });
    },
    finding: 'Shadow, templateFile: "ProoflinkDev.template.json", and the CDK\'s default is "Shadow.template.json"',
  },
  {
    title: 'an asset manifest of no stack',
    change: (odd) => {
      odd.write('extra.json', { version: '55.0.0', files: {}, dockerImages: {} });
      odd.changeManifest(({ artifacts }) => {
        artifacts['Extra'] = { type: 'cdk:asset-manifest', properties: { file: 'extra.json' } };
      });
    },
    finding: 'Extra: uploads files for no stack.',
  },
  {
    title: 'a second asset manifest of a stack',
    change: (odd) => {
      odd.changeManifest(({ artifacts }) => {
        const stack = artifacts['ProoflinkDev'];
        if (stack) stack['dependencies'] = ['ProoflinkDev.assets', 'ProoflinkProd.assets'];
      });
    },
    finding: 'ProoflinkDev, dependencies: ["ProoflinkDev.assets","ProoflinkProd.assets"]',
  },
  {
    title: 'a topic that hears of each deployment',
    change: (odd) => {
      odd.changeDev((properties) => {
        properties['notificationArns'] = ['arn:aws:sns:ap-northeast-1:210987654321:x'];
      });
    },
    finding: '"artifacts.aws:cloudformation:stack.properties.notificationArns" is new',
  },
  {
    title: 'parameters',
    change: (odd) => {
      odd.changeDev((properties) => {
        properties['parameters'] = { AppImageTag: 'v1' };
      });
    },
    finding: '"artifacts.aws:cloudformation:stack.properties.parameters" is new',
  },
  {
    title: 'a nested assembly',
    change: (odd) => {
      odd.changeManifest(({ artifacts }) => {
        artifacts['Stage'] = { type: 'cdk:cloud-assembly', properties: {} };
      });
    },
    finding: '"artifacts.cdk:cloud-assembly" is new',
  },
  {
    title: 'an asset that a construct’s metadata names',
    change: (odd) => {
      odd.write('ProoflinkDev.metadata.json', {
        '/ProoflinkDev/Image': [{ type: 'aws:cdk:asset', data: { packaging: 'container-image', path: '.' } }],
      });
    },
    finding: 'ProoflinkDev.metadata.json: /ProoflinkDev/Image has an asset of its own.',
  },
  {
    title: 'a file of another folder',
    change: (odd) => {
      odd.changeTemplateAsset((asset, _key, uploads) => {
        uploads.files['f'.repeat(64)] = { ...asset, source: { path: '../../etc/hosts', packaging: 'file' } };
      });
    },
    finding: '"../../etc/hosts" is no file or folder of the assembly.',
  },
  {
    title: 'a link',
    change: (odd) => {
      symlinkSync('/etc/hosts', odd.path('hosts'));
    },
    finding: 'hosts: neither a file nor a folder, but a link, say.',
  },
  {
    title: 'a function whose code nobody reviewed',
    change: (odd) => {
      const [handler = ''] = readdirSync(odd.directory).filter((file) => file.startsWith('asset.'));
      appendFileSync(odd.path(`${handler}/index.js`), '\nfetch("https://example.com")');
    },
    finding: "/index.js is neither a file of this repository nor one of aws-cdk-lib's handlers.",
  },
  {
    title: 'one more file in a function',
    change: (odd) => {
      const [handler = ''] = readdirSync(odd.directory).filter((file) => file.startsWith('asset.'));
      mkdirSync(odd.path(`${handler}/node_modules`));
      writeFileSync(odd.path(`${handler}/node_modules/x.js`), 'fetch("https://example.com")');
    },
    finding: "/node_modules/x.js is neither a file of this repository nor one of aws-cdk-lib's handlers.",
  },
  {
    title: 'an upload into another bucket',
    change: (odd) => {
      odd.changeTemplateAsset((asset) => {
        for (const destination of Object.values(asset.destinations)) destination['bucketName'] = 'elsewhere';
      });
    },
    finding: ', bucketName: "elsewhere", and the CDK\'s default is "cdk-hnb659fds-assets-123456789012-ap-northeast-1"',
  },
  {
    title: 'a template with a key twice, of which CloudFormation may take the other one',
    change: (odd) => {
      const file = odd.path('ProoflinkDev.template.json');
      const text = readFileSync(file, 'utf8').replace('{', '{\n "Resources": {},');
      writeFileSync(file, text);
    },
    finding: 'ProoflinkDev.template.json: not written as the CDK writes it, perhaps with a key twice.',
  },
  {
    title: 'an account in the roles that is not the stack’s',
    change: (odd) => {
      odd.changeManifest(({ artifacts }) => {
        const stack = artifacts['ProoflinkDev'];
        if (stack) stack['environment'] = 'aws://210987654321/ap-northeast-1';
      });
    },
    finding: 'ProoflinkDev, assumeRoleArn: "arn:${AWS::Partition}:iam::123456789012:role/cdk-hnb659fds-deploy-role',
  },
];

test.each(ODD)(
  'an assembly with $title is not deployed, though its templates are as reviewed',
  async ({ change, finding }) => {
    const odd = new OddAssembly();
    change(odd);
    const { exitCode, stdout, stderr } = await outcomeOf(() => runCheckAssembly(odd.directory));
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain('would deploy something else than its templates say');
    expect(stderr).toContain(finding);
  },
);

test('what is no folder is no assembly', async () => {
  const { exitCode, stderr } = await outcomeOf(() => runCheckAssembly('nowhere'));
  expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: 'nowhere is not a directory.\n' });
});
