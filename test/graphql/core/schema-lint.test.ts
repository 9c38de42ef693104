import { resolve } from 'node:path';
import graphqlPlugin from '@graphql-eslint/eslint-plugin';
import { ESLint, type Linter } from 'eslint';
import { getNamedType, isEnumType, isInputObjectType, isInterfaceType, isObjectType } from 'graphql';
import { expect, test } from 'vitest';
import { schema } from '../../../src/graphql/schema.ts';

const { 'flat/schema-recommended': recommended, 'flat/schema-relay': relay } = graphqlPlugin.configs;

test("graphql-eslint's recommended and Relay rules find nothing", async () => {
  const eslint = new ESLint({
    overrideConfigFile: true,
    overrideConfig: [
      {
        files: ['**/*.graphql'],
        languageOptions: {
          parser: graphqlPlugin.parser,
          parserOptions: { graphQLConfig: { schema: resolve('schema.graphql') } },
        },
        plugins: { '@graphql-eslint': graphqlPlugin },
        rules: {
          ...recommended.rules,
          ...relay.rules,
          // Lists that are bounded by nature, such as the problems of a deck, are no connections; and a list may
          // be of things that have no identity of their own, such as events and bound numbers.
          '@graphql-eslint/relay-edge-types': [
            'error',
            {
              withEdgeSuffix: true,
              shouldImplementNode: false,
              listTypeCanWrapOnlyEdgeType: false,
            },
          ],
          // Reports are read from their beginning on: what comes first in them is what was asked for.
          '@graphql-eslint/relay-arguments': ['error', { includeBoth: false }],
          // What has an identity has an id. Values, payloads, errors and events have none.
          '@graphql-eslint/strict-id-in-types': [
            'error',
            {
              exceptions: {
                types: VALUES,
                suffixes: ['Payload', 'Error', 'Connection', 'Edge'],
              },
            },
          ],
        },
      } as unknown as Linter.Config,
    ],
  });
  const [result] = await eslint.lintFiles(['schema.graphql']);
  expect(result?.messages.map(({ line, ruleId, message }) => `${line} ${ruleId}: ${message}`)).toEqual([]);
});

const VALUES = [
  'AccessSurcharge',
  'ApiKeyUse',
  'CallActivity',
  'BatchCardStates',
  'BatchLife',
  'CardChangeOutcome',
  'ChangedCard',
  'DayLiability',
  'DayRecharges',
  'DayRevenue',
  'DayUsage',
  'DestinationRateChange',
  'ExpiringCard',
  'FailureSource',
  'RateBarChange',
  'CardFileColumn',
  'RateDeckColumn',
  'RateDifference',
  'RateImportPreview',
  'CallGrant',
  'CallRating',
  'CallReportOutcome',
  'CallTerms',
  'Plan',
  'TimeBand',
  'CallQuote',
  'CardBalanceChange',
  'CardBatchProgress',
  'CardImportProblem',
  'CardImportTally',
  'CardImportTotals',
  'CardImportProgress',
  'CardEvent',
  'CardLock',
  'CardLockChange',
  'CardRefusal',
  'CardStateChange',
  'CardVersion',
  'Discrepancy',
  'Download',
  'Event',
  'EventActor',
  'EventPage',
  'FailedAuthentication',
  'GuessAllowance',
  'GuessBudget',
  'LiveStats',
  'LiveTurnover',
  'LowBalance',
  'MaintenanceFee',
  'Money',
  'NumberBinding',
  'PageInfo',
  'PinFormatInUse',
  'RateDeckProblem',
  'RechargeMade',
  'RechargeRowOutcome',
  'RechargeRules',
  'RechargedCard',
  'ReportedCall',
  'ReplacementPolicy',
  'SecurityAlert',
  'SecurityAlertEvent',
  'SerialRange',
  'Verification',
  'Viewer',
];

test('everything in the schema says what it is', () => {
  const silent: string[] = [];
  let checked = 0;
  const check = (name: string, { description }: { description?: string | null | undefined }) => {
    checked += 1;
    if (!description?.trim()) silent.push(name);
  };
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__') || ['String', 'Int', 'Float', 'Boolean', 'ID'].includes(type.name))
      continue;
    check(type.name, type);
    if (isEnumType(type)) for (const value of type.getValues()) check(`${type.name}.${value.name}`, value);
    if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      check(`${type.name}.${field.name}`, field);
      if (!('args' in field)) continue;
      for (const arg of field.args)
        check(`${type.name}.${field.name}(${arg.name}: ${getNamedType(arg.type)})`, arg);
    }
  }
  expect(silent).toEqual([]);
  expect(checked).toBeGreaterThan(1_000);
});
