/** The columns of a file of cards, with the heads they have unless a preset or the caller says otherwise. */
export const CARD_FILE_HEADS = {
  serial: 'serial',
  pin: 'pin',
  password: 'password',
  balance: 'balance',
  currency: 'currency',
  state: 'state',
  locked: 'locked',
  lockReason: 'lock_reason',
  activatedAt: 'activated_at',
  firstUsedAt: 'first_used_at',
  expiresAt: 'expires_at',
  expiryMode: 'expiry_mode',
  expiryDays: 'expiry_days',
  createdAt: 'created_at',
  boundNumbers: 'bound_numbers',
  usedAt: 'used_at',
} as const;

export type CardColumn = keyof typeof CARD_FILE_HEADS;

/** Other heads: `{ serial: 'Number', firstUsedAt: 'First_use' }`. */
export type CardColumnMap = Partial<Record<CardColumn, string>>;

/** What a file says that a card is. */
export type CardFileState = 'INACTIVE' | 'ACTIVE' | 'LOCKED' | 'DEACTIVATED' | 'EXPIRED';

/** How one system writes its cards down. */
export interface CardFileForm {
  readonly heads: Readonly<CardColumnMap>;
  /** What stands in the column of the state, in small letters, and what it means here. */
  readonly states: Readonly<Record<string, CardFileState>>;
  /** What a card is whose line says nothing of it; undefined: active once it was used or activated, else inactive. */
  readonly state?: CardFileState;
  /** Whether money was kept in floating point: a balance of 2.9999999999999996 is 3, to six decimals. */
  readonly hasFloatingMoney: boolean;
}

const WORDS: CardFileForm['states'] = {
  inactive: 'INACTIVE',
  active: 'ACTIVE',
  locked: 'LOCKED',
  deactivated: 'DEACTIVATED',
  expired: 'EXPIRED',
  in_grace: 'ACTIVE',
};

/**
 * The forms there are. The columns of VOS3000 are those of a published schema of its database (tables e_phonecard,
 * e_activephonecard, e_bindede164), those of the account named after its Web API; those of A2Billing are of its own schema 1.4.0 (table cc_card), with the
 * states of its constants.php. docs/moving-in.md has the queries that export them.
 */
export const CARD_FILE_FORMS = {
  CARDLINE: { heads: CARD_FILE_HEADS, states: WORDS, hasFloatingMoney: false },
  /** Cards in stock. One that has been used has its money elsewhere: see VOS3000_ACTIVE. */
  VOS3000_STOCK: {
    heads: {
      serial: 'serialno',
      pin: 'pin',
      password: 'password',
      balance: 'money',
      locked: 'locktype',
      expiresAt: 'expiretime',
      usedAt: 'usedtime',
    },
    states: WORDS,
    state: 'INACTIVE',
    hasFloatingMoney: true,
  },
  /** Cards in use, joined with the account that has their money and the numbers that stand for them. */
  VOS3000_ACTIVE: {
    heads: {
      serial: 'serialno',
      pin: 'pin',
      password: 'password',
      balance: 'money',
      locked: 'locktype',
      activatedAt: 'activetime',
      firstUsedAt: 'firsttime',
      expiresAt: 'validtime',
      boundNumbers: 'e164s',
    },
    states: WORDS,
    state: 'ACTIVE',
    hasFloatingMoney: true,
  },
  A2BILLING: {
    heads: {
      serial: 'id',
      pin: 'username',
      balance: 'credit',
      currency: 'currency',
      state: 'status',
      locked: 'block',
      firstUsedAt: 'firstusedate',
      expiryMode: 'enableexpire',
      expiresAt: 'expirationdate',
      expiryDays: 'expiredays',
      createdAt: 'creationdate',
      boundNumbers: 'callerids',
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
    hasFloatingMoney: false,
  },
} as const satisfies Record<string, CardFileForm>;

export type CardFilePreset = keyof typeof CARD_FILE_FORMS;

/** How a file is to be read. Plain data: it is kept with the import, and crosses to a worker thread. */
export interface CardFileReading {
  readonly preset: CardFilePreset;
  readonly columns: CardColumnMap;
  /** ISO 3166-1 alpha-2: in whose plan national numbers are read; null: only international forms. */
  readonly country: string | null;
  /** Whether numbers begin with their country code and have no plus. */
  readonly hasBareNumbers: boolean;
  /** Of times without an offset of their own, such as "+02:00". */
  readonly utcOffset: string;
}
