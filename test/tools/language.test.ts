import * as cost from '../../tools/cost/en';
import * as costInJapanese from '../../tools/cost/ja';
import * as deployed from '../../tools/deployed/en';
import * as deployedInJapanese from '../../tools/deployed/ja';
import * as health from '../../tools/operate/health/en';
import * as healthInJapanese from '../../tools/operate/health/ja';
import * as questions from '../../tools/operate/health/questions/en';
import * as questionsInJapanese from '../../tools/operate/health/questions/ja';
import * as help from '../../tools/operate/help/en';
import * as helpInJapanese from '../../tools/operate/help/ja';
import * as prepare from '../../tools/operate/prepare/en';
import * as prepareInJapanese from '../../tools/operate/prepare/ja';
import * as release from '../../tools/operate/release/en';
import * as releaseInJapanese from '../../tools/operate/release/ja';
import * as settings from '../../tools/operate/settings/en';
import * as settingsInJapanese from '../../tools/operate/settings/ja';
import * as containerQuestions from '../../tools/operate/health/questions/containers/en';
import * as containerQuestionsInJapanese from '../../tools/operate/health/questions/containers/ja';
import * as importQuestions from '../../tools/operate/health/questions/import/en';
import * as importQuestionsInJapanese from '../../tools/operate/health/questions/import/ja';
import * as webQuestions from '../../tools/operate/health/questions/web/en';
import * as webQuestionsInJapanese from '../../tools/operate/health/questions/web/ja';
import * as program from '../../tools/program/en';
import * as programInJapanese from '../../tools/program/ja';
import { haveSameSentences } from '../support/sentences';

describe('a sentence says the same in Japanese', () => {
  describe('tools/program', () => {
    haveSameSentences(program.en, programInJapanese.ja);
  });

  describe('tools/cost', () => {
    const notations = [
      'part',
      'usage',
      'columns.usd',
      'missingCost',
      'unpricedUsage',
      'renewal.failure',
      'database.storage',
      'database.performanceInsights.usage',
      'fargate.vcpus',
      'firewall.webAcl',
      'monitoring.containerInsights',
    ];
    haveSameSentences(cost.en, costInJapanese.ja, notations);
  });

  describe('tools/operate/health/questions/containers', () => {
    const notations = ['network.wayToDatabaseBlocked'];
    haveSameSentences(containerQuestions.en, containerQuestionsInJapanese.ja, notations);
  });

  describe('tools/operate/health/questions/import', () => {
    haveSameSentences(importQuestions.en, importQuestionsInJapanese.ja);
  });

  describe('tools/operate/health/questions/web', () => {
    const notations = ['wayToTasks.blocked', 'scans.together'];
    haveSameSentences(webQuestions.en, webQuestionsInJapanese.ja, notations);
  });

  describe('tools/deployed', () => {
    haveSameSentences(deployed.en, deployedInJapanese.ja, ['settings.reader']);
  });

  describe('tools/operate/help', () => {
    haveSameSentences(help.en, helpInJapanese.ja);
  });

  describe('tools/operate/health', () => {
    haveSameSentences(health.en, healthInJapanese.ja, ['list', 'counts']);
  });

  describe('tools/operate/health/questions', () => {
    const notations = ['databaseUrl.parts.sslMode', 'byHand.changed', 'scaling.changed'];
    haveSameSentences(questions.en, questionsInJapanese.ja, notations);
  });

  describe('tools/operate/prepare', () => {
    haveSameSentences(prepare.en, prepareInJapanese.ja);
  });

  describe('tools/operate/settings', () => {
    haveSameSentences(settings.en, settingsInJapanese.ja);
  });

  describe('tools/operate/release', () => {
    haveSameSentences(release.en, releaseInJapanese.ja, ['ecsSays', 'stoppedTask']);
  });
});
