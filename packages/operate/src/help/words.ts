import { messagesOf } from '@infra/commands/messages';
import { ja } from './ja';

/** Texts in the helps of the commands that people call, in English, by command. */
export const en = {
  prepare: {
    summary: 'Prepares the AWS account of the credentials for deploying.',
    details: `Makes the service-linked roles that a deploy needs, then
runs "cdk bootstrap" for each region that lib/config has in
this account. What is there already stays as it is.`,
    exitCodes: {
      0: 'prepared',
      1: 'something could not be made',
      2: 'no account to prepare',
    },
  },
  settings: {
    summary: 'Lists missing secret settings, or sets one.',
    details: `Their names are in lib/config. Values are never shown.
  settings dev
      what is set, and what is missing
  settings dev set SMTP_PASSWORD
      asks for its value, without echo, or reads a pipe`,
    exitCodes: {
      0: 'none is missing; it is set',
      1: 'some are missing',
      2: 'not known, or not set',
    },
    action: 'set: sets one',
    key: 'which one to set',
    noKey: 'error: which one? Give its name, never its value.',
  },
  release: {
    summary: 'Checks, migrates, deploys, and waits until it serves.',
    details:
      'It changes nothing but image tags: a change of the config goes by cdk deploy, before it. The summary goes to ' +
      'stdout, progress to stderr.',
    exitCodes: {
      0: 'it serves',
      1: 'it does not; says what serves instead',
      2: 'refused, and nothing was touched',
      3: 'begun, and the outcome is not known',
    },
    app: "tag of the web application's image",
    batch: "tag of the import's image",
    image: "tags of a team's further images, such as AdminImageTag=v3",
    migration: 'migrate, although the image was pushed before the running one',
    noMigration: 'do not migrate',
    json: 'the summary as JSON; a wrong call ends with code 2 and prints none',
  },
  restart: {
    summary: 'Restarts the version that runs, and waits until it serves.',
    details: `ECS replaces the web tasks: new ones read secrets anew and,
if the tag was pushed again, run the new image without its
migration. The summary goes to stdout, progress to stderr.`,
    worker: 'a worker of lib/config, in place of all tasks',
  },
  import: {
    summary: 'Imports the users of a CSV file, and waits for the end.',
    details: `Checks the file, uploads it under a key of its own, submits
the job, and shows its states and its log. Ctrl-C leaves the
job to itself, and says how to follow it on, or that none
has begun.`,
    exitCodes: {
      0: 'imported',
      1: 'not imported; its log says why',
      2: 'not begun, or no such job; says why',
      3: 'maybe begun, and its end is not known',
      130: 'Ctrl-C; a job that has begun goes on',
    },
    file: 'a CSV file (*.csv) in UTF-8; its first line names the columns',
    job: 'follow this job on, instead of beginning one',
    noFile: 'error: which file? Give one, or --job.',
  },
  run: {
    summary: 'Runs a configured job now, and waits for its end.',
    details: `Shows its states and its log, and ends with its exit code.
Ctrl-C leaves the job to itself, and says how to end it.`,
    exitCodes: {
      0: 'the job ended with 0',
      1: 'it failed; any other code is the job’s own',
      2: 'not begun; says why',
      3: 'maybe begun, and its end is not known',
      130: 'Ctrl-C; the job goes on',
    },
    job: 'a name of jobs in lib/config',
  },
  start: {
    summary: 'Starts an environment outside its office hours.',
  },
  stop: {
    summary: 'Stops an environment within its office hours.',
  },
  officeHours: {
    details: 'As its schedules do, in their order; waits until it is done.',
    exitCodes: {
      0: 'it runs and is healthy, or sleeps',
      1: 'not so in time, or somebody else does the opposite',
      2: 'refused; nothing was changed',
      3: 'begun, and the end is not known',
      130: 'Ctrl-C; says what goes on in AWS',
    },
  },
  logs: {
    summary: 'Shows the log of the web tasks, by the AWS CLI.',
    task: 'a job or worker of lib/config in place of the web tasks',
    import: "the log of the import's jobs",
    since: 'from when on, such as 5m or 2d',
    follow: 'show new lines until Ctrl-C',
    twoLogs: 'error: which log? Give a task, or --import.',
  },
  shell: {
    summary: 'Opens a shell in a running web task (ECS Exec).',
    details: `On the local AWS: here, with the folder, the variables and
the role of the task.`,
    worker: 'a worker of lib/config in place of the web task',
  },
  database: {
    summary: 'Opens psql on the database.',
    details: `On AWS, by a tunnel through a web task. While psql is open,
other programs reach the database at localhost:15432, too.`,
  },
  /** Exit codes of logs, shell and database, which start a program of this machine. */
  access: {
    exitCodes: {
      0: 'shown, or opened',
      1: 'the program failed; it says why',
      2: 'not started; says why',
      130: 'Ctrl-C',
    },
  },
  /** Option `--json`. */
  forPrograms: 'print it for a program',
};

/** Texts in the helps of the commands that people call, in the language of this process. */
export const words = messagesOf({ en, ja });
