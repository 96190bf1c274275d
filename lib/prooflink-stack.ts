import { Stack, type StackProps } from 'aws-cdk-lib/core';
import { PATH_METADATA_ENABLE_CONTEXT } from 'aws-cdk-lib/cx-api';
import type { Construct } from 'constructs';
import type { EnvironmentConfig } from './config/environment';
import type { ResourceNames } from './config/names';
import { ORIGIN_FACING_PREFIX_LISTS } from './config/origin-facing';
import { dataRemovalPolicy, isOn } from './config/safeguard';
import { allSettings } from './config/sections/settings';
import { Alarms } from './constructs/alarms';
import { Budget } from './constructs/budget';
import { CustomResources } from './constructs/custom-resources';
import { Database } from './constructs/database';
import { FileStorage } from './constructs/file-storage';
import { Firewall } from './constructs/firewall';
import { ImageRegistry } from './constructs/image-registry';
import { Jobs } from './constructs/jobs';
import { LoadBalancer } from './constructs/load-balancer';
import { Network } from './constructs/network';
import { OfficeHours } from './constructs/office-hours';
import { RestoreTest } from './constructs/restore-test';
import { SecurityGroups } from './constructs/security-groups';
import { Settings } from './constructs/settings';
import { UserImport } from './constructs/user-import';
import { WebService } from './constructs/web-service';
import { Worker } from './constructs/worker';
import { ImageTags } from './image-tags';
import { addOutputs } from './outputs';

export interface ProoflinkStackProps extends StackProps {
  readonly names: ResourceNames;
  readonly config: EnvironmentConfig;
}

/** One environment of ProofLink, wired in the order of the guide's chapters. */
export class ProoflinkStack extends Stack {
  private readonly configuredZones: string[];

  constructor(scope: Construct, id: string, props: ProoflinkStackProps) {
    super(scope, id, props);
    // Parts are found by their construct path (lib/contract.ts): `--no-path-metadata` would hide them.
    this.node.setContext(PATH_METADATA_ENABLE_CONTEXT, true);
    const { names, config } = props;
    this.configuredZones = [...config.network.availabilityZones];
    const removalPolicy = dataRemovalPolicy(config.keepData);
    const { cpuArchitecture, logRetention } = config;

    const imageTags = new ImageTags(this, {
      migrates: config.webService.migration !== undefined,
      importsUsers: config.userImport !== undefined,
    });
    const customResources = new CustomResources(this, 'CustomResourceLogs', { names, logRetention, removalPolicy });
    const network = new Network(this, 'Network', { ...config.network, names });
    customResources.adapt(network);
    const { vpc, publicSubnets, privateSubnets } = network;
    const securityGroups = new SecurityGroups(this, 'SecurityGroups', {
      names,
      vpc,
      ...config.loadBalancer,
      originFacing: config.loadBalancer.edge && ORIGIN_FACING_PREFIX_LISTS[config.region],
      userImport: config.userImport !== undefined,
    });
    const loadBalancer = new LoadBalancer(this, 'LoadBalancer', {
      ...config.loadBalancer,
      names,
      vpc,
      subnets: { public: publicSubnets, private: privateSubnets },
      securityGroup: securityGroups.alb,
      deletionProtection: isOn(config.terminationProtection),
      imageTags,
    });
    if (config.loadBalancer.firewall) {
      new Firewall(this, 'Firewall', {
        ...config.loadBalancer.firewall,
        names,
        loadBalancer: loadBalancer.alb,
        logRetention,
        removalPolicy,
      });
    }
    const database = new Database(this, 'Database', {
      ...config.database,
      names,
      removalPolicy,
      vpc,
      subnets: privateSubnets,
      securityGroup: securityGroups.rds,
      officeHours: config.officeHours !== undefined,
    });
    // The certificate waits for people's DNS. If that fails, it fails before a database exists that cannot be deleted.
    if (loadBalancer.domain) database.node.addDependency(loadBalancer.domain);
    // The folders in the bucket come after the database, too: a bucket that is not empty stops a rollback.
    customResources.callAfter(database.instance);

    const files = new FileStorage(this, 'FileStorage', {
      ...config.fileStorage,
      names,
      removalPolicy,
      applicationUrl: loadBalancer.applicationUrl,
      customResources,
    });
    customResources.adapt(files);
    const { bucket } = files;
    const { repository: appRepository } = new ImageRegistry(this, 'AppRegistry', {
      ...config.imageRegistry,
      repositoryName: names.repositories.app,
      runningTag: imageTags.app,
      removalPolicy,
    });
    const batchRepository =
      imageTags.batch === undefined
        ? undefined
        : new ImageRegistry(this, 'BatchRegistry', {
            ...config.imageRegistry,
            repositoryName: names.repositories.batch,
            runningTag: imageTags.batch,
            removalPolicy,
          }).repository;
    const repositories = batchRepository ? [appRepository, batchRepository] : [appRepository];
    const settings =
      allSettings(config).length > 0 ? new Settings(this, 'Settings', { names, removalPolicy }) : undefined;
    const settingsSecret = settings?.secret;
    const container = {
      names,
      settingsSecret,
      cpuArchitecture,
      vpc,
      subnets: publicSubnets,
      bucket,
      logRetention,
      removalPolicy,
    };
    const userImport =
      config.userImport && securityGroups.batch && batchRepository && imageTags.batch !== undefined
        ? new UserImport(this, 'UserImport', {
            ...config.userImport,
            ...container,
            securityGroup: securityGroups.batch,
            repository: batchRepository,
            imageTag: imageTags.batch,
            databaseUrl: database.connectionUrl,
          })
        : undefined;
    const application = {
      ...config.webService,
      ...container,
      securityGroup: securityGroups.ecs,
      repository: appRepository,
      imageTags,
      databaseUrl: database.connectionUrl,
      applicationUrl: loadBalancer.applicationUrl,
      keepAlive: loadBalancer.targetKeepAlive,
      extraEnvironment: { ...userImport?.submitEnvironment },
    };
    const web = new WebService(this, 'Web', { ...application, targetGroup: loadBalancer.targetGroup });
    userImport?.grantSubmit(web.roles);
    const jobs = config.jobs?.length
      ? new Jobs(this, 'Jobs', {
          ...application,
          jobs: config.jobs,
          web,
          imageTag: imageTags.app,
          variables: {
            NEXTAUTH_URL: loadBalancer.applicationUrl,
            AUTH_URL: loadBalancer.applicationUrl,
            ...application.extraEnvironment,
          },
        })
      : undefined;
    const workers = (config.workers ?? []).map(
      (worker) => new Worker(this, `Worker-${worker.name}`, { ...application, worker, web }),
    );
    files.emptyAfter(web.service, ...workers.map(({ service }) => service), ...(userImport ? [userImport.queue] : []));

    const { backups } = config.database;
    const restoreTest =
      backups.restoreTest &&
      new RestoreTest(this, 'RestoreTest', {
        ...backups.restoreTest,
        names,
        removalPolicy,
        database: database.instance,
        securityGroup: securityGroups.rds,
      });
    if (config.alarms) {
      const alarms = new Alarms(this, 'Alarms', {
        ...config.alarms,
        names,
        imageTags,
        officeHours: config.officeHours !== undefined,
        webCpu: web.cpuUtilization,
        webMemory: web.memoryUtilization,
        loadBalancer: loadBalancer.metrics,
        database: database.metrics,
        userImport,
        jobs: [...(jobs?.jobs.values() ?? [])],
        restoreTest,
        scannedRegistries: isOn(config.imageRegistry.scanOnPush) ? repositories : [],
      });
      web.rollBackOn(alarms.ofRelease, imageTags);
    }
    if (config.budget) new Budget(this, 'Budget', config.budget);
    if (config.officeHours) {
      new OfficeHours(this, 'OfficeHours', {
        ...config.officeHours,
        names,
        database: database.instance,
        service: web.service,
        tasks: config.webService.tasks,
        workers,
        imageTags,
      });
    }
    addOutputs(this, {
      names,
      database,
      appRepository,
      batchRepository,
      bucket,
      loadBalancer,
      userImport,
      web,
      settingsSecret,
    });
  }

  /** The configured zones: with a concrete account the L2 `Vpc` would look them up, and a synth needs credentials. */
  public override get availabilityZones(): string[] {
    return this.configuredZones;
  }
}
