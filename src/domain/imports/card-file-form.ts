/** The columns of a file of cards, with their default names; a preset or the client may give others. */
export const CARD_FILE_HEADS = {
  serial: 'serial',
  pin: 'pin',
  password: 'password',
  balance: 'balance',
  currency: 'currency',
  state: 'state',
  enabled: 'enabled',
  locked: 'locked',
  lockReason: 'lock_reason',
  activatedAt: 'activated_at',
  firstUsedAt: 'first_used_at',
  expiresAt: 'expires_at',
  expiryMode: 'expiry_mode',
  expiryDays: 'expiry_days',
  createdAt: 'created_at',
  validityDays: 'validity_days',
  graceDays: 'grace_days',
  maxNumbers: 'max_numbers',
  maxCalls: 'max_calls',
  manyCalls: 'many_calls',
  boundNumbers: 'bound_numbers',
  numbersActive: 'bound_numbers_active',
  cardType: 'type',
  rateGroup: 'rate_group',
  partner: 'partner',
  usedAt: 'used_at',
} as const;

export type CardColumn = keyof typeof CARD_FILE_HEADS;

/** The columns that say which batch a card belongs to. One import makes one batch. */
export const SORTING_COLUMNS = ['cardType', 'rateGroup', 'partner'] as const;
export type SortingColumn = (typeof SORTING_COLUMNS)[number];

/** The values of those columns of the cards that an import takes: `{ rateGroup: 'Gold' }`. */
export type SortingValues = Partial<Record<SortingColumn, string>>;

/** Other column names: `{ serial: 'Number', firstUsedAt: 'First_use' }`. */
export type CardColumnMap = Partial<Record<CardColumn, string>>;

/** The states that a file can give a card. */
export type CardFileState = 'INACTIVE' | 'ACTIVE' | 'LOCKED' | 'DEACTIVATED' | 'EXPIRED';

/** How a system exports its cards. */
export interface CardFileForm {
  readonly heads: Readonly<CardColumnMap>;
  /** Heads of columns that say nothing that an import must know. */
  readonly ignored: readonly string[];
  /** Columns that say nothing as long as they have these values. */
  readonly neutral: Readonly<Record<string, RegExp>>;
  /** The values of the state column, in lower case, and what they mean here. */
  readonly states: Readonly<Record<string, CardFileState>>;
  /** The state of a card whose line has none; undefined: active if it was used or activated, else inactive. */
  readonly state?: CardFileState;
}

const OWN_STATES: CardFileForm['states'] = {
  inactive: 'INACTIVE',
  active: 'ACTIVE',
  locked: 'LOCKED',
  deactivated: 'DEACTIVATED',
  expired: 'EXPIRED',
  in_grace: 'ACTIVE',
};

const ZERO = /^(?:|null|\\n|[-+]?0+(?:[.,]0+)?)$/i;

/**
 * What else cc_card has: the person, the devices, the language, notices, and counters of the past. Credit, states and
 * terms are read, or must have the values that mean nothing.
 */
const A2BILLING_IGNORED =
  'useralias uipass lastname firstname address city state country zipcode phone email fax company_name company_website vat_rn id_didgroup id_group id_campaign id_seria serial id_timezone tag inuse currency lastuse nbused voipcall sip_buddy iax_buddy language redial nbservice num_trials_done servicelastrun initialbalance invoiceday loginkey lock_pin lock_date voicemail_permitted voicemail_activated last_notification email_notification notify_email credit_notification traffic traffic_target'.split(
    ' ',
  );

const VOS3000_IGNORED = ['id', 'account', 'name', 'createtime', 'customer_id'];

/**
 * The known forms. VOS3000's columns are from a published schema of its database (tables e_phonecard,
 * e_activephonecard, e_bindede164), and those of the account are named after its Web API. A2Billing's are from its own
 * schema 1.4.0 (table cc_card), with the states from its constants.php. docs/moving-in.md has the queries that export
 * them.
 */
export const CARD_FILE_FORMS = {
  CARDLINE: { heads: CARD_FILE_HEADS, ignored: [], neutral: {}, states: OWN_STATES },
  /** Cards in stock. The money of a used card is elsewhere: see VOS3000_ACTIVE. */
  VOS3000_STOCK: {
    heads: {
      serial: 'serialno',
      pin: 'pin',
      password: 'password',
      balance: 'money',
      currency: 'currency',
      locked: 'locktype',
      expiresAt: 'expiretime',
      validityDays: 'activeday',
      maxNumbers: 'bindlimit',
      rateGroup: 'feerategroup',
      partner: 'agent',
      usedAt: 'usedtime',
    },
    ignored: VOS3000_IGNORED,
    neutral: {},
    states: OWN_STATES,
    state: 'INACTIVE',
  },
  /** Cards in use, joined with the account that has their money and the numbers bound to them. */
  VOS3000_ACTIVE: {
    heads: {
      serial: 'serialno',
      pin: 'pin',
      password: 'password',
      balance: 'money',
      currency: 'currency',
      locked: 'locktype',
      activatedAt: 'activetime',
      firstUsedAt: 'firsttime',
      expiresAt: 'validtime',
      validityDays: 'activeday',
      maxNumbers: 'bindlimit',
      rateGroup: 'feerategroup',
      partner: 'agent',
      boundNumbers: 'e164s',
    },
    ignored: VOS3000_IGNORED,
    neutral: {},
    states: OWN_STATES,
    state: 'ACTIVE',
  },
  A2BILLING: {
    heads: {
      serial: 'id',
      pin: 'username',
      // In the system's base currency; its column `currency` is the one that balances are announced in.
      balance: 'credit',
      state: 'status',
      enabled: 'activated',
      locked: 'block',
      firstUsedAt: 'firstusedate',
      expiryMode: 'enableexpire',
      expiresAt: 'expirationdate',
      expiryDays: 'expiredays',
      createdAt: 'creationdate',
      maxCalls: 'max_concurrent',
      manyCalls: 'simultaccess',
      boundNumbers: 'callerids',
      numbersActive: 'activated',
      rateGroup: 'tariff',
    },
    ignored: A2BILLING_IGNORED,
    neutral: {
      typepaid: ZERO,
      creditlimit: ZERO,
      discount: ZERO,
      vat: ZERO,
      autorefill: ZERO,
      restriction: ZERO,
      runservice: ZERO,
      mac_lock: ZERO,
    },
    states: {
      '0': 'DEACTIVATED',
      '1': 'ACTIVE',
      '2': 'INACTIVE',
      '3': 'INACTIVE',
      '4': 'INACTIVE',
      '5': 'EXPIRED',
      '6': 'LOCKED',
      '7': 'LOCKED',
      '8': 'LOCKED',
    },
  },
} as const satisfies Record<string, CardFileForm>;

export type CardFilePreset = keyof typeof CARD_FILE_FORMS;

/**
 * A card that is expired when it comes in is closed at once, and what is on it is forfeited. REFUSE: it is a problem of
 * the file. LEAVE_OUT: it is not imported. FORFEIT: it is imported all the same.
 */
export type ExpiredCards = 'REFUSE' | 'LEAVE_OUT' | 'FORFEIT';

/** How to read a file. Plain data: it is stored with the import, and sent to a worker thread. */
export interface CardFileReading {
  readonly preset: CardFilePreset;
  readonly columns: CardColumnMap;
  /** Heads of columns that are not read although they may bear on price, validity, barring or limits. */
  readonly ignored: readonly string[];
  /** ISO 3166-1 alpha-2: the country whose numbering plan national numbers follow; null: only international forms. */
  readonly country: string | null;
  /** Whether numbers start with their country code without a plus. */
  readonly hasBareNumbers: boolean;
  /** Applies to times that have no offset, such as "+02:00". */
  readonly utcOffset: string;
  /** The currency of all balances, if it was said; it must be the batch's. */
  readonly balanceCurrency: string | null;
  /** Whether balances below zero are taken over as 0; otherwise they are problems. */
  readonly negativeAsZero: boolean;
  /** Which cards of a file of several kinds are taken; the others are left out. */
  readonly only: SortingValues;
  /** What becomes of cards whose validity and grace are over, and which would be closed at once. */
  readonly expired: ExpiredCards;
}
