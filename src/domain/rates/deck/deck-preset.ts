/** What a column of a deck may be read as, with the head that it has unless the client says otherwise. */
export const DECK_HEADS = {
  prefix: 'prefix',
  countryCode: 'country_code',
  areaCodes: 'area_codes',
  destination: 'destination',
  ratePerMinute: 'rate_per_minute',
  connectionFee: 'connection_fee',
  initialIncrement: 'initial_increment',
  increment: 'increment',
  increments: 'increments',
  effectiveFrom: 'effective_from',
  effectiveTo: 'effective_to',
  status: 'status',
  barred: 'blocked',
  currency: 'currency',
} as const;

export type DeckColumn = keyof typeof DECK_HEADS;

/** Other column names for a carrier's own deck: `{ prefix: 'Code', ratePerMinute: 'Price' }`. */
export type DeckColumnMap = Partial<Record<DeckColumn, string>>;

export type DeckHeads = Partial<Record<DeckColumn, string | readonly string[]>>;

/** How a system exports its rates. */
export interface DeckPresetForm {
  readonly heads: Readonly<DeckHeads>;
  /** Heads of columns that say nothing of the price to the caller. */
  readonly ignored: readonly string[];
  /** Columns that say nothing as long as they have this value: `endtime` 10079 is the end of the week. */
  readonly neutral: Readonly<Record<string, RegExp>>;
  /** Whether a fee may be for each increment instead of each minute, so that the unit must be declared. */
  readonly hasOpenUnit: boolean;
}

/**
 * Columns that bear on price, validity or barring are found under all names that are usual, because to overlook one
 * would sell what is not for sale. The other columns have one name each: a deck that calls them otherwise says so.
 */
const CARDLINE_HEADS: DeckHeads = {
  ...DECK_HEADS,
  countryCode: ['country_code', 'countrycode'],
  areaCodes: ['area_codes', 'area_code', 'areacode', 'areacodes', 'city_codes', 'city_code'],
  increments: ['increments', 'billing_increment', 'billing_increments', 'billing_interval'],
  effectiveFrom: [
    'effective_from',
    'effective_date',
    'effective',
    'effectivedate',
    'valid_from',
    'start_date',
    'startdate',
  ],
  effectiveTo: [
    'effective_to',
    'effective_until',
    'effective_end',
    'valid_to',
    'valid_until',
    'valid_till',
    'end_date',
    'enddate',
    'stop_date',
    'stopdate',
    'expiry_date',
    'expiration_date',
    'expiry',
    'expires',
  ],
  status: [
    'status',
    'change',
    'changes',
    'change_type',
    'rate_change',
    'rate_changes',
    'code_change',
    'code_changes',
    'price_change',
    'price_changes',
    'action',
  ],
  barred: ['blocked', 'barred', 'locked', 'locktype', 'lock_type', 'suspended', 'disabled', 'closed'],
  currency: ['currency', 'currency_code'],
};

const ZERO = /^(?:|null|\\n|-?0+(?:\.0+)?)$/i;

/**
 * The known forms. A2Billing's columns are those of table cc_ratecard in its schema 1.4.0; VOS3000's those of table
 * e_feerate in a published schema of its database, and of FeeRate in its Web API. docs/moving-in.md has the queries that
 * export them.
 */
export const DECK_PRESETS = {
  CARDLINE: {
    heads: CARDLINE_HEADS,
    ignored: [],
    neutral: {},
    hasOpenUnit: false,
  },
  A2BILLING: {
    heads: {
      prefix: 'dialprefix',
      destination: 'destination',
      ratePerMinute: 'rateinitial',
      connectionFee: 'connectcharge',
      initialIncrement: 'initblock',
      increment: 'billingblock',
      effectiveFrom: 'startdate',
      effectiveTo: 'stopdate',
      currency: 'currency',
    },
    ignored: [
      'id',
      'idtariffplan',
      'buyrate',
      'buyrateinitblock',
      'buyrateincrement',
      'id_trunk',
      'musiconhold',
      'id_outbound_cidgroup',
      'tag',
      'is_merged',
    ],
    neutral: { endtime: /^(?:|10079)$/, announce_time_correction: /^(?:|1(?:\.0+)?)$/ },
    hasOpenUnit: false,
  },
  VOS3000: {
    heads: {
      prefix: ['feeprefix', 'prefix'],
      destination: ['areaname', 'destination'],
      ratePerMinute: 'fee',
      increments: 'period',
      barred: 'locktype',
      currency: 'currency',
    },
    ignored: ['id', 'feerategroup_id', 'feerategroup', 'type', 'areacode', 'ivrfee', 'ivrperiod', 'memo'],
    neutral: { tax: ZERO, sections: /^(?:|\[\]|null)$/i },
    hasOpenUnit: true,
  },
} as const satisfies Record<string, DeckPresetForm>;

export type DeckPreset = keyof typeof DECK_PRESETS;
