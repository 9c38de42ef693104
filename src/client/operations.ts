/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** A surcharge on calls that come in through one access number. */
export type AccessSurchargeInput = {
  /** The access number. A national number is interpreted in the server's default country. */
  accessNumber: string;
  /** Added to the connection fee, with up to six decimals. */
  connectionFee?: string;
  /** Added to the price per minute, with up to eight decimals. */
  pricePerMinute?: string;
};

/** A manual balance correction. */
export type AdjustCardBalanceInput = {
  /** Positive adds to the balance, negative subtracts. It may have six decimals, as the charge of a call has. */
  amount: MoneyInput;
  /** The card to correct. */
  card: CardReference;
  /** A client-generated key, unique for each correction. Up to 255 characters. Compared as it is, with upper and lower case; it must not begin or end with a blank. */
  idempotencyKey: string;
  /** The reason, shown on the statement. Up to 500 characters. */
  reason: string;
};

/** The role of an API key, which decides what it may do. */
export type ApiKeyRole =
  /** The operator: full access. */
  | 'ADMINISTRATOR'
  /** Read-only access to everything. */
  | 'AUDITOR'
  /** A reseller: manages its own batches, cards, keys and wallet. */
  | 'PARTNER'
  /** The operator's help desk: can read everything except keys, lock and unlock cards, and bind numbers. */
  | 'SUPPORT'
  /** A softswitch or IVR: authenticates callers, binds numbers and redeems vouchers. */
  | 'SWITCH';

/** A part of the API to which a key can be restricted. */
export type ApiScope =
  /** API keys and other access control. */
  | 'ACCESS'
  /** Creation and export of batches. */
  | 'BATCHES'
  /** Authentication of callers, and calls. */
  | 'CALLS'
  /** States, locks, balances and bound numbers of cards. */
  | 'CARDS'
  /** Partners and their wallets. */
  | 'PARTNERS'
  /** Rate groups, their rates and call terms. */
  | 'RATES'
  /** Queries and subscriptions. */
  | 'READ'
  /** Recharges, their reversals, and vouchers. */
  | 'RECHARGES';

/** Filters audit entries. Omitted fields do not filter. */
export type AuditFilter = {
  /** Entries by this actor: a UUID as shown in the entries, or the global id of an API key. */
  actorId?: string | null | undefined;
  /** Entries from this IP address. */
  address?: string | null | undefined;
  /** Entries at or after this time. */
  from?: string | null | undefined;
  /** Entries about the object with this global id. */
  objectId?: string | null | undefined;
  /** Entries for this operation, such as `rechargeCard`. */
  operation?: string | null | undefined;
  /** Entries with this outcome: `OK` or an error code. */
  outcome?: string | null | undefined;
  /** Entries before this time. */
  to?: string | null | undefined;
};

/** The input for authenticateCard. */
export type AuthenticateCardInput = {
  /** The access number that the caller dialed. A national number is interpreted in `country`, or else in the server's default country. */
  accessNumber?: string | null | undefined;
  /** The caller's credential. */
  by: CardCredentials;
  /** The number that the caller calls from, as reported by your network. Wrong PINs are counted by this number, and a number from which a PIN was entered correctly before is still served when others are blocked. If omitted, or if no caller can have this number, it is treated as withheld. */
  callerNumber?: string | null | undefined;
  /** How the numbers that the network reports are written: those of callers, and access numbers. If omitted, as the API key says, or else AS_DIALED. */
  callerNumberForm?: PhoneNumberForm | null | undefined;
  /** ISO 3166-1 alpha-2 code of the country in which national numbers are interpreted and whose international prefixes apply. If omitted, that of the access number, or else the server's default. */
  country?: string | null | undefined;
  /** Whether the caller begins to use the card now, as when a card is activated by its PIN: this starts the validity. Otherwise the first call or the first voucher does; asking changes nothing. */
  use?: boolean;
};

/** The actual reason for a refused PIN, which is never disclosed to the caller. */
export type AuthenticationFailure =
  /** Not compared: the guess budget, or the requester's share of it, is used up. */
  | 'BREAKER_TRIPPED'
  /** The PIN is correct, but the card is closed or redeemed. */
  | 'CLOSED'
  /** The PIN is correct, but the card is out of service. */
  | 'DEACTIVATED'
  /** The PIN is correct, but the validity and grace period have ended. */
  | 'EXPIRED'
  /** The PIN is correct, but the card has never been activated. */
  | 'INACTIVE'
  /** The PIN is correct, but the validity has ended. */
  | 'IN_GRACE'
  /** The PIN is correct, but the card is locked. */
  | 'LOCKED'
  /** The PIN is correct, but it belongs to a voucher where a card is expected, or the reverse. */
  | 'NOT_FOR_THIS'
  /** Not compared: the same credential failed too often with this serial. */
  | 'SERIAL_BLOCKED'
  /** Not compared: the source failed too often, or with too many serials, and is in its delay. */
  | 'SOURCE_DELAYED'
  /** No card has the PIN. */
  | 'UNKNOWN_PIN'
  /** No card has the serial. */
  | 'UNKNOWN_SERIAL'
  /** The card with the serial has another PIN. */
  | 'WRONG_PIN';

/** The call to authorize. */
export type AuthorizeCallInput = {
  /** The access number that the caller dialed. A national number is interpreted in `country`, or else in the server's default country. */
  accessNumber?: string | null | undefined;
  /** Identifies the card that pays for the call. */
  by: CallCredentials;
  /** The number that the caller calls from, as reported by your network. Wrong PINs are counted by this number, and a number from which a PIN was entered correctly before is still served when others are blocked. If omitted, or if no caller can have this number, it is treated as withheld. */
  callerNumber?: string | null | undefined;
  /** How the numbers that the network reports are written: those of callers, and access numbers. If omitted, as the API key says, or else AS_DIALED. */
  callerNumberForm?: PhoneNumberForm | null | undefined;
  /** ISO 3166-1 alpha-2 code of the country in which national numbers are interpreted and whose international prefixes apply. If omitted, that of the access number, or else the server's default. */
  country?: string | null | undefined;
  /** How the dialed number is written. If omitted, as the API key says, or else AS_DIALED. */
  dialedNumberForm?: PhoneNumberForm | null | undefined;
  /** The dialed number, as dialed. A national number is interpreted in the country of the access number. */
  number: string;
  /** The requested duration in seconds, 1 to 86,400. If omitted, the rate group's slice. */
  requestedSeconds?: number | null | undefined;
  /** The switch's own id for the call, such as a SIP Call-ID. It must be unique among all your switches, permanently, also after a restart. Resending the same request finds the same call: the same grant while that call may run, 0 seconds once it has ended. Up to 255 characters, without blanks around it. */
  switchCallId: string;
};

/** Filters batches. Omitted fields do not filter. */
export type BatchReportFilter = {
  /** This batch only. */
  cardBatchId?: string | null | undefined;
  /** Only of this partner, excluding partners below it. */
  partnerId?: string | null | undefined;
};

/** The input for bindNumber. */
export type BindNumberInput = {
  /** The card to bind the number to. */
  card: CardReference;
  /** ISO 3166-1 alpha-2 code of the country in which a national number is interpreted. If omitted, the server's default. */
  country?: string | null | undefined;
  /** The number, in any common form. */
  number: string;
  /** How the numbers that the network reports are written: those of callers, and access numbers. If omitted, as the API key says, or else AS_DIALED. */
  numberForm?: PhoneNumberForm | null | undefined;
};

/** The kinds of call events. */
export type CallActivityType =
  /** The switch stopped reporting; settled at the last reported usage. */
  | 'CALL_ABANDONED'
  /** Authorized; a quota is held. */
  | 'CALL_AUTHORIZED'
  /** Never answered. */
  | 'CALL_CANCELLED'
  /** Ended and charged. */
  | 'CALL_COMPLETED'
  /** Extended. */
  | 'CALL_EXTENDED'
  /** Refused. */
  | 'CALL_REFUSED'
  /** An operator terminated the call. */
  | 'CALL_TERMINATING';

/** Identifies the card that pays for the call. Exactly one field must be set. */
export type CallCredentials =
  {   /** The caller's number, if it is bound to a card. */
  ani: string; pin?: never; serialAndPin?: never; token?: never; }
  |  { ani?: never;   /** The PIN alone. Spaces and dashes are ignored. */
  pin: string; serialAndPin?: never; token?: never; }
  |  { ani?: never; pin?: never;   /** The serial and the PIN. */
  serialAndPin: SerialAndPin; token?: never; }
  |  { ani?: never; pin?: never; serialAndPin?: never;   /** The token returned by authenticateCard. */
  token: string; };

/** Filters calls. Omitted fields do not filter. */
export type CallFilter = {
  /** Calls of this card. */
  cardId?: string | null | undefined;
  /** Calls whose destination contains this text, ignoring case. */
  destination?: string | null | undefined;
  /** Calls authorized at or after this time. */
  from?: string | null | undefined;
  /** Calls of this partner's cards. */
  partnerId?: string | null | undefined;
  /** Calls in this state. */
  state?: CallState | null | undefined;
  /** Calls authorized before this time. */
  to?: string | null | undefined;
};

/** Why a call was refused, and so which prompt to play to the caller. */
export type CallRefusalReason =
  /** The dialed number is an access number: the call would come back to the system. */
  | 'ACCESS_NUMBER_DIALED'
  /** The card is closed. */
  | 'CARD_CLOSED'
  /** The card has been taken out of service. */
  | 'CARD_DEACTIVATED'
  /** The card's validity and grace period have ended. */
  | 'CARD_EXPIRED'
  /** The card was never activated. */
  | 'CARD_INACTIVE'
  /** The card's validity has ended, but its balance is still kept. */
  | 'CARD_IN_GRACE'
  /** The card is locked. */
  | 'CARD_LOCKED'
  /** The rate group blocks the destination. */
  | 'DESTINATION_BLOCKED'
  /** The plan's minutes for the day or month are used up. */
  | 'FAIR_USE_REACHED'
  /** The balance does not cover the first increment. */
  | 'INSUFFICIENT_BALANCE'
  /** The rate group has no rate for the destination. */
  | 'NO_RATE'
  /** The card has reached its maximum number of concurrent calls. */
  | 'TOO_MANY_CALLS';

/** One report. Exactly one field must be set. */
export type CallReport =
  {   /** Cancels the call with this id, like cancelCall. */
  cancel: string; complete?: never; extend?: never; }
  |  { cancel?: never;   /** Ends and charges the call, like completeCall. */
  complete: CompleteCallInput; extend?: never; }
  |  { cancel?: never; complete?: never;   /** Reports usage and requests more time, like extendCall. */
  extend: ExtendCallInput; };

/** The state of a call. */
export type CallState =
  /** The switch stopped reporting: the last reported usage was charged. A late completeCall posts the difference. */
  | 'ABANDONED'
  /** In progress: a quota is granted and its cost is held. */
  | 'AUTHORIZED'
  /** Never answered: the hold was released and nothing was charged. */
  | 'CANCELLED'
  /** Ended and charged. */
  | 'COMPLETED'
  /** Refused; see `refusal`. */
  | 'REFUSED';

/** The state of a batch. */
export type CardBatchState =
  /** Cancelled while running. The cards created before that remain. */
  | 'CANCELLED'
  /** The cards could not be created; see `failure`. */
  | 'FAILED'
  /** The cards are being created. */
  | 'GENERATING'
  /** Accepted; no card has been created yet. */
  | 'PENDING'
  /** All cards have been created. */
  | 'READY';

/** The change made to the cards of a list. */
export type CardChange =
  /** Activate, like activateCards. */
  | 'ACTIVATE'
  /** Deactivate, like deactivateCards. */
  | 'DEACTIVATE'
  /** Lock, like lockCard. */
  | 'LOCK'
  /** Unlock, like unlockCard. */
  | 'UNLOCK';

/** One card in the list. */
export type CardChangeRow = {
  /** The card to change. */
  card: CardReference;
  /** A client-generated key, unique within the list: up to 100 characters. Compared as it is, with upper and lower case; it must not begin or end with a blank. */
  key: string;
};

/** The caller's credential. Exactly one field must be set. */
export type CardCredentials =
  {   /** The caller's number, if it is bound to a card. */
  ani: string; pin?: never; serialAndPin?: never; }
  |  { ani?: never;   /** The PIN alone. Spaces and dashes are ignored. */
  pin: string; serialAndPin?: never; }
  |  { ani?: never; pin?: never;   /** The serial and the PIN. */
  serialAndPin: SerialAndPin; };

/** The kinds of card events. */
export type CardEventType =
  /** A call whose switch stopped reporting was settled. */
  | 'CALL_ABANDONED'
  /** A call was authorized and its quota held. */
  | 'CALL_AUTHORIZED'
  /** A call was not answered; its hold was released. */
  | 'CALL_CANCELLED'
  /** A call ended and was charged. */
  | 'CALL_COMPLETED'
  /** A call was extended, and more money held. */
  | 'CALL_EXTENDED'
  /** A call was refused. */
  | 'CALL_REFUSED'
  /** An operator terminated a call. */
  | 'CALL_TERMINATING'
  /** Activated, alone or in bulk. */
  | 'CARDS_ACTIVATED'
  /** Taken out of service, alone or in bulk. */
  | 'CARDS_DEACTIVATED'
  /** Imported from another system, with its balance. */
  | 'CARDS_IMPORTED'
  /** The balance was corrected manually. */
  | 'CARD_BALANCE_ADJUSTED'
  /** Closed: the grace period ended and the balance was forfeited, or the voucher was redeemed. */
  | 'CARD_CLOSED'
  /** Authenticated for the first time, which started its validity. */
  | 'CARD_FIRST_USED'
  /** The validity ended. */
  | 'CARD_GRACE_STARTED'
  /** Locked. */
  | 'CARD_LOCKED'
  /** Recharged. */
  | 'CARD_RECHARGED'
  /** Reopened: it had been closed by mistake, and its balance returned. */
  | 'CARD_REOPENED'
  /** Replaced by another card, or became the replacement of another; or late money was forwarded to the replacement. */
  | 'CARD_REPLACED'
  /** Unlocked, manually or automatically. */
  | 'CARD_UNLOCKED'
  /** A fee was charged; see `reason`. */
  | 'FEE_CHARGED'
  /** The balance fell below the batch's threshold. */
  | 'LOW_BALANCE'
  /** A telephone number was bound to the card. */
  | 'NUMBER_BOUND'
  /** A telephone number was unbound from the card. */
  | 'NUMBER_UNBOUND'
  /** A recharge was reversed. */
  | 'RECHARGE_REVERSED'
  /** Received the value of a voucher. */
  | 'VOUCHER_REDEEMED';

/** Overrides for the preset's column headers. A header that is given must exist in the file. */
export type CardFileColumns = {
  /** Instead of `activated_at`. When the card was put into service. */
  activatedAt?: string | null | undefined;
  /** Instead of `balance`. The balance; for a card in stock, the amount that it receives at its first activation. */
  balance?: string | null | undefined;
  /** Instead of `bound_numbers`. Telephone numbers bound to the card, separated by semicolons. */
  boundNumbers?: string | null | undefined;
  /** Instead of `type`. The type of the card, by any name. All cards that one import takes must have the same. */
  cardType?: string | null | undefined;
  /** Instead of `created_at`. When the card was created, for expiry mode 3. */
  createdAt?: string | null | undefined;
  /** Instead of `currency`. If given, must be the currency of the batch. */
  currency?: string | null | undefined;
  /** Instead of `enabled`. 0 for an active card that is out of service: it is imported as deactivated. */
  enabled?: string | null | undefined;
  /** Instead of `expires_at`. The end of the validity; for an unused card, the last date of first use. */
  expiresAt?: string | null | undefined;
  /** Instead of `expiry_days`. The number of days for expiry modes 2 and 3. */
  expiryDays?: string | null | undefined;
  /** Instead of `expiry_mode`. A2Billing's expiry mode: 0 no end, 1 expires_at, 2 and 3 expiry_days from the first use and from creation. */
  expiryMode?: string | null | undefined;
  /** Instead of `first_used_at`. When the card was first used. */
  firstUsedAt?: string | null | undefined;
  /** Instead of `grace_days`. The days of grace, if they differ from those of the batch. */
  graceDays?: string | null | undefined;
  /** Instead of `lock_reason`. OPERATOR (the default), SUSPECTED_FRAUD or REPORTED_LOST. */
  lockReason?: string | null | undefined;
  /** Instead of `locked`. 1 for an active card that is locked. */
  locked?: string | null | undefined;
  /** Instead of `many_calls`. 0 for a card that may have one call at a time, whatever `max_calls` says; 1 if `max_calls` applies. */
  manyCalls?: string | null | undefined;
  /** Instead of `max_calls`. The maximum of concurrent calls, if it differs from that of the batch. */
  maxCalls?: string | null | undefined;
  /** Instead of `max_numbers`. The maximum of bound numbers, if it differs from that of the batch. */
  maxNumbers?: string | null | undefined;
  /** Instead of `bound_numbers_active`. For each of these numbers 1 or 0: a number that is out of use is not bound. */
  numbersActive?: string | null | undefined;
  /** Instead of `partner`. The seller of the card in the other system. All cards that one import takes must have the same. */
  partner?: string | null | undefined;
  /** Instead of `password`. The password entered after the number, if cards have a number and a password; the two together become the PIN. */
  password?: string | null | undefined;
  /** Instead of `pin`. The PIN that callers enter. */
  pin?: string | null | undefined;
  /** Instead of `rate_group`. The price list of the card in the other system. All cards that one import takes must have the same. */
  rateGroup?: string | null | undefined;
  /** Instead of `serial`. The serial. If the file has no such column, serials are generated. */
  serial?: string | null | undefined;
  /** Instead of `state`. inactive, active, locked, deactivated or expired; or the code used by the preset. */
  state?: string | null | undefined;
  /** Instead of `used_at`. For cards in stock: must be empty, 0 or NULL, because the balance of a used card is stored elsewhere. */
  usedAt?: string | null | undefined;
  /** Instead of `validity_days`. The days of validity from the first use, if they differ from those of the batch; 0 or -1 if the first use begins none. */
  validityDays?: string | null | undefined;
};

/** The system that wrote the file. docs/moving-in.md lists the columns of each and the query that exports them. */
export type CardFilePreset =
  /** Cards of A2Billing (cc_card), with the numbers of cc_callerid. */
  | 'A2BILLING'
  /** The native format: the headers described by CardFileColumns, with states as words. */
  | 'CARDLINE'
  /** Active cards of VOS3000 (e_activephonecard), joined with their accounts and numbers. */
  | 'VOS3000_ACTIVE'
  /** Unused cards of VOS3000 (e_phonecard). */
  | 'VOS3000_STOCK';

/** The cards of a file of several kinds that an import takes, by what the columns say. The others are left out. */
export type CardFileSelection = {
  /** The value of the column of the type. */
  cardType?: string | null | undefined;
  /** The value of the column of the seller. */
  partner?: string | null | undefined;
  /** The value of the column of the price list. */
  rateGroup?: string | null | undefined;
};

/** Filters cards. All given fields must match; omitted fields do not filter. */
export type CardFilter = {
  /** Cards of this batch. */
  batchId?: string | null | undefined;
  /** Cards with at most this balance, in units of their currency. */
  maxBalance?: string | null | undefined;
  /** Cards with at least this balance, in units of their currency. */
  minBalance?: string | null | undefined;
  /** Cards of this partner. */
  partnerId?: string | null | undefined;
  /** Cards whose serial starts with this text. Neither case nor blanks nor hyphens matter. */
  serialPrefix?: string | null | undefined;
  /** Cards that are currently in this state. */
  state?: CardState | null | undefined;
  /** Cards of this type. */
  type?: CardType | null | undefined;
  /** Cards whose validity ends at or after this time. */
  validUntilFrom?: string | null | undefined;
  /** Cards whose validity ends before this time. */
  validUntilTo?: string | null | undefined;
};

/** The state of an import. */
export type CardImportState =
  /** The file was only checked and has no problems. Nothing was imported. */
  | 'CHECKED'
  /** The file is being read and checked for conflicts with itself and with existing data. */
  | 'CHECKING'
  /** All cards have been imported. */
  | 'DONE'
  /** The import failed; see `failure`. Nothing was imported. */
  | 'FAILED'
  /** Accepted; processing has not started. */
  | 'PENDING'
  /** The file has problems, listed in `problems`. Nothing was imported. */
  | 'REFUSED'
  /** The file is valid; its cards are being written in one transaction. */
  | 'WRITING';

/** The sort order of cards. */
export type CardOrder =
  /** By serial, ascending. */
  | 'SERIAL_ASC'
  /** By serial, descending. */
  | 'SERIAL_DESC';

/** Identifies a card. Exactly one field must be set. */
export type CardReference =
  {   /** A telephone number bound to the card, with its country code. */
  boundNumber: string; id?: never; serial?: never; }
  |  { boundNumber?: never;   /** The global id of the object. */
  id: string; serial?: never; }
  |  { boundNumber?: never; id?: never;   /** The serial printed on the card. */
  serial: string; };

/** Selects the cards, at most 100,000 per request. Exactly one field must be set. */
export type CardSelection =
  {   /** All cards of a batch, which must be READY. */
  batchId: string; ids?: never; serials?: never; }
  |  { batchId?: never;   /** Cards by global id, at most 1,000. */
  ids: Array<string>; serials?: never; }
  |  { batchId?: never; ids?: never;   /** A range of serials. */
  serials: SerialRangeInput; };

/** The current state of a card, derived from its stored status, its lock and the time. */
export type CardState =
  /** In service. */
  | 'ACTIVE'
  /** Final: the balance was forfeited or, for a voucher, redeemed. */
  | 'CLOSED'
  /** Taken out of service. The only permitted operation is to activate it again. */
  | 'DEACTIVATED'
  /** The validity and grace period have ended; the card is about to be closed. No operation is permitted. */
  | 'EXPIRED'
  /** In stock, not activated: no balance. */
  | 'INACTIVE'
  /** The validity has ended: no calls, but the balance is kept until the grace period ends. */
  | 'IN_GRACE'
  /** Its caller is rejected; it can receive money but not spend it. Ends by unlockCard or automatically. */
  | 'LOCKED';

/** The card and the period. */
export type CardStatementFilter = {
  /** The card. */
  card: CardReference;
  /** The period. If omitted, today in UTC. */
  period?: ReportPeriodInput | null | undefined;
};

/** How a card can be spent and recharged. */
export type CardType =
  /** For a single use; cannot be recharged. */
  | 'DISPOSABLE'
  /** A balance that can be spent and recharged. */
  | 'RECHARGEABLE'
  /** A fixed value, spent until empty; cannot be recharged. */
  | 'STANDARD'
  /** Valid for a period rather than a value; can be recharged. */
  | 'UNLIMITED'
  /** A recharge voucher: the holder of its PIN can move its whole value to a card, once, with redeemVoucher. It cannot make calls, receive money or be bound to numbers. */
  | 'VOUCHER';

/** A list of cards whose state is to be changed in the same way. */
export type ChangeCardsInput = {
  /** The change to make. */
  change: CardChange;
  /** A client-generated key, unique for each list: up to 150 characters. Compared as it is, with upper and lower case; it must not begin or end with a blank. Resending the same list at any time returns the same results without a second effect, and processes the rows that were not processed before. Rows of the same card are processed in order. A different list under the same key is refused. */
  idempotencyKey: string;
  /** The reason of the lock. Required with LOCK and not allowed otherwise. */
  lockReason?: LockReason | null | undefined;
  /** A note for colleagues, up to 500 characters; only with LOCK and UNLOCK. */
  note?: string | null | undefined;
  /** 1 to 1000 rows. */
  rows: Array<CardChangeRow>;
  /** When the locks end automatically; only with LOCK. If omitted, they end only by UNLOCK. */
  unlockAt?: string | null | undefined;
};

/** The end of a call. */
export type CompleteCallInput = {
  /** When the call was answered: not before it was authorized, and not in the future. */
  answeredAt?: string | null | undefined;
  /** When it ended: not before it was answered, and not in the future. */
  endedAt?: string | null | undefined;
  /** The switch's hangup cause, such as NORMAL_CLEARING. */
  hangupCause?: string | null | undefined;
  /** The switch's own id for the call. */
  switchCallId: string;
  /** Total seconds since the answer, rounded up. 0 if the call was not answered. */
  totalSeconds: number;
};

/** The input for createApiKey. */
export type CreateApiKeyInput = {
  /** For SWITCH keys: how numbers of callers and access numbers are written, unless a request says otherwise. If omitted, AS_DIALED. */
  callerNumberForm?: PhoneNumberForm | null | undefined;
  /** For SWITCH keys: how dialed numbers are written, unless a request says otherwise. If omitted, AS_DIALED. */
  dialedNumberForm?: PhoneNumberForm | null | undefined;
  /** When the key expires. If omitted, never. */
  expiresAt?: string | null | undefined;
  /** What the key is for, up to 200 characters. */
  name: string;
  /** The networks that the key may be used from, as CIDR blocks such as 203.0.113.0/24, at most 32. If omitted, any network. */
  networks?: Array<string> | null | undefined;
  /** The partner that the key acts for. Required for PARTNER and not allowed for any other role. */
  partnerId?: string | null | undefined;
  /** The role of the key. */
  role: ApiKeyRole;
  /** The scopes that the key is restricted to. If omitted, only its role limits it. */
  scopes?: Array<ApiScope> | null | undefined;
  /** For SWITCH keys: the group of switches that share their calls and call ids, up to 64 letters, digits, points, dashes and underscores. If omitted, the key sees only its own calls. */
  switchGroup?: string | null | undefined;
};

/** The batch to create. Its terms cannot be changed later, except `name` and `lowBalanceThreshold`: see updateCardBatch. */
export type CreateCardBatchInput = {
  /** Charged for each answered call in addition to its rate, in the batch's currency. If omitted, nothing. */
  callSurcharge?: string | null | undefined;
  /** The amount that each card receives at its first activation. */
  faceValue: MoneyInput;
  /** The last date of first use; for vouchers, of redemption. If omitted, there is none. */
  firstUseBy?: string | null | undefined;
  /** The fee that a card pays at its first use, which must be greater than zero. If omitted, no fee. */
  firstUseFee?: MoneyInput | null | undefined;
  /** Days for which the balance is kept after the validity ends. */
  graceDays?: number;
  /** The language of the prompts (BCP 47). */
  language?: string;
  /** The balance, in the batch's currency, below which lowBalance notifies for a card. If omitted, no notification. */
  lowBalanceThreshold?: string | null | undefined;
  /** The fee that a card pays for each period after its first use. If omitted, no fee. */
  maintenanceFee?: MaintenanceFeeInput | null | undefined;
  /** The maximum number of telephone numbers bound to one card. */
  maxBoundNumbers?: number;
  /** The maximum number of concurrent calls per card. */
  maxConcurrentCalls?: number;
  /** The name, up to 200 characters. */
  name: string;
  /** The partner that sells the cards. */
  partnerId?: string | null | undefined;
  /** The format of the PINs. If omitted, 14 digits. */
  pinFormat?: PinFormatInput | null | undefined;
  /** The allowance of an UNLIMITED batch. */
  plan?: PlanInput | null | undefined;
  /** The number of cards, 1 to 10,000,000. */
  quantity: number;
  /** The rate group that prices the cards' calls. It must have the same currency. */
  rateGroupId: string;
  /** How the cards can be recharged. */
  recharge?: RechargeRulesInput | null | undefined;
  /** Whether and at what price lost cards can be replaced. If omitted, they can, free of charge. */
  replacement?: ReplacementPolicyInput | null | undefined;
  /** The prefix of the serials, up to 8 characters of A-Z, 0-9 and "-"; ten digits follow. */
  serialPrefix?: string;
  /** How the cards can be spent and recharged. */
  type: CardType;
  /** Validity from the first use, in days of 24 hours. If omitted, the validity never ends. */
  validityDays?: number | null | undefined;
};

/** The input for createPartner. */
export type CreatePartnerInput = {
  /** The currency of the wallet, which cannot be changed later. */
  currency: string;
  /** The name, unique among the partners with the same parent, up to 200 characters. */
  name: string;
  /** The parent partner. If omitted, a partner created by the operator has none, and one created by a partner is below that partner. */
  parentId?: string | null | undefined;
};

/** The input for createRateGroup. */
export type CreateRateGroupInput = {
  /** The currency of the rates, which cannot be changed later. */
  currency: string;
  /** The name, unique, up to 100 characters. */
  name: string;
};

/** The order of day, month and year in dates in numbers. */
export type DateOrder =
  /** 31/01/2026 */
  | 'DMY'
  /** 01/31/2026 */
  | 'MDY'
  /** 20260131 */
  | 'YMD';

/** What separates the decimals of the prices in a file. */
export type DecimalMark =
  /** 0,012 */
  | 'COMMA'
  /** 0.012 */
  | 'POINT';

/** The codes of all errors that a request can return as data. The meaning of a code never changes. */
export type ErrorCode =
  /** The recharge has already been reversed. */
  | 'ALREADY_REVERSED'
  /** The digits are a valid number in more than one way. */
  | 'AMBIGUOUS_PHONE_NUMBER'
  /** The API key has expired or was revoked. */
  | 'API_KEY_ENDED'
  /** The uniform response to every failed authentication, which does not reveal the reason. */
  | 'AUTHENTICATION_REFUSED'
  /** The resulting balance would exceed the maximum. */
  | 'BALANCE_TOO_LARGE'
  /** The batch finished before it could be cancelled. */
  | 'BATCH_ALREADY_FINISHED'
  /** The batch has cards or is referred to, and was not removed. */
  | 'BATCH_IN_USE'
  /** The partner is not allowed to recharge cards of this batch. */
  | 'BATCH_NOT_ALLOWED'
  /** The cards of the batch are still being created. */
  | 'BATCH_NOT_FINISHED'
  /** Money is held for calls in progress on the card. */
  | 'CALLS_IN_PROGRESS'
  /** The call already ended in a different way. */
  | 'CALL_ENDED'
  /** The switch already used this call id for another call. */
  | 'CALL_ID_REUSED'
  /** The call was refused. */
  | 'CALL_REFUSED'
  /** The card is already in service. */
  | 'CARD_ALREADY_ACTIVE'
  /** The card is already locked. */
  | 'CARD_ALREADY_LOCKED'
  /** The new card has been used, or already replaces another card. */
  | 'CARD_ALREADY_USED'
  /** The card has expired or is closed: its validity and grace period have ended, or it was a voucher and has been redeemed. */
  | 'CARD_CLOSED'
  /** The card has been taken out of service. */
  | 'CARD_DEACTIVATED'
  /** The card was never activated. */
  | 'CARD_INACTIVE'
  /** The card's validity has ended, or its last date of first use has passed, and a recharge does not change that. */
  | 'CARD_IN_GRACE'
  /** The card is a recharge voucher, and the operation is only for cards that make calls. */
  | 'CARD_IS_VOUCHER'
  /** The card is locked, and the operation requires it to be unlocked. */
  | 'CARD_LOCKED'
  /** The card is not closed. */
  | 'CARD_NOT_CLOSED'
  /** The card is not locked. */
  | 'CARD_NOT_LOCKED'
  /** Cards of this type cannot be recharged. */
  | 'CARD_NOT_RECHARGEABLE'
  /** The card was closed because its value was redeemed or used, not because its time had ended. */
  | 'CARD_NOT_REOPENABLE'
  /** The card has been replaced by another card, permanently. */
  | 'CARD_REPLACED'
  /** The wallet's debt is greater than the new credit limit. */
  | 'CREDIT_IN_USE'
  /** The currency of the amount differs from that of the card or wallet. */
  | 'CURRENCY_MISMATCH'
  /** The event log does not have the event of this cursor: it has not come as far, or has lost its latest events. */
  | 'CURSOR_AHEAD'
  /** The cursor is older than the retained events. */
  | 'CURSOR_EXPIRED'
  /** The recharges of the day would exceed the limit set by the operator. */
  | 'DAILY_LIMIT_REACHED'
  /** The new card is past its last date of first use. */
  | 'FIRST_USE_OVER'
  /** The key was already used with other arguments or for another operation. */
  | 'IDEMPOTENCY_KEY_REUSED'
  /** The card's available balance is less than the requested amount. */
  | 'INSUFFICIENT_BALANCE'
  /** The partner's wallet does not cover the amount. The request stays refused under the same key. */
  | 'INSUFFICIENT_FUNDS'
  /** The amount is not a plain decimal, is too large, or is zero or negative where that is not allowed. */
  | 'INVALID_AMOUNT'
  /** The cursor was not issued by the event log. */
  | 'INVALID_CURSOR'
  /** An argument is invalid regardless of the state of the data. */
  | 'INVALID_INPUT'
  /** The number is not valid in any numbering plan, or cannot stand for a caller. */
  | 'INVALID_PHONE_NUMBER'
  /** The name must be unique and is already taken. */
  | 'NAME_TAKEN'
  /** Nothing of the recharge is left on the card, because its oldest money is spent first. */
  | 'NOTHING_TO_REVERSE'
  /** The role permits this operation, but not on this object or with these values. */
  | 'NOT_ALLOWED'
  /** The id, serial or number does not refer to anything that you can see. */
  | 'NOT_FOUND'
  /** No prefix of the rate group matches the number, or none is in effect. */
  | 'NO_RATE_FOR_NUMBER'
  /** No new card was specified, and the batch has no INACTIVE card left. */
  | 'NO_SPARE_CARD'
  /** The number is already bound to a card. */
  | 'NUMBER_ALREADY_BOUND'
  /** The number is not bound to a card that you can see. */
  | 'NUMBER_NOT_BOUND'
  /** The server's queue is full. Nothing was done. */
  | 'OVERLOADED'
  /** The partner has been used and was not removed. */
  | 'PARTNER_IN_USE'
  /** The new card belongs to a different partner than the lost card. */
  | 'PARTNER_MISMATCH'
  /** The partner cannot be moved there. */
  | 'PARTNER_MISPLACED'
  /** PINs of this format could be guessed: the probability that a random guess hits a live card would be too high. */
  | 'PIN_FORMAT_TOO_DENSE'
  /** The maximum number of PINs has been requested in the last 24 hours. */
  | 'PIN_REVEALS_EXHAUSTED'
  /** Prefixes that are barred would be sold again because the deck leaves them out or deletes them. Nothing was imported. */
  | 'RATE_BARS_LIFTED'
  /** The deck has invalid rows. Nothing was imported. */
  | 'RATE_DECK_REFUSED'
  /** The rate group is in use and was not removed. */
  | 'RATE_GROUP_IN_USE'
  /** The partner is not allowed to have batches with this rate group. */
  | 'RATE_GROUP_NOT_ALLOWED'
  /** The prices are far from those of the rate group and may be in another unit. Nothing was imported. */
  | 'RATE_PRICES_UNLIKELY'
  /** The amount is outside the range allowed by the card's batch. */
  | 'RECHARGE_OUT_OF_RANGE'
  /** The recharge is too old to be reversed. */
  | 'RECHARGE_TOO_OLD'
  /** The terms of the card's batch do not allow replacement. */
  | 'REPLACEMENT_NOT_ALLOWED'
  /** The same deck was imported into the rate group before, and another one since. Nothing was imported. */
  | 'ROWS_SENT_BEFORE'
  /** The card has the maximum number of bound numbers that its batch allows. */
  | 'TOO_MANY_BINDINGS'
  /** Too many attempts with numbers that are bound to cards of others. The request was not processed. */
  | 'TOO_MANY_BINDING_ATTEMPTS'
  /** More cards than one request may contain. */
  | 'TOO_MANY_CARDS'
  /** Part of the upload, or the master key that encrypts it, is no longer available. */
  | 'UPLOAD_GONE'
  /** The upload has not been received completely. */
  | 'UPLOAD_NOT_RECEIVED'
  /** Too many uploads, or too many bytes, are waiting to be imported. */
  | 'UPLOAD_QUOTA_EXCEEDED'
  /** The upload was already imported under another key. */
  | 'UPLOAD_USED'
  /** The uniform response to every PIN that does not belong to a usable voucher. It does not reveal the reason. */
  | 'VOUCHER_REFUSED';

/** The kind of actor that caused an event. */
export type EventActorKind =
  /** An API key of the operator. */
  | 'OPERATOR'
  /** An API key of a partner. */
  | 'PARTNER'
  /** A person signed in through the identity provider. */
  | 'PERSON'
  /** An API key of a switch. */
  | 'SWITCH'
  /** The system itself: a background job or the PIN protection. */
  | 'SYSTEM';

/** Filters events. All given fields must match; omitted fields do not filter. */
export type EventFilter = {
  /** Events about this batch or its cards. */
  batchId?: string | null | undefined;
  /** Events about these cards, at most 1,000. */
  cardIds?: Array<string> | null | undefined;
  /** Events about this partner or its batches and cards. */
  partnerId?: string | null | undefined;
  /** Events of these types. If omitted, all that you can see. */
  types?: Array<EventType> | null | undefined;
};

/** The types of events. The meaning of a type never changes. */
export type EventType =
  /** An API key was created. */
  | 'API_KEY_CREATED'
  /** An API key was revoked. */
  | 'API_KEY_REVOKED'
  /** An API key was rotated. */
  | 'API_KEY_ROTATED'
  /** The settings of a batch were changed. */
  | 'BATCH_CHANGED'
  /** A batch was ordered. */
  | 'BATCH_CREATED'
  /** The print file of a batch, which contains PINs, was downloaded. */
  | 'BATCH_EXPORTED'
  /** A batch progressed or ended. */
  | 'BATCH_PROGRESS'
  /** A batch without cards was removed. */
  | 'BATCH_REMOVED'
  /** A call whose switch stopped reporting was settled. */
  | 'CALL_ABANDONED'
  /** A call was authorized and its quota held. */
  | 'CALL_AUTHORIZED'
  /** A call was not answered; its hold was released. */
  | 'CALL_CANCELLED'
  /** A call ended and was charged. */
  | 'CALL_COMPLETED'
  /** A call was extended, and more money held. */
  | 'CALL_EXTENDED'
  /** A call was refused. */
  | 'CALL_REFUSED'
  /** An operator terminated a call. */
  | 'CALL_TERMINATING'
  /** The call terms of a rate group were changed. */
  | 'CALL_TERMS_CHANGED'
  /** Activated, alone or in bulk. */
  | 'CARDS_ACTIVATED'
  /** Taken out of service, alone or in bulk. */
  | 'CARDS_DEACTIVATED'
  /** Imported from another system, with its balance. */
  | 'CARDS_IMPORTED'
  /** The balance was corrected manually. */
  | 'CARD_BALANCE_ADJUSTED'
  /** Closed: the grace period ended and the balance was forfeited, or the voucher was redeemed. */
  | 'CARD_CLOSED'
  /** Authenticated for the first time, which started its validity. */
  | 'CARD_FIRST_USED'
  /** The validity ended. */
  | 'CARD_GRACE_STARTED'
  /** A card import progressed or ended. */
  | 'CARD_IMPORT_PROGRESS'
  /** Locked. */
  | 'CARD_LOCKED'
  /** Recharged. */
  | 'CARD_RECHARGED'
  /** Reopened: it had been closed by mistake, and its balance returned. */
  | 'CARD_REOPENED'
  /** Replaced by another card, or became the replacement of another; or late money was forwarded to the replacement. */
  | 'CARD_REPLACED'
  /** Unlocked, manually or automatically. */
  | 'CARD_UNLOCKED'
  /** A fee was charged; see `reason`. */
  | 'FEE_CHARGED'
  /** The balance fell below the batch's threshold. */
  | 'LOW_BALANCE'
  /** A telephone number was bound to the card. */
  | 'NUMBER_BOUND'
  /** A telephone number was unbound from the card. */
  | 'NUMBER_UNBOUND'
  /** The name, limits or terms of a partner were changed. */
  | 'PARTNER_CHANGED'
  /** A partner was created. */
  | 'PARTNER_CREATED'
  /** A partner was moved. */
  | 'PARTNER_MOVED'
  /** Money was taken out of a partner's wallet. */
  | 'PARTNER_PAID'
  /** A partner that was never used was removed. */
  | 'PARTNER_REMOVED'
  /** A partner was resumed. */
  | 'PARTNER_RESUMED'
  /** A partner was suspended. */
  | 'PARTNER_SUSPENDED'
  /** Money was added to a partner's wallet. */
  | 'PARTNER_TOPPED_UP'
  /** PINs were refused; at most one event per second, with a count. */
  | 'PINS_FAILED'
  /** A rate deck was imported. */
  | 'RATES_IMPORTED'
  /** The price of one prefix was set, or it was withdrawn. */
  | 'RATE_CHANGED'
  /** A rate group was removed with its rates. */
  | 'RATE_GROUP_REMOVED'
  /** A rate group was renamed. */
  | 'RATE_GROUP_RENAMED'
  /** A recharge was reversed. */
  | 'RECHARGE_REVERSED'
  /** A security alert was raised. */
  | 'SECURITY_ALERT'
  /** Received the value of a voucher. */
  | 'VOUCHER_REDEEMED';

/** What becomes of cards that are expired when they come in: they would be closed at once and what is on them forfeited. */
export type ExpiredCards =
  /** They are imported, closed, and what is on them is forfeited. */
  | 'FORFEIT'
  /** They are not imported, and are counted in `totals.leftOut`. */
  | 'LEAVE_OUT'
  /** Each is a problem of the file. */
  | 'REFUSE';

/** The number of days and the partner. */
export type ExpiringCardsFilter = {
  /** Only of this partner, excluding partners below it. If omitted, everything that you can see. */
  partnerId?: string | null | undefined;
  /** Days of 24 hours from now, 1 to 366. */
  withinDays?: number;
};

/** The report and its arguments. Exactly one field must be set. */
export type ExportReportInput =
  {   /** The life of each batch's cards. */
  batchLife: BatchReportFilter; cardStatement?: never; cardStates?: never; expiringCards?: never; failedAuthentications?: never; liability?: never; recharges?: never; revenue?: never; usage?: never; walletStatement?: never; }
  |  { batchLife?: never;   /** The statement of a card. */
  cardStatement: CardStatementFilter; cardStates?: never; expiringCards?: never; failedAuthentications?: never; liability?: never; recharges?: never; revenue?: never; usage?: never; walletStatement?: never; }
  |  { batchLife?: never; cardStatement?: never;   /** Cards by state and batch. */
  cardStates: BatchReportFilter; expiringCards?: never; failedAuthentications?: never; liability?: never; recharges?: never; revenue?: never; usage?: never; walletStatement?: never; }
  |  { batchLife?: never; cardStatement?: never; cardStates?: never;   /** Cards that expire soon. */
  expiringCards: ExpiringCardsFilter; failedAuthentications?: never; liability?: never; recharges?: never; revenue?: never; usage?: never; walletStatement?: never; }
  |  { batchLife?: never; cardStatement?: never; cardStates?: never; expiringCards?: never;   /** Failed authentications by source. */
  failedAuthentications: FailureReportFilter; liability?: never; recharges?: never; revenue?: never; usage?: never; walletStatement?: never; }
  |  { batchLife?: never; cardStatement?: never; cardStates?: never; expiringCards?: never; failedAuthentications?: never;   /** The liability for card balances, by day. */
  liability: PeriodReportFilter; recharges?: never; revenue?: never; usage?: never; walletStatement?: never; }
  |  { batchLife?: never; cardStatement?: never; cardStates?: never; expiringCards?: never; failedAuthentications?: never; liability?: never;   /** Recharges by day and partner. */
  recharges: PartnerReportFilter; revenue?: never; usage?: never; walletStatement?: never; }
  |  { batchLife?: never; cardStatement?: never; cardStates?: never; expiringCards?: never; failedAuthentications?: never; liability?: never; recharges?: never;   /** Revenue by day. */
  revenue: PeriodReportFilter; usage?: never; walletStatement?: never; }
  |  { batchLife?: never; cardStatement?: never; cardStates?: never; expiringCards?: never; failedAuthentications?: never; liability?: never; recharges?: never; revenue?: never;   /** Calls by day, destination, rate group and partner. */
  usage: PartnerReportFilter; walletStatement?: never; }
  |  { batchLife?: never; cardStatement?: never; cardStates?: never; expiringCards?: never; failedAuthentications?: never; liability?: never; recharges?: never; revenue?: never; usage?: never;   /** The statement of a wallet. */
  walletStatement: WalletStatementFilter; };

/** A usage report with a request for more time. */
export type ExtendCallInput = {
  /** The request number within the call, starting at 1 for the first extension. Resending it returns the same grant, or fewer seconds if the call has ended or must end. */
  requestNumber: number;
  /** The additional duration requested, in seconds. If omitted, the rate group's slice. */
  requestedSeconds?: number | null | undefined;
  /** The switch's own id for the call. */
  switchCallId: string;
  /** Total seconds used since the call was answered; 0 while it is ringing. */
  usedSeconds: number;
};

/** Filters refused PINs. Omitted fields do not filter. */
export type FailedAuthenticationFilter = {
  /** Through this access number. */
  accessNumber?: string | null | undefined;
  /** Requested from this address, in the form that the list returns. */
  address?: string | null | undefined;
  /** From this calling number, such as +390655501234. */
  callerNumber?: string | null | undefined;
  /** Calls of this card. */
  cardId?: string | null | undefined;
  /** Requested by this key or person, in the form that the list returns. */
  credential?: string | null | undefined;
  /** Entries at or after this time. */
  from?: string | null | undefined;
  /** Refused for this reason. */
  reason?: AuthenticationFailure | null | undefined;
  /** Entries before this time. */
  to?: string | null | undefined;
};

/** The grouping and the period. */
export type FailureReportFilter = {
  /** How failures are grouped into sources. */
  by?: GuessSourceKind;
  /** The period. If omitted, today in UTC. */
  period?: ReportPeriodInput | null | undefined;
};

/** What limits a grant. After SLICE, the switch requests more time; after any other limit, the call ends. */
export type GrantLimit =
  /** The balance is used up. */
  | 'BALANCE'
  /** The maximum charge of a call. */
  | 'CALL_CHARGE'
  /** The maximum duration of a call. */
  | 'CALL_SECONDS'
  /** The card was locked or taken out of service during the call. */
  | 'CARD_STATE'
  /** The call has already ended. */
  | 'ENDED'
  /** The plan's minutes for the day or month are used up. */
  | 'FAIR_USE'
  /** The end of a slice; request more with extendCall. */
  | 'SLICE'
  /** An operator terminated the call. */
  | 'TERMINATED'
  /** The card's validity ends. */
  | 'VALIDITY';

/** The kinds of source by which failures are counted. */
export type GuessSourceKind =
  /** The access number that the caller dialed. */
  | 'ACCESS_NUMBER'
  /** The IP address of the request; for IPv6, its network. */
  | 'ADDRESS'
  /** The number that the caller called from. */
  | 'CALLER_NUMBER'
  /** The API key, or the person at the identity provider, that made the request. */
  | 'CREDENTIAL';

/** The input for importCards. */
export type ImportCardsInput = {
  /** Whether to accept PINs that a random guess hits with a probability of one in a million or more. The whole system then allows fewer wrong PINs: see guessBudget. */
  acceptDensePins?: boolean;
  /** Whether numbers start with their country code but have no plus sign: 3906…. */
  bareNumbers?: boolean;
  /** The batch to create. */
  batch: ImportedBatchInput;
  /** Overrides for the preset's column headers. */
  columns?: CardFileColumns | null | undefined;
  /** ISO 3166-1 alpha-2 code of the country in which national numbers are interpreted. If omitted, the server's default, if it has one. */
  country?: string | null | undefined;
  /** The currency of the balances, such as A2Billing's base currency. It must be the batch's: amounts are never converted. */
  currency?: string | null | undefined;
  /** Whether only to check the file and to count what it brings in (`CardImport.totals`). The upload is kept for the import itself, which needs a key of its own. */
  dryRun?: boolean;
  /** What becomes of cards that are expired when they come in. */
  expired?: ExpiredCards;
  /** A client-generated key, unique for each import. Resending it returns the same import without a second effect. Up to 255 characters. Compared as it is, with upper and lower case; it must not begin or end with a blank. */
  idempotencyKey: string;
  /** Headers of columns not to be read although they may bear on price, validity, barring or limits. Without them a file whose column of this kind says something is refused (UNREAD_COLUMN). */
  ignoredColumns?: Array<string> | null | undefined;
  /** Whether balances below zero are taken over as zero; `CardImport.notes` lists them. Otherwise they are problems. */
  negativeAsZero?: boolean;
  /** The cards to take, from a file of several types, price lists or sellers. */
  only?: CardFileSelection | null | undefined;
  /** The system that wrote the file. */
  preset?: CardFilePreset;
  /** The upload that received the file. */
  uploadId: string;
  /** The UTC offset of times that have none, such as "+02:00". */
  utcOffset?: string;
};

/** The input for importRates. */
export type ImportRatesInput = {
  /** Whether to import prices that are far from those of the rate group. */
  acceptPrices?: boolean;
  /** Whether a deck without a key is to be imported although it was imported before. */
  again?: boolean;
  /** Column headers other than the default ones. */
  columns?: RateDeckColumns | null | undefined;
  /** If omitted, dates in numbers must begin with their year. */
  dateOrder?: DateOrder | null | undefined;
  /** If omitted, as the deck shows, and refused when it leaves that open. */
  decimalMark?: DecimalMark | null | undefined;
  /** The effective date of rows that have none. If omitted, now. */
  effectiveFrom?: string | null | undefined;
  /** The line of the header. If omitted, the first that has the columns. */
  headLine?: number | null | undefined;
  /** A client-generated key, unique for each import. If omitted, the deck stands for it: its rates, the rate group, effectiveFrom and replace. Up to 255 characters. */
  idempotencyKey?: string | null | undefined;
  /** Headers of columns to ignore although they may bear on price, validity or barring. Without them such a deck is refused. */
  ignoredColumns?: Array<string> | null | undefined;
  /** The increments of a deck without such columns, such as "30/6". */
  increments?: string | null | undefined;
  /** Whether barred prefixes that the deck leaves out or deletes are to be sold again, at the price of a shorter prefix. */
  liftBars?: boolean;
  /** The system that exported the deck. */
  preset?: RateDeckPreset;
  /** What prices are for. If omitted, a minute. */
  priceUnit?: RatePriceUnit | null | undefined;
  /** The rate group to import into. */
  rateGroupId: string;
  /** Whether prefixes missing from the deck are withdrawn as of the effective date. */
  replace?: boolean;
  /** The sheet of a workbook. If omitted, the one that has the columns, and refused when another may bear on it. */
  sheet?: string | null | undefined;
  /** The upload that received it. */
  uploadId: string;
};

/** The batch for the imported cards. Its terms cannot be changed later. */
export type ImportedBatchInput = {
  /** Charged for each answered call in addition to its rate, in the batch's currency. If omitted, nothing. */
  callSurcharge?: string | null | undefined;
  /** The amount that each card receives at its first activation. */
  faceValue: MoneyInput;
  /** The last date of first use; for vouchers, of redemption. If omitted, there is none. */
  firstUseBy?: string | null | undefined;
  /** The fee that a card pays at its first use, which must be greater than zero. If omitted, no fee. */
  firstUseFee?: MoneyInput | null | undefined;
  /** Days for which the balance is kept after the validity ends. */
  graceDays?: number;
  /** The language of the prompts (BCP 47). */
  language?: string;
  /** The balance, in the batch's currency, below which lowBalance notifies for a card. If omitted, no notification. */
  lowBalanceThreshold?: string | null | undefined;
  /** The fee that a card pays for each period after its first use. If omitted, no fee. */
  maintenanceFee?: MaintenanceFeeInput | null | undefined;
  /** The maximum number of telephone numbers bound to one card. */
  maxBoundNumbers?: number;
  /** The maximum number of concurrent calls per card. */
  maxConcurrentCalls?: number;
  /** The name, up to 200 characters. */
  name: string;
  /** The partner that sells the cards. */
  partnerId?: string | null | undefined;
  /** The allowance of an UNLIMITED batch. */
  plan?: PlanInput | null | undefined;
  /** The rate group that prices the cards' calls. It must have the same currency. */
  rateGroupId: string;
  /** How the cards can be recharged. */
  recharge?: RechargeRulesInput | null | undefined;
  /** Whether and at what price lost cards can be replaced. If omitted, they can, free of charge. */
  replacement?: ReplacementPolicyInput | null | undefined;
  /** A prefix for each serial of the file, up to 8 characters of A-Z, 0-9 and "-". If the file has no serials, ten digits follow the prefix. */
  serialPrefix?: string;
  /** How the cards can be spent and recharged. */
  type: CardType;
  /** Validity from the first use, in days of 24 hours. If omitted, the validity never ends. */
  validityDays?: number | null | undefined;
};

/** A lock. */
export type LockCardInput = {
  /** The card to lock. */
  card: CardReference;
  /** A note for colleagues, up to 500 characters. */
  note?: string | null | undefined;
  /** The reason. FAILED_ATTEMPTS can be set only by the system. */
  reason: LockReason;
  /** When the lock ends automatically. If omitted, only unlockCard ends it. */
  unlockAt?: string | null | undefined;
};

/** Why a card is locked. */
export type LockReason =
  /** Too many wrong PINs with its serial. Set only by the system. It blocks callers who enter the PIN, but not those identified otherwise: by a bound number, by a token, or by a number from which the PIN was entered correctly before. */
  | 'FAILED_ATTEMPTS'
  /** By an operator, for another reason. */
  | 'OPERATOR'
  /** Reported lost by its holder. */
  | 'REPORTED_LOST'
  /** By the fraud desk. */
  | 'SUSPECTED_FRAUD';

/** A fee that a card pays at the end of each period after its first use, while it is ACTIVE. */
export type MaintenanceFeeInput = {
  /** The fee in the batch's currency, which must be greater than zero. */
  amount: MoneyInput;
  /** The length of a period in days of 24 hours, 1 to 36,500. */
  everyDays: number;
};

/** An amount of money. Amounts are never converted: the currency must match that of the card or wallet. */
export type MoneyInput = {
  /** Units of the currency, with at most six decimals. An amount that is paid has at most those of its currency (ISO 4217): 10.50 EUR, 10 JPY. */
  amount: string;
  /** The currency of the amount. */
  currency: string;
};

/** The input for moveNumber. */
export type MoveNumberInput = {
  /** The card to bind the number to. */
  card: CardReference;
  /** ISO 3166-1 alpha-2 code of the country in which a national number is interpreted. If omitted, the server's default. */
  country?: string | null | undefined;
  /** The number, in any common form. */
  number: string;
  /** How the numbers that the network reports are written: those of callers, and access numbers. If omitted, as the API key says, or else AS_DIALED. */
  numberForm?: PhoneNumberForm | null | undefined;
};

/** The period and the partner. */
export type PartnerReportFilter = {
  /** Only of this partner, excluding partners below it. If omitted, everything that you can see. */
  partnerId?: string | null | undefined;
  /** The period. If omitted, today in UTC. */
  period?: ReportPeriodInput | null | undefined;
};

/** The period. */
export type PeriodReportFilter = {
  /** The period. If omitted, today in UTC. */
  period?: ReportPeriodInput | null | undefined;
};

/** How telephone numbers are written. */
export type PhoneNumberForm =
  /** As people dial and write them: with a plus, with an international prefix of the country, or as a national number. */
  | 'AS_DIALED'
  /** With their country code, with or without a plus, as SIP peers send them. A number that begins with 0 is read as dialed. */
  | 'E164'
  /** As dialed in the country. Only a plus or an international prefix makes a number an international one. */
  | 'NATIONAL';

/** The format of PINs: prefix, random characters, check digit, suffix. A format is refused if a random guess would hit a live card with a probability of one in a million or more. */
export type PinFormatInput = {
  /** The alphabet of the random characters: 2 to 36 distinct characters of 0-9 and A-Z. */
  alphabet?: string;
  /** Whether a Luhn check character follows the random characters, to catch typing errors. */
  checkDigit?: boolean;
  /** The total length, 6 to 32 characters. */
  length?: number;
  /** The prefix of every PIN. */
  prefix?: string;
  /** The suffix of every PIN. */
  suffix?: string;
};

/** The operation for which a PIN was entered. */
export type PinOperation =
  /** `authenticateCard`. */
  | 'AUTHENTICATE_CARD'
  /** `authorizeCall`. */
  | 'AUTHORIZE_CALL'
  /** `redeemVoucher`. */
  | 'REDEEM_VOUCHER';

/** The allowance of an UNLIMITED batch: calls to the destinations of its rate group are free within these limits. */
export type PlanInput = {
  /** Total seconds of calls per day. If omitted, no limit. */
  fairUseDaySeconds?: number | null | undefined;
  /** Total seconds of calls per month. If omitted, no limit. */
  fairUseMonthSeconds?: number | null | undefined;
  /** The maximum duration of one call, in seconds. If omitted, the rate group's limit applies. */
  maxCallSeconds?: number | null | undefined;
  /** The rate group that prices calls beyond fair use or to other destinations, charged to the balance. If omitted, such calls are refused. */
  overflowRateGroupId?: string | null | undefined;
};

/** Column headers for a deck that does not use the default ones. */
export type RateDeckColumns = {
  /** The header that replaces `area_codes`. */
  areaCodes?: string | null | undefined;
  /** The header that replaces `blocked`. */
  barred?: string | null | undefined;
  /** The header that replaces `connection_fee`. */
  connectionFee?: string | null | undefined;
  /** The header that replaces `country_code`. */
  countryCode?: string | null | undefined;
  /** The header that replaces `currency`. */
  currency?: string | null | undefined;
  /** The header that replaces `destination`. */
  destination?: string | null | undefined;
  /** The header that replaces `effective_from`. */
  effectiveFrom?: string | null | undefined;
  /** The header that replaces `effective_to`. */
  effectiveTo?: string | null | undefined;
  /** The header that replaces `increment`. */
  increment?: string | null | undefined;
  /** The header that replaces `increments`. */
  increments?: string | null | undefined;
  /** The header that replaces `initial_increment`. */
  initialIncrement?: string | null | undefined;
  /** The header that replaces `prefix`. */
  prefix?: string | null | undefined;
  /** The header that replaces `rate_per_minute`. */
  ratePerMinute?: string | null | undefined;
  /** The header that replaces `status`. */
  status?: string | null | undefined;
};

/** The system that exported a deck. */
export type RateDeckPreset =
  /** A2Billing's table cc_ratecard. */
  | 'A2BILLING'
  /** Cardline's own columns. */
  | 'CARDLINE'
  /** VOS3000's table e_feerate. */
  | 'VOS3000';

/** Filters rates. Omitted fields do not filter. */
export type RateFilter = {
  /** Rates whose destination contains this text, ignoring case. */
  destination?: string | null | undefined;
  /** The rates that price calls at that instant: for each prefix the latest, if it is offered then. */
  inEffectAt?: string | null | undefined;
  /** Rates whose prefix starts with these digits; +39, 0039 and 39 are equivalent. */
  prefix?: string | null | undefined;
};

/** What the prices of a deck are for. */
export type RatePriceUnit =
  /** A minute, in hundredths of the currency. Connection fees too. */
  | 'CENTS_PER_MINUTE'
  /** Each increment, in units of the currency. */
  | 'INCREMENT'
  /** A minute, in units of the currency. */
  | 'MINUTE';

/** A recharge. */
export type RechargeCardInput = {
  /** The amount, in the card's currency. */
  amount: MoneyInput;
  /** The card to recharge. */
  card: CardReference;
  /** A client-generated key, unique for each recharge. Resending it at any time returns the same result without a second effect. Up to 255 characters. Compared as it is, with upper and lower case; it must not begin or end with a blank. */
  idempotencyKey: string;
};

/** A list of recharges. */
export type RechargeCardsInput = {
  /** A client-generated key, unique for each list: up to 150 characters. Compared as it is, with upper and lower case; it must not begin or end with a blank. Resending the same list at any time returns the same results without a second effect, and processes the rows that were not processed before. Rows of the same card are processed in order. A different list under the same key is refused. */
  idempotencyKey: string;
  /** 1 to 1000 rows. */
  rows: Array<RechargeRow>;
};

/** Filters recharges. Omitted fields do not filter. */
export type RechargeFilter = {
  /** Recharges of this card. */
  cardId?: string | null | undefined;
  /** Recharges posted at or after this time. */
  from?: string | null | undefined;
  /** Recharges paid from this partner's wallet. */
  partnerId?: string | null | undefined;
  /** Recharges posted before this time. */
  to?: string | null | undefined;
};

/** One recharge in the list. */
export type RechargeRow = {
  /** The amount, in the card's currency. */
  amount: MoneyInput;
  /** The card to recharge. */
  card: CardReference;
  /** A client-generated key, unique within the list: up to 100 characters. Compared as it is, with upper and lower case; it must not begin or end with a blank. */
  key: string;
};

/** How the cards of a batch can be recharged. */
export type RechargeRulesInput = {
  /** Days that a recharge adds to the validity, counted from now or from the current end, whichever is later. */
  extendsValidityDays?: number | null | undefined;
  /** The largest amount of one recharge, in the batch's currency. */
  max?: string | null | undefined;
  /** The smallest amount of one recharge, in the batch's currency. */
  min?: string | null | undefined;
};

/** The voucher to redeem. */
export type RedeemVoucherInput = {
  /** The access number that the caller dialed. A national number is interpreted in `country`, or else in the server's default country. */
  accessNumber?: string | null | undefined;
  /** The number that the caller calls from, as reported by your network. Wrong PINs are counted by this number, and a number from which a PIN was entered correctly before is still served when others are blocked. If omitted, or if no caller can have this number, it is treated as withheld. */
  callerNumber?: string | null | undefined;
  /** How the numbers that the network reports are written: those of callers, and access numbers. If omitted, as the API key says, or else AS_DIALED. */
  callerNumberForm?: PhoneNumberForm | null | undefined;
  /** The card that receives the value. */
  card: CardReference;
  /** ISO 3166-1 alpha-2 code of the country in which national numbers are interpreted and whose international prefixes apply. If omitted, that of the access number, or else the server's default. */
  country?: string | null | undefined;
  /** A client-generated key, unique for each attempt. Resending it with the same PIN returns the same result without a second effect. Up to 255 characters. Compared as it is, with upper and lower case; it must not begin or end with a blank. */
  idempotencyKey: string;
  /** The PIN of the voucher. Spaces and dashes are ignored. */
  voucherPin: string;
};

/** The card to reopen. */
export type ReopenCardInput = {
  /** The closed card. */
  card: CardReference;
  /** A client-generated key, unique for each reopening. Up to 255 characters. Compared as it is, with upper and lower case; it must not begin or end with a blank. */
  idempotencyKey: string;
  /** The reason, shown on the statement. Up to 500 characters. */
  reason: string;
  /** The new end of its validity, followed by the batch's grace. If omitted, the end that it had, which must not be over. */
  validUntil?: string | null | undefined;
};

/** The input for replaceCard. */
export type ReplaceCardInput = {
  /** The lost card. */
  card: CardReference;
  /** A client-generated key, unique for each replacement. Up to 255 characters. Compared as it is, with upper and lower case; it must not begin or end with a blank. */
  idempotencyKey: string;
  /** The new card: never used, INACTIVE or ACTIVE, with the same currency and partner. If omitted, any INACTIVE card of the same batch. */
  newCard?: CardReference | null | undefined;
  /** The reason, shown on the statements. Up to 500 characters. */
  reason: string;
};

/** Whether and at what price lost cards can be replaced. */
export type ReplacementPolicyInput = {
  /** Whether replaceCard is allowed. */
  allowed?: boolean;
  /** The fee charged to the lost card, in the batch's currency, which must be greater than zero. If omitted, no fee. */
  fee?: MoneyInput | null | undefined;
};

/** A period of whole days in a time zone, at most 400. Omitted fields default to today in that time zone. */
export type ReportPeriodInput = {
  /** The first day. */
  from?: string | null | undefined;
  /** An IANA time zone name such as "Europe/Rome", which defines where days start and end. */
  timeZone?: string;
  /** The last day, inclusive. */
  to?: string | null | undefined;
};

/** The card and the reason. */
export type RevealPinInput = {
  /** The card. */
  card: CardReference;
  /** Why the PIN must be shown. Up to 500 characters, with no run of six or more digits. */
  reason: string;
};

/** The recharge to reverse. */
export type ReverseRechargeInput = {
  /** The maximum amount to reverse. If omitted, the whole recharge. */
  amount?: MoneyInput | null | undefined;
  /** A client-generated key, unique for each reversal. Up to 255 characters. Compared as it is, with upper and lower case; it must not begin or end with a blank. */
  idempotencyKey: string;
  /** The reason, shown on the statement. Up to 500 characters. */
  reason: string;
  /** The global id of the recharge's Transfer. */
  rechargeId: string;
};

/** The role of the viewer. */
export type Role =
  /** The operator. */
  | 'ADMINISTRATOR'
  /** Read-only access to everything. */
  | 'AUDITOR'
  /** A caller, in the session that authenticateCard opened. */
  | 'CARDHOLDER'
  /** A reseller. */
  | 'PARTNER'
  /** The operator's help desk. */
  | 'SUPPORT'
  /** A softswitch or IVR. */
  | 'SWITCH';

/** Filters alerts. Omitted fields do not filter. */
export type SecurityAlertFilter = {
  /** Entries at or after this time. */
  from?: string | null | undefined;
  /** Alerts of these kinds. */
  kinds?: Array<SecurityAlertKind> | null | undefined;
  /** Entries before this time. */
  to?: string | null | undefined;
};

/** The kinds of security alert. */
export type SecurityAlertKind =
  /** A switch asked for a call with the id of another call, as a gateway does whose ids start again after a restart. */
  | 'CALL_ID_REUSED'
  /** Wrong PINs with a card's serial locked the card. */
  | 'CARD_LOCKED_BY_FAILURES'
  /** The database's clock jumped. Expiry, fees, retention and other work that can't be undone wait until it is confirmed. */
  | 'CLOCK_JUMPED'
  /** Many wrong PINs from one source, or wrong PINs that lock many cards; a guess budget, or one source's share of it, is used up; or too many attempts with numbers that are bound to cards of others. */
  | 'GUESSING'
  /** A key was used from a new network. */
  | 'NEW_NETWORK'
  /** An administrator requested or saw a card's PIN, or requested more than the limit. */
  | 'PIN_REVEAL'
  /** A partner replaced more cards in a day than expected. */
  | 'TOO_MANY_REPLACEMENTS'
  /** A partner recharges many times its usual amount. */
  | 'UNUSUAL_RECHARGES';

/** A serial and the PIN of that card. */
export type SerialAndPin = {
  /** The PIN. Spaces and dashes are ignored. */
  pin: string;
  /** The serial. */
  serial: string;
};

/** A range of serials, inclusive at both ends. Neither case nor blanks nor hyphens distinguish serials: without them both must have the same length. */
export type SerialRangeInput = {
  /** The first serial. */
  from: string;
  /** The last serial. */
  to: string;
};

/** Changes to the call terms of a rate group. Omitted fields stay unchanged; amounts are in the group's currency. */
export type SetCallTermsInput = {
  /** Prefixes that cannot be called, at most 1,000. */
  blockedPrefixes?: Array<string> | null | undefined;
  /** Seconds at the start of a call that are not billed, 0 to 3,600. */
  freeSeconds?: number | null | undefined;
  /** The maximum charge of a call. Null if there is no limit. */
  maxCharge?: string | null | undefined;
  /** The maximum duration of a call in seconds. Null if one day. */
  maxSeconds?: number | null | undefined;
  /** The minimum charge of an answered call. */
  minimumCharge?: string | null | undefined;
  /** The rate group. */
  rateGroupId: string;
  /** Seconds granted at a time, 10 to 86,400; initially 300. */
  sliceSeconds?: number | null | undefined;
  /** Surcharges by access number, at most 1,000. */
  surcharges?: Array<AccessSurchargeInput> | null | undefined;
  /** Time bands, at most 1,000; the first match applies. */
  timeBands?: Array<TimeBandInput> | null | undefined;
  /** An IANA time zone name such as "Europe/Rome". */
  timeZone?: string | null | undefined;
};

/** The price of one prefix. Omitted terms stay as they were; a prefix that is not offered then needs its price. */
export type SetRateInput = {
  /** The connection fee. If new and omitted, none. */
  connectionFee?: string | null | undefined;
  /** The country or region and the operator. */
  destination?: string | null | undefined;
  /** When it takes effect. If omitted, now. */
  effectiveFrom?: string | null | undefined;
  /** When it ends; then the prefix is barred until another rate begins. Null: never. If omitted, as it was. */
  effectiveTo?: string | null | undefined;
  /** The increment in seconds. If new and omitted, 60. */
  increment?: number | null | undefined;
  /** The initial increment in seconds. If new and omitted, 60. */
  initialIncrement?: number | null | undefined;
  /** The prefix; +39, 0039 and 39 are equivalent. */
  prefix: string;
  /** The price, with up to eight decimals. */
  pricePerMinute?: string | null | undefined;
  /** The rate group. */
  rateGroupId: string;
};

/** Hours on certain weekdays in which calls have a different price. Split a band that crosses midnight into two. */
export type TimeBandInput = {
  /** The start in minutes after local midnight, inclusive. */
  fromMinute: number;
  /** The name, up to 50 characters. */
  name: string;
  /** Percentage of the rate, 0 to 1000; 100 is the rate itself. */
  percent: number;
  /** The end in minutes after local midnight, exclusive; at most 1440. */
  toMinute: number;
  /** ISO weekdays: 1 is Monday, 7 is Sunday. */
  weekdays: Array<number>;
};

/** The input for topUpPartner. */
export type TopUpPartnerInput = {
  /** The amount, in the wallet's currency. */
  amount: MoneyInput;
  /** A client-generated key, unique for each transfer. Resending it returns the same result without a second effect. Compared as it is, with upper and lower case; it must not begin or end with a blank. */
  idempotencyKey: string;
  /** The partner. */
  partnerId: string;
  /** The reason, such as a bank reference or an invoice. Up to 500 characters. */
  reason?: string | null | undefined;
};

/** The purpose of a transfer. */
export type TransferKind =
  /** A manual correction, in either direction. */
  | 'ADJUSTMENT'
  /** The charge of a call. */
  | 'CALL'
  /** A refund after the late report of an abandoned call. */
  | 'CALL_REFUND'
  /** The batch's surcharge on an answered call. */
  | 'CALL_SURCHARGE'
  /** The operator's share of a partner's recharge, credited to its wallet immediately before the recharge. */
  | 'DISCOUNT'
  /** The operator's share of a reversed recharge. */
  | 'DISCOUNT_REVERSAL'
  /** The batch's fee for the first use, up to the card's balance. */
  | 'FIRST_USE_FEE'
  /** The balance that was left on a card at the end of its grace period: breakage. */
  | 'FORFEITURE'
  /** The forfeited balance, returned to a card that was closed by mistake. */
  | 'FORFEITURE_REVERSAL'
  /** The face value, credited to a card at its first activation. */
  | 'ISSUE'
  /** The batch's fee for one period after the first use, up to the card's balance. */
  | 'MAINTENANCE_FEE'
  /** The balance of a card when it was imported from another system. */
  | 'OPENING'
  /** Money put on a card, from a wallet or against cash. */
  | 'RECHARGE'
  /** The balance moved from a lost card to its replacement; one transfer on each statement. */
  | 'REPLACEMENT'
  /** The batch's fee for replacing a card, up to the card's balance. */
  | 'REPLACEMENT_FEE'
  /** A reversed recharge, returned to its source. */
  | 'REVERSAL'
  /** Money put into a partner's wallet. */
  | 'TOP_UP'
  /** The whole value of a voucher, moved to a card in one step. */
  | 'VOUCHER'
  /** Money moved from one partner's wallet to another's; one transfer on each statement. */
  | 'WALLET_TRANSFER'
  /** Money paid out of a partner's wallet. */
  | 'WITHDRAWAL';

/** The input for unbindNumber. */
export type UnbindNumberInput = {
  /** The card that the number is bound to. */
  card: CardReference;
  /** ISO 3166-1 alpha-2 code of the country in which a national number is interpreted. If omitted, the server's default. */
  country?: string | null | undefined;
  /** The number, in any common form. */
  number: string;
  /** How the numbers that the network reports are written: those of callers, and access numbers. If omitted, as the API key says, or else AS_DIALED. */
  numberForm?: PhoneNumberForm | null | undefined;
};

/** The unlock. */
export type UnlockCardInput = {
  /** The card to unlock. */
  card: CardReference;
  /** A note for colleagues, up to 500 characters. */
  note?: string | null | undefined;
};

/** Changes to a batch. Omitted fields stay unchanged; null removes a value. */
export type UpdateCardBatchInput = {
  /** The batch. */
  id: string;
  /** The balance, in the batch's currency, below which lowBalance notifies for a card. Takes effect for cards that fall below it from now on. Null turns the notification off. */
  lowBalanceThreshold?: string | null | undefined;
  /** The name. */
  name?: string | null | undefined;
};

/** Changes to a partner. Omitted fields stay unchanged; null removes a limit. */
export type UpdatePartnerInput = {
  /** The batches whose cards the partner may recharge, at most 1,000. */
  allowedBatchIds?: Array<string> | null | undefined;
  /** The rate groups that the partner's batches may have, at most 1,000. */
  allowedRateGroupIds?: Array<string> | null | undefined;
  /** The credit limit: how far below zero the wallet may go, in units of its currency. Null if it may not. */
  creditLimit?: string | null | undefined;
  /** The daily limit (UTC) for the partner's recharges of each card. */
  dailyCardLimit?: string | null | undefined;
  /** The daily limit (UTC) for the sum of the partner's recharges and its top-ups of partners below it, in units of its currency. */
  dailyLimit?: string | null | undefined;
  /** The discount: the share of each of the partner's recharges that the operator pays, in percent with at most two decimals. A recharge of 10.00 at 5 percent puts 10.00 on the card and takes 9.50 from the wallet; the discount is rounded down to the micro-unit. */
  discountPercent?: string | null | undefined;
  /** The partner. */
  id: string;
  /** The name, unique below one parent, up to 200 characters. */
  name?: string | null | undefined;
};

/** Changes to a rate group. */
export type UpdateRateGroupInput = {
  /** The new name, unique, up to 100 characters. */
  name: string;
  /** The rate group. */
  rateGroupId: string;
};

/** The wallet and the period. */
export type WalletStatementFilter = {
  /** The partner that owns the wallet. */
  partnerId: string;
  /** The period. If omitted, today in UTC. */
  period?: ReportPeriodInput | null | undefined;
};

/** The input for withdrawFromPartner. */
export type WithdrawFromPartnerInput = {
  /** The amount, in the wallet's currency. */
  amount: MoneyInput;
  /** A client-generated key, unique for each transfer. Resending it returns the same result without a second effect. Compared as it is, with upper and lower case; it must not begin or end with a blank. */
  idempotencyKey: string;
  /** The partner. */
  partnerId: string;
  /** The reason, such as a bank reference or an invoice. Up to 500 characters. */
  reason?: string | null | undefined;
};

/** The prefix that is not to be offered any more. */
export type WithdrawRateInput = {
  /** Whether its numbers are barred: otherwise a shorter prefix applies to them. */
  barred?: boolean;
  /** As of when. If omitted, now. */
  effectiveFrom?: string | null | undefined;
  /** The prefix; +39, 0039 and 39 are equivalent. */
  prefix: string;
  /** The rate group. */
  rateGroupId: string;
};

export type ApiKeysQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type ApiKeysQuery = { apiKeys: { edges: Array<{ cursor: string, node: { id: string, name: string, role: ApiKeyRole, prefix: string, scopes: Array<ApiScope> | null, networks: Array<string> | null, expiresAt: string | null, revokedAt: string | null, lastUse: { at: string, address: string } | null, partner: { id: string } | null } }>, pageInfo: { startCursor: string | null, endCursor: string | null, hasNextPage: boolean, hasPreviousPage: boolean } } };

export type OwnCardQueryVariables = Exact<{ [key: string]: never; }>;


export type OwnCardQuery = { viewer: { name: string, role: Role, card: { id: string, serial: string, state: CardState, balance: { amount: string, currency: string }, statement: { edges: Array<{ node: { id: string, kind: TransferKind, cardBalanceAfter: { amount: string, currency: string } | null } }> }, calls: { edges: Array<{ node: { id: string, state: CallState } }> } } | null } };

export type RotateApiKeyMutationVariables = Exact<{
  id: string;
  overlapSeconds?: number;
}>;


export type RotateApiKeyMutation = { result:
    | { __typename: 'ApiKeyEndedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'NotAllowedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'RotateApiKeyPayload', secret: string, apiKey: { id: string, name: string, role: ApiKeyRole, prefix: string, scopes: Array<ApiScope> | null, networks: Array<string> | null, expiresAt: string | null, revokedAt: string | null, lastUse: { at: string, address: string } | null, partner: { id: string } | null } }
   };

export type RevokeApiKeyMutationVariables = Exact<{
  id: string;
}>;


export type RevokeApiKeyMutation = { result:
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'RevokeApiKeyPayload', apiKey: { id: string, name: string, role: ApiKeyRole, prefix: string, scopes: Array<ApiScope> | null, networks: Array<string> | null, expiresAt: string | null, revokedAt: string | null, lastUse: { at: string, address: string } | null, partner: { id: string } | null } }
   };

export type ApiKeyFieldsFragment = { id: string, name: string, role: ApiKeyRole, prefix: string, scopes: Array<ApiScope> | null, networks: Array<string> | null, expiresAt: string | null, revokedAt: string | null, lastUse: { at: string, address: string } | null, partner: { id: string } | null };

export type AuditLogQueryVariables = Exact<{
  filter?: AuditFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type AuditLogQuery = { auditLog: { edges: Array<{ cursor: string, node: { id: string, at: string, actorId: string | null, role: Role | null, keyPrefix: string | null, operation: string, address: string | null, requestId: string | null, objectType: string | null, objectId: string | null, outcome: string } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type ExportAuditLogMutationVariables = Exact<{
  filter?: AuditFilter | null | undefined;
}>;


export type ExportAuditLogMutation = { result:
    | { __typename: 'ExportAuditLogPayload', download: { url: string, expiresAt: string } }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string }
   };

export type EraseNumberMutationVariables = Exact<{
  number: string;
  country?: string | null | undefined;
}>;


export type EraseNumberMutation = { result:
    | { __typename: 'AmbiguousPhoneNumberError', code: ErrorCode, message: string }
    | { __typename: 'EraseNumberPayload', mask: string, unbound: boolean, calls: number, events: number, answers: number }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string }
    | { __typename: 'InvalidPhoneNumberError', code: ErrorCode, message: string }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string }
    | { __typename: 'NumberNotBoundError', code: ErrorCode, message: string }
    | { __typename: 'OverloadedError', code: ErrorCode, message: string }
   };

export type CardBatchQueryVariables = Exact<{
  id: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}>;


export type CardBatchQuery = { node:
    | { failure: string | null, startedAt: string | null, finishedAt: string | null, id: string, name: string, type: CardType, state: CardBatchState, quantity: number, made: number, language: string, serialPrefix: string, cards: { edges: Array<{ cursor: string, node: { id: string, serial: string, state: CardState } }>, pageInfo: { startCursor: string | null, endCursor: string | null, hasNextPage: boolean, hasPreviousPage: boolean } }, faceValue: { amount: string, currency: string }, firstUseFee: { amount: string, currency: string } | null, maintenanceFee: { everyDays: number, amount: { amount: string, currency: string } } | null, replacement: { allowed: boolean, fee: { amount: string, currency: string } | null }, partner: { id: string } | null }
    | Record<PropertyKey, never>
   | null };

export type CardBatchesQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type CardBatchesQuery = { cardBatches: { edges: Array<{ cursor: string, node: { id: string, name: string, type: CardType, state: CardBatchState, quantity: number, made: number, language: string, serialPrefix: string, faceValue: { amount: string, currency: string }, firstUseFee: { amount: string, currency: string } | null, maintenanceFee: { everyDays: number, amount: { amount: string, currency: string } } | null, replacement: { allowed: boolean, fee: { amount: string, currency: string } | null }, partner: { id: string } | null } }>, pageInfo: { startCursor: string | null, endCursor: string | null, hasNextPage: boolean, hasPreviousPage: boolean } } };

export type CreateCardBatchMutationVariables = Exact<{
  input: CreateCardBatchInput;
}>;


export type CreateCardBatchMutation = { result:
    | { __typename: 'CreateCardBatchPayload', cardBatch: { id: string, name: string, type: CardType, state: CardBatchState, quantity: number, made: number, language: string, serialPrefix: string, faceValue: { amount: string, currency: string }, firstUseFee: { amount: string, currency: string } | null, maintenanceFee: { everyDays: number, amount: { amount: string, currency: string } } | null, replacement: { allowed: boolean, fee: { amount: string, currency: string } | null }, partner: { id: string } | null } }
    | { __typename: 'CurrencyMismatchError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'InvalidAmountError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'InvalidInputError', field: string, code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'PinFormatTooDenseError', issued: string, possible: string, lengthNeeded: number, code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'RateGroupNotAllowedError', code: ErrorCode, message: string, retryable: boolean }
   };

export type CancelCardBatchMutationVariables = Exact<{
  id: string;
}>;


export type CancelCardBatchMutation = { result:
    | { __typename: 'BatchAlreadyFinishedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'CancelCardBatchPayload', cardBatch: { id: string, name: string, type: CardType, state: CardBatchState, quantity: number, made: number, language: string, serialPrefix: string, faceValue: { amount: string, currency: string }, firstUseFee: { amount: string, currency: string } | null, maintenanceFee: { everyDays: number, amount: { amount: string, currency: string } } | null, replacement: { allowed: boolean, fee: { amount: string, currency: string } | null }, partner: { id: string } | null } }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, retryable: boolean }
   };

export type RemoveCardBatchMutationVariables = Exact<{
  id: string;
}>;


export type RemoveCardBatchMutation = { result:
    | { __typename: 'BatchInUseError', cards: number, imports: number, partners: number, code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'RemoveCardBatchPayload', name: string }
   };

export type ExportCardBatchMutationVariables = Exact<{
  id: string;
  reason?: string | null | undefined;
}>;


export type ExportCardBatchMutation = { result:
    | { __typename: 'BatchNotFinishedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'ExportCardBatchPayload', download: { url: string, expiresAt: string } | null, request: { id: string, reason: string, requestedBy: string, expiresAt: string, approvedBy: string | null, revealedAt: string | null, card: { serial: string } | null, batch: { id: string } | null } | null }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'PinRevealsExhaustedError', code: ErrorCode, message: string, retryable: boolean }
   };

export type UpdateCardBatchMutationVariables = Exact<{
  input: UpdateCardBatchInput;
}>;


export type UpdateCardBatchMutation = { result:
    | { __typename: 'InvalidAmountError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'UpdateCardBatchPayload', cardBatch: { id: string, name: string, lowBalanceThreshold: { amount: string, currency: string } | null } }
   };

export type BindNumberMutationVariables = Exact<{
  input: BindNumberInput;
}>;


export type BindNumberMutation = { result:
    | { __typename: 'AmbiguousPhoneNumberError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'BindNumberPayload', number: string, card: { id: string } }
    | { __typename: 'CardClosedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'CardDeactivatedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'CardInactiveError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'CardIsVoucherError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'CardLockedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'CardReplacedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'InvalidPhoneNumberError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'NumberAlreadyBoundError', sameCard: boolean, code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'OverloadedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'TooManyBindingAttemptsError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'TooManyBindingsError', code: ErrorCode, message: string, retryable: boolean }
   };

export type UnbindNumberMutationVariables = Exact<{
  input: UnbindNumberInput;
}>;


export type UnbindNumberMutation = { result:
    | { __typename: 'AmbiguousPhoneNumberError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'InvalidPhoneNumberError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'NumberNotBoundError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'OverloadedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'UnbindNumberPayload', number: string, card: { id: string } }
   };

export type MoveNumberMutationVariables = Exact<{
  input: MoveNumberInput;
}>;


export type MoveNumberMutation = { result:
    | { __typename: 'AmbiguousPhoneNumberError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'CardClosedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'CardDeactivatedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'CardInactiveError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'CardIsVoucherError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'CardLockedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'CardReplacedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'InvalidPhoneNumberError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'MoveNumberPayload', number: string, card: { id: string } }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'NumberAlreadyBoundError', sameCard: boolean, code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'NumberNotBoundError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'OverloadedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'TooManyBindingsError', code: ErrorCode, message: string, retryable: boolean }
   };

export type NumberBindingsQueryVariables = Exact<{
  cardId?: string | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}>;


export type NumberBindingsQuery = { numberBindings: { edges: Array<{ cursor: string, node: { number: string, createdAt: string, card: { id: string, serial: string } } }>, pageInfo: { startCursor: string | null, endCursor: string | null, hasNextPage: boolean, hasPreviousPage: boolean } } };

export type CallFieldsFragment = { id: string, switchCallId: string, state: CallState, refusal: CallRefusalReason | null, number: string, destination: string | null, grantedSeconds: number, usedSeconds: number, terminating: boolean, hangupCause: string | null, expiresAt: string | null, held: { amount: string, currency: string }, charge: { amount: string, currency: string }, uncollected: { amount: string, currency: string }, rating: { prefix: string, timeBand: string | null, included: boolean, pricePerMinute: string, initialIncrement: number, increment: number, freeSeconds: number } | null };

export type GrantFieldsFragment = { seconds: number, limit: GrantLimit, final: boolean };

export type AuthorizeCallMutationVariables = Exact<{
  input: AuthorizeCallInput;
}>;


export type AuthorizeCallMutation = { result:
    | { __typename: 'AmbiguousPhoneNumberError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'AuthenticationRefusedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'AuthorizeCallPayload', call: { id: string, switchCallId: string, state: CallState, refusal: CallRefusalReason | null, number: string, destination: string | null, grantedSeconds: number, usedSeconds: number, terminating: boolean, hangupCause: string | null, expiresAt: string | null, held: { amount: string, currency: string }, charge: { amount: string, currency: string }, uncollected: { amount: string, currency: string }, rating: { prefix: string, timeBand: string | null, included: boolean, pricePerMinute: string, initialIncrement: number, increment: number, freeSeconds: number } | null }, grant: { seconds: number, limit: GrantLimit, final: boolean }, balance: { amount: string, currency: string } }
    | { __typename: 'CallIdReusedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'CallRefusedError', reason: string, code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'InvalidPhoneNumberError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'OverloadedError', code: ErrorCode, message: string, retryable: boolean }
   };

export type ExtendCallMutationVariables = Exact<{
  input: ExtendCallInput;
}>;


export type ExtendCallMutation = { result:
    | { __typename: 'ExtendCallPayload', call: { id: string, switchCallId: string, state: CallState, refusal: CallRefusalReason | null, number: string, destination: string | null, grantedSeconds: number, usedSeconds: number, terminating: boolean, hangupCause: string | null, expiresAt: string | null, held: { amount: string, currency: string }, charge: { amount: string, currency: string }, uncollected: { amount: string, currency: string }, rating: { prefix: string, timeBand: string | null, included: boolean, pricePerMinute: string, initialIncrement: number, increment: number, freeSeconds: number } | null }, grant: { seconds: number, limit: GrantLimit, final: boolean }, balance: { amount: string, currency: string } }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'OverloadedError', code: ErrorCode, message: string, retryable: boolean }
   };

export type CompleteCallMutationVariables = Exact<{
  input: CompleteCallInput;
}>;


export type CompleteCallMutation = { result:
    | { __typename: 'CallEndedError', state: string, code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'CompleteCallPayload', call: { id: string, switchCallId: string, state: CallState, refusal: CallRefusalReason | null, number: string, destination: string | null, grantedSeconds: number, usedSeconds: number, terminating: boolean, hangupCause: string | null, expiresAt: string | null, held: { amount: string, currency: string }, charge: { amount: string, currency: string }, uncollected: { amount: string, currency: string }, rating: { prefix: string, timeBand: string | null, included: boolean, pricePerMinute: string, initialIncrement: number, increment: number, freeSeconds: number } | null }, grant: { seconds: number, limit: GrantLimit, final: boolean }, balance: { amount: string, currency: string } }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'OverloadedError', code: ErrorCode, message: string, retryable: boolean }
   };

export type CancelCallMutationVariables = Exact<{
  switchCallId: string;
}>;


export type CancelCallMutation = { result:
    | { __typename: 'CallEndedError', state: string, code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'CancelCallPayload', call: { id: string, switchCallId: string, state: CallState, refusal: CallRefusalReason | null, number: string, destination: string | null, grantedSeconds: number, usedSeconds: number, terminating: boolean, hangupCause: string | null, expiresAt: string | null, held: { amount: string, currency: string }, charge: { amount: string, currency: string }, uncollected: { amount: string, currency: string }, rating: { prefix: string, timeBand: string | null, included: boolean, pricePerMinute: string, initialIncrement: number, increment: number, freeSeconds: number } | null }, grant: { seconds: number, limit: GrantLimit, final: boolean }, balance: { amount: string, currency: string } }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'OverloadedError', code: ErrorCode, message: string, retryable: boolean }
   };

export type TerminateCallMutationVariables = Exact<{
  callId: string;
}>;


export type TerminateCallMutation = { result:
    | { __typename: 'CallEndedError', state: string, code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'OverloadedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'TerminateCallPayload', call: { id: string, switchCallId: string, state: CallState, refusal: CallRefusalReason | null, number: string, destination: string | null, grantedSeconds: number, usedSeconds: number, terminating: boolean, hangupCause: string | null, expiresAt: string | null, held: { amount: string, currency: string }, charge: { amount: string, currency: string }, uncollected: { amount: string, currency: string }, rating: { prefix: string, timeBand: string | null, included: boolean, pricePerMinute: string, initialIncrement: number, increment: number, freeSeconds: number } | null } }
   };

export type ReportCallsMutationVariables = Exact<{
  reports: Array<CallReport> | CallReport;
}>;


export type ReportCallsMutation = { result:
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'ReportCallsPayload', outcomes: Array<{ switchCallId: string, result:
          | { __typename: 'CallEndedError', code: ErrorCode, message: string, retryable: boolean }
          | { __typename: 'InvalidInputError', code: ErrorCode, message: string, retryable: boolean }
          | { __typename: 'NotFoundError', code: ErrorCode, message: string, retryable: boolean }
          | { __typename: 'OverloadedError', code: ErrorCode, message: string, retryable: boolean }
          | { __typename: 'ReportedCall', call: { id: string, switchCallId: string, state: CallState, refusal: CallRefusalReason | null, number: string, destination: string | null, grantedSeconds: number, usedSeconds: number, terminating: boolean, hangupCause: string | null, expiresAt: string | null, held: { amount: string, currency: string }, charge: { amount: string, currency: string }, uncollected: { amount: string, currency: string }, rating: { prefix: string, timeBand: string | null, included: boolean, pricePerMinute: string, initialIncrement: number, increment: number, freeSeconds: number } | null }, grant: { seconds: number, limit: GrantLimit, final: boolean }, balance: { amount: string, currency: string } }
         }> }
   };

export type SetCallTermsMutationVariables = Exact<{
  input: SetCallTermsInput;
}>;


export type SetCallTermsMutation = { result:
    | { __typename: 'AmbiguousPhoneNumberError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'InvalidAmountError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'InvalidPhoneNumberError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'SetCallTermsPayload', rateGroup: { id: string, version: number, callTerms: { timeZone: string, sliceSeconds: number, freeSeconds: number, maxSeconds: number | null, blockedPrefixes: Array<string>, minimumCharge: { amount: string, currency: string }, maxCharge: { amount: string, currency: string } | null, surcharges: Array<{ accessNumber: string, pricePerMinute: string, connectionFee: { amount: string, currency: string } }>, timeBands: Array<{ name: string, weekdays: Array<number>, fromMinute: number, toMinute: number, percent: number }> } } }
   };

export type CallQueryVariables = Exact<{
  switchCallId: string;
}>;


export type CallQuery = { call: { id: string, switchCallId: string, state: CallState, refusal: CallRefusalReason | null, number: string, destination: string | null, grantedSeconds: number, usedSeconds: number, terminating: boolean, hangupCause: string | null, expiresAt: string | null, transfers: { edges: Array<{ node: { kind: TransferKind, amount: { amount: string, currency: string } } }> }, held: { amount: string, currency: string }, charge: { amount: string, currency: string }, uncollected: { amount: string, currency: string }, rating: { prefix: string, timeBand: string | null, included: boolean, pricePerMinute: string, initialIncrement: number, increment: number, freeSeconds: number } | null } | null };

export type CallsQueryVariables = Exact<{
  filter?: CallFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type CallsQuery = { calls: { edges: Array<{ cursor: string, node: { id: string, switchCallId: string, state: CallState, refusal: CallRefusalReason | null, number: string, destination: string | null, grantedSeconds: number, usedSeconds: number, terminating: boolean, hangupCause: string | null, expiresAt: string | null, held: { amount: string, currency: string }, charge: { amount: string, currency: string }, uncollected: { amount: string, currency: string }, rating: { prefix: string, timeBand: string | null, included: boolean, pricePerMinute: string, initialIncrement: number, increment: number, freeSeconds: number } | null } }>, pageInfo: { startCursor: string | null, endCursor: string | null, hasNextPage: boolean, hasPreviousPage: boolean } } };

export type ActiveCallsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type ActiveCallsQuery = { activeCalls: { edges: Array<{ node: { id: string, switchCallId: string, state: CallState, refusal: CallRefusalReason | null, number: string, destination: string | null, grantedSeconds: number, usedSeconds: number, terminating: boolean, hangupCause: string | null, expiresAt: string | null, held: { amount: string, currency: string }, charge: { amount: string, currency: string }, uncollected: { amount: string, currency: string }, rating: { prefix: string, timeBand: string | null, included: boolean, pricePerMinute: string, initialIncrement: number, increment: number, freeSeconds: number } | null } }>, pageInfo: { startCursor: string | null, endCursor: string | null, hasNextPage: boolean, hasPreviousPage: boolean } } };

export type CallActivitySubscriptionVariables = Exact<{
  cardIds?: Array<string> | string | null | undefined;
  batchId?: string | null | undefined;
  partnerId?: string | null | undefined;
  after?: string | null | undefined;
}>;


export type CallActivitySubscription = { callActivity: { cursor: string, type: CallActivityType, switchCallId: string, state: CallState, destination: string | null, refusal: CallRefusalReason | null, grantedSeconds: number, limit: GrantLimit, usedSeconds: number, charge: { amount: string, currency: string } } };

export type CardQueryVariables = Exact<{
  by: CardReference;
  transfers?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type CardQuery = { card: { id: string, serial: string, state: CardState, version: number, validUntil: string | null, graceUntil: string | null, firstUsedAt: string | null, partner: { id: string } | null, replacedBy: { id: string } | null, replaces: { id: string } | null, statement: { edges: Array<{ node: { id: string, kind: TransferKind, reason: string | null, createdAt: string, amount: { amount: string, currency: string }, cardChange: { amount: string, currency: string } | null, cardBalanceAfter: { amount: string, currency: string } | null, walletChange: { amount: string, currency: string } | null, walletBalanceAfter: { amount: string, currency: string } | null } }>, pageInfo: { startCursor: string | null, endCursor: string | null, hasNextPage: boolean, hasPreviousPage: boolean } }, numberBindings: { edges: Array<{ node: { number: string } }> }, balance: { amount: string, currency: string }, available: { amount: string, currency: string }, lock: { reason: LockReason, unlockAt: string | null } | null } | null };

export type CardHistoryQueryVariables = Exact<{
  by: CardReference;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type CardHistoryQuery = { card: { events: { edges: Array<{ cursor: string, node: { type: CardEventType, at: string, reason: string | null, change: { amount: string, currency: string } | null, balance: { amount: string, currency: string } } }>, pageInfo: { startCursor: string | null, endCursor: string | null, hasNextPage: boolean, hasPreviousPage: boolean } } } | null };

export type CardsQueryVariables = Exact<{
  filter?: CardFilter | null | undefined;
  orderBy?: CardOrder;
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}>;


export type CardsQuery = { cards: { edges: Array<{ cursor: string, node: { id: string, serial: string, state: CardState, version: number, validUntil: string | null, graceUntil: string | null, firstUsedAt: string | null, balance: { amount: string, currency: string }, available: { amount: string, currency: string }, lock: { reason: LockReason, unlockAt: string | null } | null } }>, pageInfo: { startCursor: string | null, endCursor: string | null, hasNextPage: boolean, hasPreviousPage: boolean } } };

export type CardScreenQueryVariables = Exact<{
  filter?: CardFilter | null | undefined;
  first: number;
  transfers: number;
}>;


export type CardScreenQuery = { cards: { edges: Array<{ node: { id: string, serial: string, state: CardState, version: number, validUntil: string | null, graceUntil: string | null, firstUsedAt: string | null, batch: { name: string, rateGroup: { name: string } }, partner: { name: string } | null, numberBindings: { edges: Array<{ node: { number: string } }> }, statement: { edges: Array<{ node: { id: string, kind: TransferKind, reason: string | null, createdAt: string, amount: { amount: string, currency: string }, cardChange: { amount: string, currency: string } | null, cardBalanceAfter: { amount: string, currency: string } | null, walletChange: { amount: string, currency: string } | null, walletBalanceAfter: { amount: string, currency: string } | null } }> }, balance: { amount: string, currency: string }, available: { amount: string, currency: string }, lock: { reason: LockReason, unlockAt: string | null } | null } }> } };

export type ActivateCardsMutationVariables = Exact<{
  cards: CardSelection;
}>;


export type ActivateCardsMutation = { result:
    | { __typename: 'ActivateCardsPayload', activated: number, refused: number, refusals: Array<{ serial: string, error:
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
         }> }
    | { __typename: 'BatchNotFinishedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'OverloadedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'TooManyCardsError', code: ErrorCode, message: string, retryable: boolean }
   };

export type DeactivateCardsMutationVariables = Exact<{
  cards: CardSelection;
}>;


export type DeactivateCardsMutation = { result:
    | { __typename: 'BatchNotFinishedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'DeactivateCardsPayload', deactivated: number, refused: number, refusals: Array<{ serial: string, error:
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
          | { code: ErrorCode, message: string, retryable: boolean }
         }> }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'OverloadedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'TooManyCardsError', code: ErrorCode, message: string, retryable: boolean }
   };

export type LockCardMutationVariables = Exact<{
  input: LockCardInput;
}>;


export type LockCardMutation = { result:
    | { __typename: 'AmbiguousPhoneNumberError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'CardAlreadyLockedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'CardClosedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'InvalidPhoneNumberError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'LockCardPayload', card: { id: string, serial: string, state: CardState, version: number, validUntil: string | null, graceUntil: string | null, firstUsedAt: string | null, balance: { amount: string, currency: string }, available: { amount: string, currency: string }, lock: { reason: LockReason, unlockAt: string | null } | null } }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'OverloadedError', code: ErrorCode, message: string, retryable: boolean }
   };

export type UnlockCardMutationVariables = Exact<{
  input: UnlockCardInput;
}>;


export type UnlockCardMutation = { result:
    | { __typename: 'AmbiguousPhoneNumberError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'CardClosedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'CardNotLockedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'InvalidPhoneNumberError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'NotAllowedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'OverloadedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'UnlockCardPayload', card: { id: string, serial: string, state: CardState, version: number, validUntil: string | null, graceUntil: string | null, firstUsedAt: string | null, balance: { amount: string, currency: string }, available: { amount: string, currency: string }, lock: { reason: LockReason, unlockAt: string | null } | null } }
   };

export type AdjustCardBalanceMutationVariables = Exact<{
  input: AdjustCardBalanceInput;
}>;


export type AdjustCardBalanceMutation = { result:
    | { __typename: 'AdjustCardBalancePayload', balance: { amount: string, currency: string }, transfer: { id: string, kind: TransferKind, reason: string | null, createdAt: string, amount: { amount: string, currency: string }, cardChange: { amount: string, currency: string } | null, cardBalanceAfter: { amount: string, currency: string } | null, walletChange: { amount: string, currency: string } | null, walletBalanceAfter: { amount: string, currency: string } | null }, card: { id: string, serial: string, state: CardState, version: number, validUntil: string | null, graceUntil: string | null, firstUsedAt: string | null, balance: { amount: string, currency: string }, available: { amount: string, currency: string }, lock: { reason: LockReason, unlockAt: string | null } | null } }
    | { __typename: 'AmbiguousPhoneNumberError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'BalanceTooLargeError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'CardClosedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'CardInactiveError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'CardIsVoucherError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'CardReplacedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'CurrencyMismatchError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'IdempotencyKeyReusedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'InsufficientBalanceError', available: string, currency: string, code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'InvalidAmountError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'InvalidPhoneNumberError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'OverloadedError', code: ErrorCode, message: string, retryable: boolean }
   };

export type AuthenticateCardMutationVariables = Exact<{
  input: AuthenticateCardInput;
}>;


export type AuthenticateCardMutation = { result:
    | { __typename: 'AmbiguousPhoneNumberError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'AuthenticateCardPayload', state: CardState, language: string, token: string, remainingSeconds: number | null, balance: { amount: string, currency: string }, card: { id: string, serial: string, state: CardState, version: number, validUntil: string | null, graceUntil: string | null, firstUsedAt: string | null, balance: { amount: string, currency: string }, available: { amount: string, currency: string }, lock: { reason: LockReason, unlockAt: string | null } | null } }
    | { __typename: 'AuthenticationRefusedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'CardClosedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'CardDeactivatedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'CardInactiveError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'CardLockedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'CardReplacedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'InvalidPhoneNumberError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'OverloadedError', code: ErrorCode, message: string, retryable: boolean }
   };

export type ChangeCardsMutationVariables = Exact<{
  input: ChangeCardsInput;
}>;


export type ChangeCardsMutation = { result:
    | { __typename: 'ChangeCardsPayload', changed: number, refused: number, outcomes: Array<{ key: string, result:
          | { __typename: 'AmbiguousPhoneNumberError', code: ErrorCode, message: string, retryable: boolean }
          | { __typename: 'CardAlreadyActiveError', code: ErrorCode, message: string, retryable: boolean }
          | { __typename: 'CardAlreadyLockedError', code: ErrorCode, message: string, retryable: boolean }
          | { __typename: 'CardClosedError', code: ErrorCode, message: string, retryable: boolean }
          | { __typename: 'CardDeactivatedError', code: ErrorCode, message: string, retryable: boolean }
          | { __typename: 'CardNotLockedError', code: ErrorCode, message: string, retryable: boolean }
          | { __typename: 'CardReplacedError', code: ErrorCode, message: string, retryable: boolean }
          | { __typename: 'ChangedCard', cardId: string, serial: string, state: CardState }
          | { __typename: 'FirstUseOverError', code: ErrorCode, message: string, retryable: boolean }
          | { __typename: 'InvalidInputError', code: ErrorCode, message: string, retryable: boolean }
          | { __typename: 'InvalidPhoneNumberError', code: ErrorCode, message: string, retryable: boolean }
          | { __typename: 'NotAllowedError', code: ErrorCode, message: string, retryable: boolean }
          | { __typename: 'NotFoundError', code: ErrorCode, message: string, retryable: boolean }
          | { __typename: 'OverloadedError', code: ErrorCode, message: string, retryable: boolean }
         }> }
    | { __typename: 'IdempotencyKeyReusedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'OverloadedError', code: ErrorCode, message: string, retryable: boolean }
   };

export type ReopenCardMutationVariables = Exact<{
  input: ReopenCardInput;
}>;


export type ReopenCardMutation = { result:
    | { __typename: 'CardNotClosedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'CardNotReopenableError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'CardReplacedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'IdempotencyKeyReusedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'InvalidPhoneNumberError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'OverloadedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'ReopenCardPayload', card: { id: string, serial: string, state: CardState, version: number, validUntil: string | null, graceUntil: string | null, firstUsedAt: string | null, balance: { amount: string, currency: string }, available: { amount: string, currency: string }, lock: { reason: LockReason, unlockAt: string | null } | null } }
   };

export type AmountFragment = { amount: string, currency: string };

type Refusal_AlreadyReversedError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_AmbiguousPhoneNumberError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_ApiKeyEndedError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_AuthenticationRefusedError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_BalanceTooLargeError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_BatchAlreadyFinishedError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_BatchInUseError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_BatchNotAllowedError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_BatchNotFinishedError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_CallEndedError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_CallIdReusedError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_CallRefusedError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_CallsInProgressError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_CardAlreadyActiveError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_CardAlreadyLockedError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_CardAlreadyUsedError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_CardClosedError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_CardDeactivatedError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_CardInGraceError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_CardInactiveError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_CardIsVoucherError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_CardLockedError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_CardNotClosedError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_CardNotLockedError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_CardNotRechargeableError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_CardNotReopenableError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_CardReplacedError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_CreditInUseError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_CurrencyMismatchError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_CursorAheadError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_CursorExpiredError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_DailyLimitReachedError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_FirstUseOverError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_IdempotencyKeyReusedError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_InsufficientBalanceError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_InsufficientFundsError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_InvalidAmountError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_InvalidCursorError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_InvalidInputError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_InvalidPhoneNumberError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_NameTakenError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_NoRateForNumberError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_NoSpareCardError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_NotAllowedError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_NotFoundError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_NothingToReverseError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_NumberAlreadyBoundError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_NumberNotBoundError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_OverloadedError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_PartnerInUseError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_PartnerMismatchError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_PartnerMisplacedError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_PinFormatTooDenseError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_PinRevealsExhaustedError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_RateBarsLiftedError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_RateDeckRefusedError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_RateGroupInUseError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_RateGroupNotAllowedError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_RatePricesUnlikelyError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_RechargeOutOfRangeError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_RechargeTooOldError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_ReplacementNotAllowedError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_RowsSentBeforeError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_TooManyBindingAttemptsError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_TooManyBindingsError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_TooManyCardsError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_UploadGoneError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_UploadNotReceivedError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_UploadQuotaExceededError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_UploadUsedError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_VoucherRefusedError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

export type RefusalFragment =
  | Refusal_AlreadyReversedError_Fragment
  | Refusal_AmbiguousPhoneNumberError_Fragment
  | Refusal_ApiKeyEndedError_Fragment
  | Refusal_AuthenticationRefusedError_Fragment
  | Refusal_BalanceTooLargeError_Fragment
  | Refusal_BatchAlreadyFinishedError_Fragment
  | Refusal_BatchInUseError_Fragment
  | Refusal_BatchNotAllowedError_Fragment
  | Refusal_BatchNotFinishedError_Fragment
  | Refusal_CallEndedError_Fragment
  | Refusal_CallIdReusedError_Fragment
  | Refusal_CallRefusedError_Fragment
  | Refusal_CallsInProgressError_Fragment
  | Refusal_CardAlreadyActiveError_Fragment
  | Refusal_CardAlreadyLockedError_Fragment
  | Refusal_CardAlreadyUsedError_Fragment
  | Refusal_CardClosedError_Fragment
  | Refusal_CardDeactivatedError_Fragment
  | Refusal_CardInGraceError_Fragment
  | Refusal_CardInactiveError_Fragment
  | Refusal_CardIsVoucherError_Fragment
  | Refusal_CardLockedError_Fragment
  | Refusal_CardNotClosedError_Fragment
  | Refusal_CardNotLockedError_Fragment
  | Refusal_CardNotRechargeableError_Fragment
  | Refusal_CardNotReopenableError_Fragment
  | Refusal_CardReplacedError_Fragment
  | Refusal_CreditInUseError_Fragment
  | Refusal_CurrencyMismatchError_Fragment
  | Refusal_CursorAheadError_Fragment
  | Refusal_CursorExpiredError_Fragment
  | Refusal_DailyLimitReachedError_Fragment
  | Refusal_FirstUseOverError_Fragment
  | Refusal_IdempotencyKeyReusedError_Fragment
  | Refusal_InsufficientBalanceError_Fragment
  | Refusal_InsufficientFundsError_Fragment
  | Refusal_InvalidAmountError_Fragment
  | Refusal_InvalidCursorError_Fragment
  | Refusal_InvalidInputError_Fragment
  | Refusal_InvalidPhoneNumberError_Fragment
  | Refusal_NameTakenError_Fragment
  | Refusal_NoRateForNumberError_Fragment
  | Refusal_NoSpareCardError_Fragment
  | Refusal_NotAllowedError_Fragment
  | Refusal_NotFoundError_Fragment
  | Refusal_NothingToReverseError_Fragment
  | Refusal_NumberAlreadyBoundError_Fragment
  | Refusal_NumberNotBoundError_Fragment
  | Refusal_OverloadedError_Fragment
  | Refusal_PartnerInUseError_Fragment
  | Refusal_PartnerMismatchError_Fragment
  | Refusal_PartnerMisplacedError_Fragment
  | Refusal_PinFormatTooDenseError_Fragment
  | Refusal_PinRevealsExhaustedError_Fragment
  | Refusal_RateBarsLiftedError_Fragment
  | Refusal_RateDeckRefusedError_Fragment
  | Refusal_RateGroupInUseError_Fragment
  | Refusal_RateGroupNotAllowedError_Fragment
  | Refusal_RatePricesUnlikelyError_Fragment
  | Refusal_RechargeOutOfRangeError_Fragment
  | Refusal_RechargeTooOldError_Fragment
  | Refusal_ReplacementNotAllowedError_Fragment
  | Refusal_RowsSentBeforeError_Fragment
  | Refusal_TooManyBindingAttemptsError_Fragment
  | Refusal_TooManyBindingsError_Fragment
  | Refusal_TooManyCardsError_Fragment
  | Refusal_UploadGoneError_Fragment
  | Refusal_UploadNotReceivedError_Fragment
  | Refusal_UploadQuotaExceededError_Fragment
  | Refusal_UploadUsedError_Fragment
  | Refusal_VoucherRefusedError_Fragment
;

export type CardFieldsFragment = { id: string, serial: string, state: CardState, version: number, validUntil: string | null, graceUntil: string | null, firstUsedAt: string | null, balance: { amount: string, currency: string }, available: { amount: string, currency: string }, lock: { reason: LockReason, unlockAt: string | null } | null };

export type TransferFieldsFragment = { id: string, kind: TransferKind, reason: string | null, createdAt: string, amount: { amount: string, currency: string }, cardChange: { amount: string, currency: string } | null, cardBalanceAfter: { amount: string, currency: string } | null, walletChange: { amount: string, currency: string } | null, walletBalanceAfter: { amount: string, currency: string } | null };

export type BatchFieldsFragment = { id: string, name: string, type: CardType, state: CardBatchState, quantity: number, made: number, language: string, serialPrefix: string, faceValue: { amount: string, currency: string }, firstUseFee: { amount: string, currency: string } | null, maintenanceFee: { everyDays: number, amount: { amount: string, currency: string } } | null, replacement: { allowed: boolean, fee: { amount: string, currency: string } | null }, partner: { id: string } | null };

export type PageFieldsFragment = { startCursor: string | null, endCursor: string | null, hasNextPage: boolean, hasPreviousPage: boolean };

export type CreateCardUploadMutationVariables = Exact<{ [key: string]: never; }>;


export type CreateCardUploadMutation = { result:
    | { __typename: 'CreateCardUploadPayload', upload: { id: string, url: string } }
    | { __typename: 'UploadQuotaExceededError', code: ErrorCode, message: string, retryable: boolean }
   };

export type ImportCardsMutationVariables = Exact<{
  input: ImportCardsInput;
}>;


export type ImportCardsMutation = { result:
    | { __typename: 'CurrencyMismatchError', code: ErrorCode, message: string }
    | { __typename: 'IdempotencyKeyReusedError', code: ErrorCode, message: string }
    | { __typename: 'ImportCardsPayload', cardImport: { id: string, state: CardImportState, rowCount: number, problemCount: number, failure: string | null, totals: { withFaceValue: number, boundNumbers: number, numbersLeft: number, file: { state: CardState | null, count: number, amount: { amount: string } }, taken: { state: CardState | null, count: number, amount: { amount: string } }, states: Array<{ state: CardState | null, count: number, amount: { amount: string } }>, leftOut: { state: CardState | null, count: number, amount: { amount: string } }, overdrawn: { state: CardState | null, count: number, amount: { amount: string } }, expired: { state: CardState | null, count: number, amount: { amount: string } } } | null, columns: Array<{ head: string, readAs: string | null, ignoredAsRequested: boolean, refused: boolean }> | null, cardBatch: { id: string, imported: boolean, made: number } | null } }
    | { __typename: 'InvalidAmountError', code: ErrorCode, message: string }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string }
    | { __typename: 'OverloadedError', code: ErrorCode, message: string }
    | { __typename: 'RateGroupNotAllowedError', code: ErrorCode, message: string }
    | { __typename: 'UploadGoneError', code: ErrorCode, message: string }
    | { __typename: 'UploadNotReceivedError', code: ErrorCode, message: string }
    | { __typename: 'UploadUsedError', code: ErrorCode, message: string }
   };

export type CardImportsQueryVariables = Exact<{
  first?: number | null | undefined;
}>;


export type CardImportsQuery = { cardImports: { edges: Array<{ node: { id: string, state: CardImportState, rowCount: number, problemCount: number, failure: string | null, totals: { withFaceValue: number, boundNumbers: number, numbersLeft: number, file: { state: CardState | null, count: number, amount: { amount: string } }, taken: { state: CardState | null, count: number, amount: { amount: string } }, states: Array<{ state: CardState | null, count: number, amount: { amount: string } }>, leftOut: { state: CardState | null, count: number, amount: { amount: string } }, overdrawn: { state: CardState | null, count: number, amount: { amount: string } }, expired: { state: CardState | null, count: number, amount: { amount: string } } } | null, columns: Array<{ head: string, readAs: string | null, ignoredAsRequested: boolean, refused: boolean }> | null, cardBatch: { id: string, imported: boolean, made: number } | null } }> } };

export type CardImportProblemsQueryVariables = Exact<{
  id: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type CardImportProblemsQuery = { node:
    | { __typename: 'ApiKey' }
    | { __typename: 'Call' }
    | { __typename: 'Card' }
    | { __typename: 'CardBatch' }
    | { __typename: 'CardImport', id: string, state: CardImportState, rowCount: number, problemCount: number, failure: string | null, notes: { edges: Array<{ node: { line: number, column: string | null, code: string, problem: string } }> }, problems: { edges: Array<{ node: { line: number, column: string | null, code: string, problem: string } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } }, totals: { withFaceValue: number, boundNumbers: number, numbersLeft: number, file: { state: CardState | null, count: number, amount: { amount: string } }, taken: { state: CardState | null, count: number, amount: { amount: string } }, states: Array<{ state: CardState | null, count: number, amount: { amount: string } }>, leftOut: { state: CardState | null, count: number, amount: { amount: string } }, overdrawn: { state: CardState | null, count: number, amount: { amount: string } }, expired: { state: CardState | null, count: number, amount: { amount: string } } } | null, columns: Array<{ head: string, readAs: string | null, ignoredAsRequested: boolean, refused: boolean }> | null, cardBatch: { id: string, imported: boolean, made: number } | null }
    | { __typename: 'Partner' }
    | { __typename: 'Rate' }
    | { __typename: 'RateGroup' }
    | { __typename: 'Transfer' }
   | null };

export type CardImportProgressSubscriptionVariables = Exact<{
  importId: string;
  after?: string | null | undefined;
}>;


export type CardImportProgressSubscription = { cardImportProgress: { cursor: string, at: string, state: CardImportState, rows: number, problems: number, readShare: number, cardImport: { id: string, state: CardImportState, rowCount: number, problemCount: number, failure: string | null, totals: { withFaceValue: number, boundNumbers: number, numbersLeft: number, file: { state: CardState | null, count: number, amount: { amount: string } }, taken: { state: CardState | null, count: number, amount: { amount: string } }, states: Array<{ state: CardState | null, count: number, amount: { amount: string } }>, leftOut: { state: CardState | null, count: number, amount: { amount: string } }, overdrawn: { state: CardState | null, count: number, amount: { amount: string } }, expired: { state: CardState | null, count: number, amount: { amount: string } } } | null, columns: Array<{ head: string, readAs: string | null, ignoredAsRequested: boolean, refused: boolean }> | null, cardBatch: { id: string, imported: boolean, made: number } | null } } };

export type ImportPartsFragment = { id: string, state: CardImportState, rowCount: number, problemCount: number, failure: string | null, totals: { withFaceValue: number, boundNumbers: number, numbersLeft: number, file: { state: CardState | null, count: number, amount: { amount: string } }, taken: { state: CardState | null, count: number, amount: { amount: string } }, states: Array<{ state: CardState | null, count: number, amount: { amount: string } }>, leftOut: { state: CardState | null, count: number, amount: { amount: string } }, overdrawn: { state: CardState | null, count: number, amount: { amount: string } }, expired: { state: CardState | null, count: number, amount: { amount: string } } } | null, columns: Array<{ head: string, readAs: string | null, ignoredAsRequested: boolean, refused: boolean }> | null, cardBatch: { id: string, imported: boolean, made: number } | null };

export type TotalsPartsFragment = { withFaceValue: number, boundNumbers: number, numbersLeft: number, file: { state: CardState | null, count: number, amount: { amount: string } }, taken: { state: CardState | null, count: number, amount: { amount: string } }, states: Array<{ state: CardState | null, count: number, amount: { amount: string } }>, leftOut: { state: CardState | null, count: number, amount: { amount: string } }, overdrawn: { state: CardState | null, count: number, amount: { amount: string } }, expired: { state: CardState | null, count: number, amount: { amount: string } } };

export type TallyPartsFragment = { state: CardState | null, count: number, amount: { amount: string } };

export type CardBalanceChangedSubscriptionVariables = Exact<{
  cardIds?: Array<string> | string | null | undefined;
  batchId?: string | null | undefined;
  partnerId?: string | null | undefined;
  after?: string | null | undefined;
}>;


export type CardBalanceChangedSubscription = { cardBalanceChanged: { cursor: string, at: string, version: number, change: { amount: string, currency: string }, balance: { amount: string, currency: string }, serials: { from: string, to: string, count: number }, card: { cardId: string, serial: string } | null } };

export type CardLockChangedSubscriptionVariables = Exact<{
  cardIds?: Array<string> | string | null | undefined;
  batchId?: string | null | undefined;
  partnerId?: string | null | undefined;
  after?: string | null | undefined;
}>;


export type CardLockChangedSubscription = { cardLockChanged: { cursor: string, at: string, locked: boolean, reason: LockReason | null, note: string | null, unlockAt: string | null, serials: { from: string, to: string, count: number }, card: { cardId: string, serial: string } | null } };

export type CardStateChangedSubscriptionVariables = Exact<{
  cardIds?: Array<string> | string | null | undefined;
  batchId?: string | null | undefined;
  partnerId?: string | null | undefined;
  after?: string | null | undefined;
}>;


export type CardStateChangedSubscription = { cardStateChanged: { cursor: string, at: string, cause: EventType, before: CardState, state: CardState, serials: { from: string, to: string, count: number }, card: { cardId: string, serial: string, version: number, state: CardState, validUntil: string | null, graceUntil: string | null, lockReason: LockReason | null, unlockAt: string | null, balance: { amount: string, currency: string }, held: { amount: string, currency: string }, available: { amount: string, currency: string } } | null } };

export type RechargeMadeSubscriptionVariables = Exact<{
  cardIds?: Array<string> | string | null | undefined;
  batchId?: string | null | undefined;
  partnerId?: string | null | undefined;
  after?: string | null | undefined;
}>;


export type RechargeMadeSubscription = { rechargeMade: { cursor: string, at: string, kind: TransferKind, transferId: string, amount: { amount: string, currency: string }, card: { cardId: string, serial: string, version: number, state: CardState, validUntil: string | null, graceUntil: string | null, lockReason: LockReason | null, unlockAt: string | null, balance: { amount: string, currency: string }, held: { amount: string, currency: string }, available: { amount: string, currency: string } } | null } };

export type LowBalanceSubscriptionVariables = Exact<{
  cardIds?: Array<string> | string | null | undefined;
  batchId?: string | null | undefined;
  partnerId?: string | null | undefined;
  after?: string | null | undefined;
}>;


export type LowBalanceSubscription = { lowBalance: { cursor: string, at: string, threshold: { amount: string, currency: string }, balance: { amount: string, currency: string }, card: { cardId: string, serial: string, version: number, state: CardState, validUntil: string | null, graceUntil: string | null, lockReason: LockReason | null, unlockAt: string | null, balance: { amount: string, currency: string }, held: { amount: string, currency: string }, available: { amount: string, currency: string } } | null } };

export type CardBatchProgressSubscriptionVariables = Exact<{
  batchId: string;
  after?: string | null | undefined;
}>;


export type CardBatchProgressSubscription = { cardBatchProgress: { cursor: string, at: string, state: CardBatchState, made: number, total: number, cardsPerSecond: number | null, secondsLeft: number | null } };

export type WatchEventsSubscriptionVariables = Exact<{
  filter?: EventFilter | null | undefined;
  after?: string | null | undefined;
}>;


export type WatchEventsSubscription = { events: { cursor: string, at: string, type: EventType, reason: string | null, actor: { kind: EventActorKind, actorId: string | null, name: string | null }, serials: { from: string, to: string, count: number } | null, card: { cardId: string, serial: string, version: number, state: CardState, validUntil: string | null, graceUntil: string | null, lockReason: LockReason | null, unlockAt: string | null, balance: { amount: string, currency: string }, held: { amount: string, currency: string }, available: { amount: string, currency: string } } | null, change: { amount: string, currency: string } | null } };

export type EventCursorQueryVariables = Exact<{ [key: string]: never; }>;


export type EventCursorQuery = { eventCursor: string };

export type EventsQueryVariables = Exact<{
  filter?: EventFilter | null | undefined;
  after?: string | null | undefined;
  first?: number;
}>;


export type EventsQuery = { events: { endCursor: string, hasMore: boolean, items: Array<{ cursor: string, at: string, type: EventType, reason: string | null, actor: { kind: EventActorKind, actorId: string | null, name: string | null }, serials: { from: string, to: string, count: number } | null, card: { cardId: string, serial: string, version: number, state: CardState, validUntil: string | null, graceUntil: string | null, lockReason: LockReason | null, unlockAt: string | null, balance: { amount: string, currency: string }, held: { amount: string, currency: string }, available: { amount: string, currency: string } } | null, change: { amount: string, currency: string } | null }> } };

export type LiveStatsSubscriptionVariables = Exact<{
  partnerId?: string | null | undefined;
}>;


export type LiveStatsSubscription = { liveStats: { at: string, callsInProgress: number, authorizationsPerMinute: number, refusalsPerMinute: number, rechargesPerMinute: number, locksPerMinute: number, failedPinsPerMinute: number, turnover: Array<{ currency: string, recharged: { amount: string, currency: string }, charged: { amount: string, currency: string } }> } };

export type EventFieldsFragment = { cursor: string, at: string, type: EventType, reason: string | null, actor: { kind: EventActorKind, actorId: string | null, name: string | null }, serials: { from: string, to: string, count: number } | null, card: { cardId: string, serial: string, version: number, state: CardState, validUntil: string | null, graceUntil: string | null, lockReason: LockReason | null, unlockAt: string | null, balance: { amount: string, currency: string }, held: { amount: string, currency: string }, available: { amount: string, currency: string } } | null, change: { amount: string, currency: string } | null };

export type CardVersionFieldsFragment = { cardId: string, serial: string, version: number, state: CardState, validUntil: string | null, graceUntil: string | null, lockReason: LockReason | null, unlockAt: string | null, balance: { amount: string, currency: string }, held: { amount: string, currency: string }, available: { amount: string, currency: string } };

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { viewer: { name: string, role: Role, apiKey: { id: string, prefix: string } | null, partner: { id: string, name: string, balance: { amount: string, currency: string } } | null } };

export type PartnersQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  transfers?: number | null | undefined;
}>;


export type PartnersQuery = { partners: { edges: Array<{ cursor: string, node: { id: string, name: string, balance: { amount: string, currency: string }, statement: { edges: Array<{ node: { id: string, kind: TransferKind, reason: string | null, createdAt: string, amount: { amount: string, currency: string }, cardChange: { amount: string, currency: string } | null, cardBalanceAfter: { amount: string, currency: string } | null, walletChange: { amount: string, currency: string } | null, walletBalanceAfter: { amount: string, currency: string } | null } }> }, apiKeys: { edges: Array<{ node: { id: string, name: string, role: ApiKeyRole } }> } } }>, pageInfo: { startCursor: string | null, endCursor: string | null, hasNextPage: boolean, hasPreviousPage: boolean } } };

export type NodeQueryVariables = Exact<{
  id: string;
}>;


export type NodeQuery = { node:
    | { __typename: 'ApiKey', id: string }
    | { __typename: 'Call', id: string }
    | { __typename: 'Card', id: string }
    | { __typename: 'CardBatch', id: string }
    | { __typename: 'CardImport', id: string }
    | { __typename: 'Partner', id: string }
    | { __typename: 'Rate', id: string }
    | { __typename: 'RateGroup', id: string }
    | { __typename: 'Transfer', id: string }
   | null };

export type NodesQueryVariables = Exact<{
  ids: Array<string> | string;
}>;


export type NodesQuery = { nodes: Array<
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
   | null> };

export type CreatePartnerMutationVariables = Exact<{
  input: CreatePartnerInput;
}>;


export type CreatePartnerMutation = { result:
    | { __typename: 'CreatePartnerPayload', partner: { id: string, name: string, balance: { amount: string, currency: string } } }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'NameTakenError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'PartnerMisplacedError', code: ErrorCode, message: string, retryable: boolean }
   };

export type TopUpPartnerMutationVariables = Exact<{
  input: TopUpPartnerInput;
}>;


export type TopUpPartnerMutation = { result:
    | { __typename: 'BalanceTooLargeError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'CurrencyMismatchError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'DailyLimitReachedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'IdempotencyKeyReusedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'InsufficientFundsError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'InvalidAmountError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'OverloadedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'TopUpPartnerPayload', balance: { amount: string, currency: string }, transfer: { id: string, kind: TransferKind, reason: string | null, createdAt: string, amount: { amount: string, currency: string }, cardChange: { amount: string, currency: string } | null, cardBalanceAfter: { amount: string, currency: string } | null, walletChange: { amount: string, currency: string } | null, walletBalanceAfter: { amount: string, currency: string } | null } }
   };

export type CreateApiKeyMutationVariables = Exact<{
  input: CreateApiKeyInput;
}>;


export type CreateApiKeyMutation = { result:
    | { __typename: 'CreateApiKeyPayload', secret: string, apiKey: { id: string, name: string, role: ApiKeyRole, prefix: string, expiresAt: string | null, partner: { id: string } | null } }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'NotAllowedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, retryable: boolean }
   };

export type UpdatePartnerMutationVariables = Exact<{
  input: UpdatePartnerInput;
}>;


export type UpdatePartnerMutation = { result:
    | { __typename: 'CreditInUseError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'InvalidAmountError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'NameTakenError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'UpdatePartnerPayload', partner: { id: string, name: string, discountPercent: string, allowedBatchIds: Array<string> | null, allowedRateGroupIds: Array<string> | null, suspendedAt: string | null, balance: { amount: string, currency: string }, available: { amount: string, currency: string }, creditLimit: { amount: string, currency: string }, dailyLimit: { amount: string, currency: string } | null, dailyCardLimit: { amount: string, currency: string } | null, parent: { id: string } | null } }
   };

export type RemovePartnerMutationVariables = Exact<{
  id: string;
}>;


export type RemovePartnerMutation = { result:
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'PartnerInUseError', partners: number, apiKeys: number, batches: number, transfers: number, code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'RemovePartnerPayload', name: string }
   };

export type SuspendPartnerMutationVariables = Exact<{
  id: string;
}>;


export type SuspendPartnerMutation = { result:
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'SuspendPartnerPayload', partner: { id: string, name: string, discountPercent: string, allowedBatchIds: Array<string> | null, allowedRateGroupIds: Array<string> | null, suspendedAt: string | null, balance: { amount: string, currency: string }, available: { amount: string, currency: string }, creditLimit: { amount: string, currency: string }, dailyLimit: { amount: string, currency: string } | null, dailyCardLimit: { amount: string, currency: string } | null, parent: { id: string } | null } }
   };

export type ResumePartnerMutationVariables = Exact<{
  id: string;
}>;


export type ResumePartnerMutation = { result:
    | { __typename: 'NotAllowedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'ResumePartnerPayload', partner: { id: string, name: string, discountPercent: string, allowedBatchIds: Array<string> | null, allowedRateGroupIds: Array<string> | null, suspendedAt: string | null, balance: { amount: string, currency: string }, available: { amount: string, currency: string }, creditLimit: { amount: string, currency: string }, dailyLimit: { amount: string, currency: string } | null, dailyCardLimit: { amount: string, currency: string } | null, parent: { id: string } | null } }
   };

export type MovePartnerMutationVariables = Exact<{
  id: string;
  parentId?: string | null | undefined;
}>;


export type MovePartnerMutation = { result:
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'MovePartnerPayload', partner: { id: string, name: string, discountPercent: string, allowedBatchIds: Array<string> | null, allowedRateGroupIds: Array<string> | null, suspendedAt: string | null, balance: { amount: string, currency: string }, available: { amount: string, currency: string }, creditLimit: { amount: string, currency: string }, dailyLimit: { amount: string, currency: string } | null, dailyCardLimit: { amount: string, currency: string } | null, parent: { id: string } | null } }
    | { __typename: 'NameTakenError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'PartnerMisplacedError', code: ErrorCode, message: string, retryable: boolean }
   };

export type WithdrawFromPartnerMutationVariables = Exact<{
  input: WithdrawFromPartnerInput;
}>;


export type WithdrawFromPartnerMutation = { result:
    | { __typename: 'BalanceTooLargeError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'CurrencyMismatchError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'IdempotencyKeyReusedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'InsufficientFundsError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'InvalidAmountError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'OverloadedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'WithdrawFromPartnerPayload', balance: { amount: string, currency: string }, transfer: { id: string, kind: TransferKind, reason: string | null, createdAt: string, amount: { amount: string, currency: string }, cardChange: { amount: string, currency: string } | null, cardBalanceAfter: { amount: string, currency: string } | null, walletChange: { amount: string, currency: string } | null, walletBalanceAfter: { amount: string, currency: string } | null } }
   };

export type PartnerTreeQueryVariables = Exact<{
  first?: number | null | undefined;
}>;


export type PartnerTreeQuery = { partners: { edges: Array<{ node: { id: string, name: string, discountPercent: string, allowedBatchIds: Array<string> | null, allowedRateGroupIds: Array<string> | null, suspendedAt: string | null, children: { edges: Array<{ node: { id: string, name: string } }> }, balance: { amount: string, currency: string }, available: { amount: string, currency: string }, creditLimit: { amount: string, currency: string }, dailyLimit: { amount: string, currency: string } | null, dailyCardLimit: { amount: string, currency: string } | null, parent: { id: string } | null } }> } };

export type PartnerTermsFragment = { id: string, name: string, discountPercent: string, allowedBatchIds: Array<string> | null, allowedRateGroupIds: Array<string> | null, suspendedAt: string | null, balance: { amount: string, currency: string }, available: { amount: string, currency: string }, creditLimit: { amount: string, currency: string }, dailyLimit: { amount: string, currency: string } | null, dailyCardLimit: { amount: string, currency: string } | null, parent: { id: string } | null };

export type RateGroupsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type RateGroupsQuery = { rateGroups: { edges: Array<{ node: { id: string, name: string, currency: string, version: number, rateCount: number } }>, pageInfo: { startCursor: string | null, endCursor: string | null, hasNextPage: boolean, hasPreviousPage: boolean } } };

export type RatesQueryVariables = Exact<{
  rateGroupId: string;
  filter?: RateFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}>;


export type RatesQuery = { rates: { edges: Array<{ cursor: string, node: { id: string, prefix: string, destination: string, pricePerMinute: string, initialIncrement: number, increment: number, effectiveFrom: string, effectiveTo: string | null, withdrawn: boolean, barred: boolean, connectionFee: { amount: string, currency: string } } }>, pageInfo: { startCursor: string | null, endCursor: string | null, hasNextPage: boolean, hasPreviousPage: boolean } } };

export type QuoteCallQueryVariables = Exact<{
  rateGroupId: string;
  number: string;
  country?: string | null | undefined;
  balance?: MoneyInput | null | undefined;
  seconds?: number | null | undefined;
}>;


export type QuoteCallQuery = { result:
    | { __typename: 'AmbiguousPhoneNumberError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'CallQuote', number: string, destination: string, billedSeconds: number | null, affordableSeconds: number | null, pricePerMinute: string, timeBand: string | null, charge: { amount: string, currency: string } | null, rate: { prefix: string, pricePerMinute: string } }
    | { __typename: 'CurrencyMismatchError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'InvalidAmountError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'InvalidPhoneNumberError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'NoRateForNumberError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, retryable: boolean }
   };

export type CreateRateGroupMutationVariables = Exact<{
  input: CreateRateGroupInput;
}>;


export type CreateRateGroupMutation = { result:
    | { __typename: 'CreateRateGroupPayload', rateGroup: { id: string, name: string, currency: string, version: number, rateCount: number } }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'NameTakenError', code: ErrorCode, message: string, retryable: boolean }
   };

export type UpdateRateGroupMutationVariables = Exact<{
  input: UpdateRateGroupInput;
}>;


export type UpdateRateGroupMutation = { result:
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'NameTakenError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'UpdateRateGroupPayload', rateGroup: { id: string, name: string } }
   };

export type RemoveRateGroupMutationVariables = Exact<{
  rateGroupId: string;
}>;


export type RemoveRateGroupMutation = { result:
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'RateGroupInUseError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'RemoveRateGroupPayload', name: string }
   };

export type ChangedRateFieldsFragment = { prefix: string, destination: string, pricePerMinute: string, initialIncrement: number, increment: number, effectiveFrom: string, effectiveTo: string | null, withdrawn: boolean, barred: boolean };

export type SetRateMutationVariables = Exact<{
  input: SetRateInput;
}>;


export type SetRateMutation = { result:
    | { __typename: 'InvalidAmountError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'SetRatePayload', rate: { prefix: string, destination: string, pricePerMinute: string, initialIncrement: number, increment: number, effectiveFrom: string, effectiveTo: string | null, withdrawn: boolean, barred: boolean } }
   };

export type WithdrawRateMutationVariables = Exact<{
  input: WithdrawRateInput;
}>;


export type WithdrawRateMutation = { result:
    | { __typename: 'InvalidAmountError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'WithdrawRatePayload', rate: { prefix: string, destination: string, pricePerMinute: string, initialIncrement: number, increment: number, effectiveFrom: string, effectiveTo: string | null, withdrawn: boolean, barred: boolean } }
   };

export type CreateRateUploadMutationVariables = Exact<{ [key: string]: never; }>;


export type CreateRateUploadMutation = { result:
    | { __typename: 'CreateRateUploadPayload', upload: { id: string, url: string, expiresAt: string } }
    | { __typename: 'UploadQuotaExceededError', code: ErrorCode, message: string, retryable: boolean }
   };

export type DifferenceFieldsFragment = { added: number, removed: number, dearer: number, cheaper: number, mixed: number, unchanged: number, ineffective: number, liftedBarCount: number, newlyBarredCount: number, destinationCount: number, liftedBars: Array<{ prefix: string, destination: string, effectiveFrom: string, pricePerMinute: string, isPriced: boolean }>, newlyBarred: Array<{ prefix: string, destination: string, effectiveFrom: string, pricePerMinute: string, isPriced: boolean }>, destinations: Array<{ destination: string, added: number, removed: number, dearer: number, cheaper: number, lowestBefore: string | null, highestAfter: string | null }> };

export type BarFieldsFragment = { prefix: string, destination: string, effectiveFrom: string, pricePerMinute: string, isPriced: boolean };

export type LiftedBarsFieldsFragment = { prefixCount: number, bars: Array<{ prefix: string, destination: string, effectiveFrom: string, pricePerMinute: string, isPriced: boolean }> };

export type RefusedDeckFieldsFragment = { problemCount: number, rowCount: number, problems: Array<{ line: number, column: string | null, value: string | null, code: string, problem: string }> };

export type ImportRatesPreviewQueryVariables = Exact<{
  input: ImportRatesInput;
}>;


export type ImportRatesPreviewQuery = { result:
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'OverloadedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'RateBarsLiftedError', prefixCount: number, code: ErrorCode, message: string, retryable: boolean, bars: Array<{ prefix: string, destination: string, effectiveFrom: string, pricePerMinute: string, isPriced: boolean }> }
    | { __typename: 'RateDeckRefusedError', problemCount: number, rowCount: number, code: ErrorCode, message: string, retryable: boolean, problems: Array<{ line: number, column: string | null, value: string | null, code: string, problem: string }> }
    | { __typename: 'RateImportPreview', imported: number, withdrawn: number, changed: boolean, laterRatesDeleted: number, notes: Array<string>, sheet: string | null, otherSheets: Array<string>, encoding: string | null, skippedLines: number, difference: { added: number, removed: number, dearer: number, cheaper: number, mixed: number, unchanged: number, ineffective: number, liftedBarCount: number, newlyBarredCount: number, destinationCount: number, liftedBars: Array<{ prefix: string, destination: string, effectiveFrom: string, pricePerMinute: string, isPriced: boolean }>, newlyBarred: Array<{ prefix: string, destination: string, effectiveFrom: string, pricePerMinute: string, isPriced: boolean }>, destinations: Array<{ destination: string, added: number, removed: number, dearer: number, cheaper: number, lowestBefore: string | null, highestAfter: string | null }> }, columns: Array<{ head: string, readAs: string | null }> }
    | { __typename: 'RatePricesUnlikelyError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'UploadGoneError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'UploadNotReceivedError', code: ErrorCode, message: string, retryable: boolean }
   };

export type ImportRatesMutationVariables = Exact<{
  input: ImportRatesInput;
}>;


export type ImportRatesMutation = { result:
    | { __typename: 'IdempotencyKeyReusedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'ImportRatesPayload', imported: number, withdrawn: number, changed: boolean, laterRatesDeleted: number, difference: { added: number, removed: number, dearer: number, cheaper: number, mixed: number, unchanged: number, ineffective: number, liftedBarCount: number, newlyBarredCount: number, destinationCount: number, liftedBars: Array<{ prefix: string, destination: string, effectiveFrom: string, pricePerMinute: string, isPriced: boolean }>, newlyBarred: Array<{ prefix: string, destination: string, effectiveFrom: string, pricePerMinute: string, isPriced: boolean }>, destinations: Array<{ destination: string, added: number, removed: number, dearer: number, cheaper: number, lowestBefore: string | null, highestAfter: string | null }> }, columns: Array<{ head: string, readAs: string | null }>, rateGroup: { id: string, version: number, rateCount: number } }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'OverloadedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'RateBarsLiftedError', prefixCount: number, code: ErrorCode, message: string, retryable: boolean, bars: Array<{ prefix: string, destination: string, effectiveFrom: string, pricePerMinute: string, isPriced: boolean }> }
    | { __typename: 'RateDeckRefusedError', problemCount: number, rowCount: number, code: ErrorCode, message: string, retryable: boolean, problems: Array<{ line: number, column: string | null, value: string | null, code: string, problem: string }> }
    | { __typename: 'RatePricesUnlikelyError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'RowsSentBeforeError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'UploadGoneError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'UploadNotReceivedError', code: ErrorCode, message: string, retryable: boolean }
   };

export type RechargeCardMutationVariables = Exact<{
  input: RechargeCardInput;
}>;


export type RechargeCardMutation = { result:
    | { __typename: 'AmbiguousPhoneNumberError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'BalanceTooLargeError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'BatchNotAllowedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'CardClosedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'CardDeactivatedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'CardInGraceError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'CardInactiveError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'CardNotRechargeableError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'CardReplacedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'CurrencyMismatchError', expected: string, given: string, code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'DailyLimitReachedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'IdempotencyKeyReusedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'InsufficientFundsError', available: string, currency: string, code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'InvalidAmountError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'InvalidPhoneNumberError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'OverloadedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'RechargeCardPayload', balance: { amount: string, currency: string }, transfer: { id: string, kind: TransferKind, reason: string | null, createdAt: string, amount: { amount: string, currency: string }, cardChange: { amount: string, currency: string } | null, cardBalanceAfter: { amount: string, currency: string } | null, walletChange: { amount: string, currency: string } | null, walletBalanceAfter: { amount: string, currency: string } | null }, card: { id: string, serial: string, state: CardState, version: number, validUntil: string | null, graceUntil: string | null, firstUsedAt: string | null, balance: { amount: string, currency: string }, available: { amount: string, currency: string }, lock: { reason: LockReason, unlockAt: string | null } | null } }
    | { __typename: 'RechargeOutOfRangeError', min: string | null, max: string | null, currency: string, code: ErrorCode, message: string, retryable: boolean }
   };

export type ReverseRechargeMutationVariables = Exact<{
  input: ReverseRechargeInput;
}>;


export type ReverseRechargeMutation = { result:
    | { __typename: 'AlreadyReversedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'BalanceTooLargeError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'CardClosedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'CurrencyMismatchError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'IdempotencyKeyReusedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'InvalidAmountError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'NothingToReverseError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'OverloadedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'RechargeTooOldError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'ReverseRechargePayload', balance: { amount: string, currency: string }, transfer: { id: string, kind: TransferKind, reason: string | null, createdAt: string, reverses: { id: string } | null, amount: { amount: string, currency: string }, cardChange: { amount: string, currency: string } | null, cardBalanceAfter: { amount: string, currency: string } | null, walletChange: { amount: string, currency: string } | null, walletBalanceAfter: { amount: string, currency: string } | null }, card: { id: string, serial: string, state: CardState, version: number, validUntil: string | null, graceUntil: string | null, firstUsedAt: string | null, balance: { amount: string, currency: string }, available: { amount: string, currency: string }, lock: { reason: LockReason, unlockAt: string | null } | null } }
   };

export type RechargesQueryVariables = Exact<{
  filter?: RechargeFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}>;


export type RechargesQuery = { recharges: { edges: Array<{ cursor: string, node: { id: string, kind: TransferKind, reason: string | null, createdAt: string, card: { serial: string } | null, reversal: { id: string } | null, amount: { amount: string, currency: string }, cardChange: { amount: string, currency: string } | null, cardBalanceAfter: { amount: string, currency: string } | null, walletChange: { amount: string, currency: string } | null, walletBalanceAfter: { amount: string, currency: string } | null } }>, pageInfo: { startCursor: string | null, endCursor: string | null, hasNextPage: boolean, hasPreviousPage: boolean } } };

export type VerificationQueryVariables = Exact<{ [key: string]: never; }>;


export type VerificationQuery = { verification: { clean: boolean, cards: string, partners: string, transfers: string, events: string, idempotencyKeys: string, discrepancies: Array<{ check: string, row: string, problem: string }> } };

export type RechargeCardsMutationVariables = Exact<{
  input: RechargeCardsInput;
}>;


export type RechargeCardsMutation = { result:
    | { __typename: 'IdempotencyKeyReusedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'OverloadedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'RechargeCardsPayload', recharged: number, refused: number, outcomes: Array<{ key: string, result:
          | { __typename: 'AmbiguousPhoneNumberError', code: ErrorCode, message: string, retryable: boolean }
          | { __typename: 'BalanceTooLargeError', code: ErrorCode, message: string, retryable: boolean }
          | { __typename: 'BatchNotAllowedError', code: ErrorCode, message: string, retryable: boolean }
          | { __typename: 'CardClosedError', code: ErrorCode, message: string, retryable: boolean }
          | { __typename: 'CardDeactivatedError', code: ErrorCode, message: string, retryable: boolean }
          | { __typename: 'CardInGraceError', code: ErrorCode, message: string, retryable: boolean }
          | { __typename: 'CardInactiveError', code: ErrorCode, message: string, retryable: boolean }
          | { __typename: 'CardNotRechargeableError', code: ErrorCode, message: string, retryable: boolean }
          | { __typename: 'CardReplacedError', code: ErrorCode, message: string, retryable: boolean }
          | { __typename: 'CurrencyMismatchError', code: ErrorCode, message: string, retryable: boolean }
          | { __typename: 'DailyLimitReachedError', code: ErrorCode, message: string, retryable: boolean }
          | { __typename: 'InsufficientFundsError', code: ErrorCode, message: string, retryable: boolean }
          | { __typename: 'InvalidAmountError', code: ErrorCode, message: string, retryable: boolean }
          | { __typename: 'InvalidInputError', code: ErrorCode, message: string, retryable: boolean }
          | { __typename: 'InvalidPhoneNumberError', code: ErrorCode, message: string, retryable: boolean }
          | { __typename: 'NotFoundError', code: ErrorCode, message: string, retryable: boolean }
          | { __typename: 'OverloadedError', code: ErrorCode, message: string, retryable: boolean }
          | { __typename: 'RechargeOutOfRangeError', code: ErrorCode, message: string, retryable: boolean }
          | { __typename: 'RechargedCard', balance: { amount: string, currency: string }, transfer: { id: string, kind: TransferKind, reason: string | null, createdAt: string, amount: { amount: string, currency: string }, cardChange: { amount: string, currency: string } | null, cardBalanceAfter: { amount: string, currency: string } | null, walletChange: { amount: string, currency: string } | null, walletBalanceAfter: { amount: string, currency: string } | null } }
         }> }
   };

export type ReplaceCardMutationVariables = Exact<{
  input: ReplaceCardInput;
}>;


export type ReplaceCardMutation = { result:
    | { __typename: 'AmbiguousPhoneNumberError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'BalanceTooLargeError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'CallsInProgressError', held: string, currency: string, code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'CardAlreadyUsedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'CardClosedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'CardDeactivatedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'CardInactiveError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'CardLockedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'CardReplacedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'CurrencyMismatchError', expected: string, given: string, code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'FirstUseOverError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'IdempotencyKeyReusedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'InvalidPhoneNumberError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'NoSpareCardError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'NotAllowedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'OverloadedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'PartnerMismatchError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'ReplaceCardPayload', moved: { amount: string, currency: string }, fee: { amount: string, currency: string }, card: { id: string, serial: string, state: CardState, version: number, validUntil: string | null, graceUntil: string | null, firstUsedAt: string | null, replacedBy: { id: string } | null, balance: { amount: string, currency: string }, available: { amount: string, currency: string }, lock: { reason: LockReason, unlockAt: string | null } | null }, newCard: { id: string, serial: string, state: CardState, version: number, validUntil: string | null, graceUntil: string | null, firstUsedAt: string | null, replaces: { id: string } | null, balance: { amount: string, currency: string }, available: { amount: string, currency: string }, lock: { reason: LockReason, unlockAt: string | null } | null } }
    | { __typename: 'ReplacementNotAllowedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'TooManyBindingsError', code: ErrorCode, message: string, retryable: boolean }
   };

export type CardStatesReportQueryVariables = Exact<{
  filter?: BatchReportFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type CardStatesReportQuery = { report: { asOf: string, edges: Array<{ node: { cardBatchId: string, cardBatchName: string, partnerId: string | null, partnerName: string | null, made: number, inactive: number, active: number, locked: number, inGrace: number, expired: number, deactivated: number, closed: number } }>, pageInfo: { startCursor: string | null, endCursor: string | null, hasNextPage: boolean, hasPreviousPage: boolean } } };

export type BatchLifeReportQueryVariables = Exact<{
  filter?: BatchReportFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type BatchLifeReportQuery = { report: { asOf: string, edges: Array<{ node: { cardBatchId: string, made: number, activated: number, firstUsed: number, exhausted: number, expired: number, replaced: number, averageDaysToFirstUse: string | null, usedWithinDay: number, usedWithinWeek: number, usedWithinMonth: number, usedWithinQuarter: number, issued: { amount: string, currency: string }, recharged: { amount: string, currency: string }, adjusted: { amount: string, currency: string }, moved: { amount: string, currency: string }, used: { amount: string, currency: string }, fees: { amount: string, currency: string }, forfeited: { amount: string, currency: string }, left: { amount: string, currency: string } } }>, pageInfo: { startCursor: string | null, endCursor: string | null, hasNextPage: boolean, hasPreviousPage: boolean } } };

export type LiabilityReportQueryVariables = Exact<{
  filter?: PeriodReportFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type LiabilityReportQuery = { report: { asOf: string, edges: Array<{ node: { day: string, owed: { amount: string, currency: string } } }>, pageInfo: { startCursor: string | null, endCursor: string | null, hasNextPage: boolean, hasPreviousPage: boolean } } };

export type RevenueReportQueryVariables = Exact<{
  filter?: PeriodReportFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type RevenueReportQuery = { report: { asOf: string, edges: Array<{ node: { day: string, usage: { amount: string, currency: string }, fees: { amount: string, currency: string }, forfeited: { amount: string, currency: string }, total: { amount: string, currency: string } } }>, pageInfo: { startCursor: string | null, endCursor: string | null, hasNextPage: boolean, hasPreviousPage: boolean } } };

export type RechargesReportQueryVariables = Exact<{
  filter?: PartnerReportFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type RechargesReportQuery = { report: { asOf: string, edges: Array<{ node: { day: string, partnerId: string | null, partnerName: string | null, recharges: number, reversals: number, amount: { amount: string, currency: string }, discount: { amount: string, currency: string }, reversed: { amount: string, currency: string }, discountReturned: { amount: string, currency: string } } }>, pageInfo: { startCursor: string | null, endCursor: string | null, hasNextPage: boolean, hasPreviousPage: boolean } } };

export type UsageReportQueryVariables = Exact<{
  filter?: PartnerReportFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type UsageReportQuery = { report: { asOf: string, edges: Array<{ node: { day: string, destination: string, rateGroupId: string, rateGroupName: string, partnerId: string | null, partnerName: string | null, calls: number, answered: number, minutes: string, averageSeconds: string | null, answerRatioPercent: string | null, charge: { amount: string, currency: string } } }>, pageInfo: { startCursor: string | null, endCursor: string | null, hasNextPage: boolean, hasPreviousPage: boolean } } };

export type ExpiringCardsReportQueryVariables = Exact<{
  filter?: ExpiringCardsFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type ExpiringCardsReportQuery = { report: { asOf: string, edges: Array<{ node: { cardId: string, serial: string, state: CardState, validUntil: string, graceUntil: string | null, balance: { amount: string, currency: string } } }>, pageInfo: { startCursor: string | null, endCursor: string | null, hasNextPage: boolean, hasPreviousPage: boolean } } };

export type CardStatementReportQueryVariables = Exact<{
  filter: CardStatementFilter;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type CardStatementReportQuery = { report: { asOf: string, opening: { amount: string, currency: string }, closing: { amount: string, currency: string }, edges: Array<{ node: { kind: TransferKind, cardChange: { amount: string, currency: string } | null, cardBalanceAfter: { amount: string, currency: string } | null } }>, pageInfo: { startCursor: string | null, endCursor: string | null, hasNextPage: boolean, hasPreviousPage: boolean } } };

export type WalletStatementReportQueryVariables = Exact<{
  filter: WalletStatementFilter;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type WalletStatementReportQuery = { report: { asOf: string, opening: { amount: string, currency: string }, closing: { amount: string, currency: string }, edges: Array<{ node: { kind: TransferKind, walletChange: { amount: string, currency: string } | null, walletBalanceAfter: { amount: string, currency: string } | null } }>, pageInfo: { startCursor: string | null, endCursor: string | null, hasNextPage: boolean, hasPreviousPage: boolean } } };

export type FailedAuthenticationsReportQueryVariables = Exact<{
  filter?: FailureReportFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type FailedAuthenticationsReportQuery = { report: { asOf: string, edges: Array<{ node: { source: string, attempts: number, compared: number, firstAt: string, lastAt: string } }>, pageInfo: { startCursor: string | null, endCursor: string | null, hasNextPage: boolean, hasPreviousPage: boolean } } };

export type ExportReportMutationVariables = Exact<{
  report: ExportReportInput;
}>;


export type ExportReportMutation = { result:
    | { __typename: 'AmbiguousPhoneNumberError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'ExportReportPayload', download: { url: string, expiresAt: string } }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'InvalidPhoneNumberError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'NotAllowedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, retryable: boolean }
   };

export type GuessBudgetQueryVariables = Exact<{ [key: string]: never; }>;


export type GuessBudgetQuery = { guessBudget: { formats: Array<{ format: string, cards: number, possible: string, density: number }>, pin: { allowed: number, share: number, used: number, reserved: number, since: string, until: string, trippedAt: string | null }, voucher: { allowed: number, share: number, used: number, reserved: number, since: string, until: string, trippedAt: string | null }, serialAndPin: { allowed: number, share: number, used: number, reserved: number, since: string, until: string, trippedAt: string | null } } };

export type FailedAuthenticationsQueryVariables = Exact<{
  filter?: FailedAuthenticationFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type FailedAuthenticationsQuery = { failedAuthentications: { edges: Array<{ node: { reason: AuthenticationFailure, operation: PinOperation, attempts: number, minute: string, lastAt: string, callerNumber: string | null, accessNumber: string | null, credential: string, address: string, serial: string | null, card: { serial: string } | null } }>, pageInfo: { startCursor: string | null, endCursor: string | null, hasNextPage: boolean, hasPreviousPage: boolean } } };

export type SecurityAlertsQueryVariables = Exact<{
  filter?: SecurityAlertFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type SecurityAlertsQuery = { securityAlerts: { edges: Array<{ node: { kind: SecurityAlertKind, at: string, message: string, sourceKind: GuessSourceKind | null, source: string | null, credential: string | null, card: { serial: string } | null, partner: { id: string } | null } }>, pageInfo: { startCursor: string | null, endCursor: string | null, hasNextPage: boolean, hasPreviousPage: boolean } } };

export type SecurityAlertsRaisedSubscriptionVariables = Exact<{
  kinds?: Array<SecurityAlertKind> | SecurityAlertKind | null | undefined;
  after?: string | null | undefined;
}>;


export type SecurityAlertsRaisedSubscription = { securityAlerts: { cursor: string, alert: { kind: SecurityAlertKind, at: string, message: string, sourceKind: GuessSourceKind | null, source: string | null, credential: string | null, card: { serial: string } | null, partner: { id: string } | null } | null } };

export type AllowanceFieldsFragment = { allowed: number, share: number, used: number, reserved: number, since: string, until: string, trippedAt: string | null };

export type AlertFieldsFragment = { kind: SecurityAlertKind, at: string, message: string, sourceKind: GuessSourceKind | null, source: string | null, credential: string | null, card: { serial: string } | null, partner: { id: string } | null };

export type RevealPinMutationVariables = Exact<{
  input: RevealPinInput;
}>;


export type RevealPinMutation = { result:
    | { __typename: 'AmbiguousPhoneNumberError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'InvalidPhoneNumberError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'PinRevealsExhaustedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'RevealPinPayload', pin: string | null, request: { id: string, reason: string, requestedBy: string, expiresAt: string, approvedBy: string | null, revealedAt: string | null, card: { serial: string } | null, batch: { id: string } | null } }
   };

export type ApprovePinRevealMutationVariables = Exact<{
  id: string;
}>;


export type ApprovePinRevealMutation = { result:
    | { __typename: 'ApprovePinRevealPayload', request: { id: string, reason: string, requestedBy: string, expiresAt: string, approvedBy: string | null, revealedAt: string | null, card: { serial: string } | null, batch: { id: string } | null } }
    | { __typename: 'NotAllowedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, retryable: boolean }
   };

export type PinRevealsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type PinRevealsQuery = { pinReveals: { edges: Array<{ node: { id: string, reason: string, requestedBy: string, expiresAt: string, approvedBy: string | null, revealedAt: string | null, card: { serial: string } | null, batch: { id: string } | null } }>, pageInfo: { startCursor: string | null, endCursor: string | null, hasNextPage: boolean, hasPreviousPage: boolean } } };

export type PinRevealFieldsFragment = { id: string, reason: string, requestedBy: string, expiresAt: string, approvedBy: string | null, revealedAt: string | null, card: { serial: string } | null, batch: { id: string } | null };

export type ConfirmClockMutationVariables = Exact<{
  now: string;
}>;


export type ConfirmClockMutation = { result:
    | { __typename: 'ConfirmClockPayload', confirmedAt: string }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, retryable: boolean }
   };

export type RedeemVoucherMutationVariables = Exact<{
  input: RedeemVoucherInput;
}>;


export type RedeemVoucherMutation = { result:
    | { __typename: 'AmbiguousPhoneNumberError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'BalanceTooLargeError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'CardClosedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'CardDeactivatedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'CardInGraceError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'CardInactiveError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'CardNotRechargeableError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'CardReplacedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'CurrencyMismatchError', expected: string, given: string, code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'IdempotencyKeyReusedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'InvalidPhoneNumberError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'OverloadedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'RedeemVoucherPayload', balance: { amount: string, currency: string }, transfer: { id: string, kind: TransferKind, reason: string | null, createdAt: string, amount: { amount: string, currency: string }, cardChange: { amount: string, currency: string } | null, cardBalanceAfter: { amount: string, currency: string } | null, walletChange: { amount: string, currency: string } | null, walletBalanceAfter: { amount: string, currency: string } | null }, card: { id: string, serial: string, state: CardState, version: number, validUntil: string | null, graceUntil: string | null, firstUsedAt: string | null, balance: { amount: string, currency: string }, available: { amount: string, currency: string }, lock: { reason: LockReason, unlockAt: string | null } | null } }
    | { __typename: 'VoucherRefusedError', code: ErrorCode, message: string, retryable: boolean }
   };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const ApiKeyFieldsFragmentDoc = new TypedDocumentString(`
    fragment ApiKeyFields on ApiKey {
  id
  name
  role
  prefix
  scopes
  networks
  expiresAt
  revokedAt
  lastUse {
    at
    address
  }
  partner {
    id
  }
}
    `, {"fragmentName":"ApiKeyFields"}) as unknown as TypedDocumentString<ApiKeyFieldsFragment, unknown>;
export const AmountFragmentDoc = new TypedDocumentString(`
    fragment Amount on Money {
  amount
  currency
}
    `, {"fragmentName":"Amount"}) as unknown as TypedDocumentString<AmountFragment, unknown>;
export const CallFieldsFragmentDoc = new TypedDocumentString(`
    fragment CallFields on Call {
  id
  switchCallId
  state
  refusal
  number
  destination
  grantedSeconds
  usedSeconds
  held {
    ...Amount
  }
  charge {
    ...Amount
  }
  uncollected {
    ...Amount
  }
  terminating
  hangupCause
  expiresAt
  rating {
    prefix
    timeBand
    included
    pricePerMinute
    initialIncrement
    increment
    freeSeconds
  }
}
    fragment Amount on Money {
  amount
  currency
}`, {"fragmentName":"CallFields"}) as unknown as TypedDocumentString<CallFieldsFragment, unknown>;
export const GrantFieldsFragmentDoc = new TypedDocumentString(`
    fragment GrantFields on CallGrant {
  seconds
  limit
  final
}
    `, {"fragmentName":"GrantFields"}) as unknown as TypedDocumentString<GrantFieldsFragment, unknown>;
export const RefusalFragmentDoc = new TypedDocumentString(`
    fragment Refusal on Error {
  code
  message
  retryable
}
    `, {"fragmentName":"Refusal"}) as unknown as TypedDocumentString<RefusalFragment, unknown>;
export const CardFieldsFragmentDoc = new TypedDocumentString(`
    fragment CardFields on Card {
  id
  serial
  state
  version
  balance {
    ...Amount
  }
  available {
    ...Amount
  }
  validUntil
  graceUntil
  firstUsedAt
  lock {
    reason
    unlockAt
  }
}
    fragment Amount on Money {
  amount
  currency
}`, {"fragmentName":"CardFields"}) as unknown as TypedDocumentString<CardFieldsFragment, unknown>;
export const TransferFieldsFragmentDoc = new TypedDocumentString(`
    fragment TransferFields on Transfer {
  id
  kind
  reason
  createdAt
  amount {
    ...Amount
  }
  cardChange {
    ...Amount
  }
  cardBalanceAfter {
    ...Amount
  }
  walletChange {
    ...Amount
  }
  walletBalanceAfter {
    ...Amount
  }
}
    fragment Amount on Money {
  amount
  currency
}`, {"fragmentName":"TransferFields"}) as unknown as TypedDocumentString<TransferFieldsFragment, unknown>;
export const BatchFieldsFragmentDoc = new TypedDocumentString(`
    fragment BatchFields on CardBatch {
  id
  name
  type
  state
  quantity
  made
  language
  serialPrefix
  faceValue {
    ...Amount
  }
  firstUseFee {
    ...Amount
  }
  maintenanceFee {
    amount {
      ...Amount
    }
    everyDays
  }
  replacement {
    allowed
    fee {
      ...Amount
    }
  }
  partner {
    id
  }
}
    fragment Amount on Money {
  amount
  currency
}`, {"fragmentName":"BatchFields"}) as unknown as TypedDocumentString<BatchFieldsFragment, unknown>;
export const PageFieldsFragmentDoc = new TypedDocumentString(`
    fragment PageFields on PageInfo {
  startCursor
  endCursor
  hasNextPage
  hasPreviousPage
}
    `, {"fragmentName":"PageFields"}) as unknown as TypedDocumentString<PageFieldsFragment, unknown>;
export const TallyPartsFragmentDoc = new TypedDocumentString(`
    fragment TallyParts on CardImportTally {
  state
  count
  amount {
    amount
  }
}
    `, {"fragmentName":"TallyParts"}) as unknown as TypedDocumentString<TallyPartsFragment, unknown>;
export const TotalsPartsFragmentDoc = new TypedDocumentString(`
    fragment TotalsParts on CardImportTotals {
  file {
    ...TallyParts
  }
  taken {
    ...TallyParts
  }
  states {
    ...TallyParts
  }
  leftOut {
    ...TallyParts
  }
  overdrawn {
    ...TallyParts
  }
  expired {
    ...TallyParts
  }
  withFaceValue
  boundNumbers
  numbersLeft
}
    fragment TallyParts on CardImportTally {
  state
  count
  amount {
    amount
  }
}`, {"fragmentName":"TotalsParts"}) as unknown as TypedDocumentString<TotalsPartsFragment, unknown>;
export const ImportPartsFragmentDoc = new TypedDocumentString(`
    fragment ImportParts on CardImport {
  id
  state
  rowCount
  problemCount
  failure
  totals {
    ...TotalsParts
  }
  columns {
    head
    readAs
    ignoredAsRequested
    refused
  }
  cardBatch {
    id
    imported
    made
  }
}
    fragment TotalsParts on CardImportTotals {
  file {
    ...TallyParts
  }
  taken {
    ...TallyParts
  }
  states {
    ...TallyParts
  }
  leftOut {
    ...TallyParts
  }
  overdrawn {
    ...TallyParts
  }
  expired {
    ...TallyParts
  }
  withFaceValue
  boundNumbers
  numbersLeft
}
fragment TallyParts on CardImportTally {
  state
  count
  amount {
    amount
  }
}`, {"fragmentName":"ImportParts"}) as unknown as TypedDocumentString<ImportPartsFragment, unknown>;
export const CardVersionFieldsFragmentDoc = new TypedDocumentString(`
    fragment CardVersionFields on CardVersion {
  cardId
  serial
  version
  state
  balance {
    ...Amount
  }
  held {
    ...Amount
  }
  available {
    ...Amount
  }
  validUntil
  graceUntil
  lockReason
  unlockAt
}
    fragment Amount on Money {
  amount
  currency
}`, {"fragmentName":"CardVersionFields"}) as unknown as TypedDocumentString<CardVersionFieldsFragment, unknown>;
export const EventFieldsFragmentDoc = new TypedDocumentString(`
    fragment EventFields on Event {
  cursor
  at
  type
  actor {
    kind
    actorId
    name
  }
  serials {
    from
    to
    count
  }
  card {
    ...CardVersionFields
  }
  change {
    ...Amount
  }
  reason
}
    fragment Amount on Money {
  amount
  currency
}
fragment CardVersionFields on CardVersion {
  cardId
  serial
  version
  state
  balance {
    ...Amount
  }
  held {
    ...Amount
  }
  available {
    ...Amount
  }
  validUntil
  graceUntil
  lockReason
  unlockAt
}`, {"fragmentName":"EventFields"}) as unknown as TypedDocumentString<EventFieldsFragment, unknown>;
export const PartnerTermsFragmentDoc = new TypedDocumentString(`
    fragment PartnerTerms on Partner {
  id
  name
  balance {
    ...Amount
  }
  available {
    ...Amount
  }
  creditLimit {
    ...Amount
  }
  discountPercent
  dailyLimit {
    ...Amount
  }
  dailyCardLimit {
    ...Amount
  }
  allowedBatchIds
  allowedRateGroupIds
  suspendedAt
  parent {
    id
  }
}
    fragment Amount on Money {
  amount
  currency
}`, {"fragmentName":"PartnerTerms"}) as unknown as TypedDocumentString<PartnerTermsFragment, unknown>;
export const ChangedRateFieldsFragmentDoc = new TypedDocumentString(`
    fragment ChangedRateFields on Rate {
  prefix
  destination
  pricePerMinute
  initialIncrement
  increment
  effectiveFrom
  effectiveTo
  withdrawn
  barred
}
    `, {"fragmentName":"ChangedRateFields"}) as unknown as TypedDocumentString<ChangedRateFieldsFragment, unknown>;
export const BarFieldsFragmentDoc = new TypedDocumentString(`
    fragment BarFields on RateBarChange {
  prefix
  destination
  effectiveFrom
  pricePerMinute
  isPriced
}
    `, {"fragmentName":"BarFields"}) as unknown as TypedDocumentString<BarFieldsFragment, unknown>;
export const DifferenceFieldsFragmentDoc = new TypedDocumentString(`
    fragment DifferenceFields on RateDifference {
  added
  removed
  dearer
  cheaper
  mixed
  unchanged
  ineffective
  liftedBarCount
  liftedBars {
    ...BarFields
  }
  newlyBarredCount
  newlyBarred {
    ...BarFields
  }
  destinationCount
  destinations {
    destination
    added
    removed
    dearer
    cheaper
    lowestBefore
    highestAfter
  }
}
    fragment BarFields on RateBarChange {
  prefix
  destination
  effectiveFrom
  pricePerMinute
  isPriced
}`, {"fragmentName":"DifferenceFields"}) as unknown as TypedDocumentString<DifferenceFieldsFragment, unknown>;
export const LiftedBarsFieldsFragmentDoc = new TypedDocumentString(`
    fragment LiftedBarsFields on RateBarsLiftedError {
  prefixCount
  bars {
    ...BarFields
  }
}
    fragment BarFields on RateBarChange {
  prefix
  destination
  effectiveFrom
  pricePerMinute
  isPriced
}`, {"fragmentName":"LiftedBarsFields"}) as unknown as TypedDocumentString<LiftedBarsFieldsFragment, unknown>;
export const RefusedDeckFieldsFragmentDoc = new TypedDocumentString(`
    fragment RefusedDeckFields on RateDeckRefusedError {
  problemCount
  rowCount
  problems {
    line
    column
    value
    code
    problem: message
  }
}
    `, {"fragmentName":"RefusedDeckFields"}) as unknown as TypedDocumentString<RefusedDeckFieldsFragment, unknown>;
export const AllowanceFieldsFragmentDoc = new TypedDocumentString(`
    fragment AllowanceFields on GuessAllowance {
  allowed
  share
  used
  reserved
  since
  until
  trippedAt
}
    `, {"fragmentName":"AllowanceFields"}) as unknown as TypedDocumentString<AllowanceFieldsFragment, unknown>;
export const AlertFieldsFragmentDoc = new TypedDocumentString(`
    fragment AlertFields on SecurityAlert {
  kind
  at
  message
  sourceKind
  source
  credential
  card {
    serial
  }
  partner {
    id
  }
}
    `, {"fragmentName":"AlertFields"}) as unknown as TypedDocumentString<AlertFieldsFragment, unknown>;
export const PinRevealFieldsFragmentDoc = new TypedDocumentString(`
    fragment PinRevealFields on PinReveal {
  id
  reason
  requestedBy
  expiresAt
  approvedBy
  revealedAt
  card {
    serial
  }
  batch {
    id
  }
}
    `, {"fragmentName":"PinRevealFields"}) as unknown as TypedDocumentString<PinRevealFieldsFragment, unknown>;
export const ApiKeysDocument = new TypedDocumentString(`
    query ApiKeys($first: Int, $after: String) {
  apiKeys(first: $first, after: $after) {
    edges {
      cursor
      node {
        ...ApiKeyFields
      }
    }
    pageInfo {
      ...PageFields
    }
  }
}
    fragment ApiKeyFields on ApiKey {
  id
  name
  role
  prefix
  scopes
  networks
  expiresAt
  revokedAt
  lastUse {
    at
    address
  }
  partner {
    id
  }
}
fragment PageFields on PageInfo {
  startCursor
  endCursor
  hasNextPage
  hasPreviousPage
}`) as unknown as TypedDocumentString<ApiKeysQuery, ApiKeysQueryVariables>;
export const OwnCardDocument = new TypedDocumentString(`
    query OwnCard {
  viewer {
    name
    role
    card {
      id
      serial
      state
      balance {
        ...Amount
      }
      statement(first: 10) {
        edges {
          node {
            id
            kind
            cardBalanceAfter {
              ...Amount
            }
          }
        }
      }
      calls(first: 10) {
        edges {
          node {
            id
            state
          }
        }
      }
    }
  }
}
    fragment Amount on Money {
  amount
  currency
}`) as unknown as TypedDocumentString<OwnCardQuery, OwnCardQueryVariables>;
export const RotateApiKeyDocument = new TypedDocumentString(`
    mutation RotateApiKey($id: ID!, $overlapSeconds: Int! = 86400) {
  result: rotateApiKey(id: $id, overlapSeconds: $overlapSeconds) {
    __typename
    ... on RotateApiKeyPayload {
      secret
      apiKey {
        ...ApiKeyFields
      }
    }
    ...Refusal
  }
}
    fragment ApiKeyFields on ApiKey {
  id
  name
  role
  prefix
  scopes
  networks
  expiresAt
  revokedAt
  lastUse {
    at
    address
  }
  partner {
    id
  }
}
fragment Refusal on Error {
  code
  message
  retryable
}`) as unknown as TypedDocumentString<RotateApiKeyMutation, RotateApiKeyMutationVariables>;
export const RevokeApiKeyDocument = new TypedDocumentString(`
    mutation RevokeApiKey($id: ID!) {
  result: revokeApiKey(id: $id) {
    __typename
    ... on RevokeApiKeyPayload {
      apiKey {
        ...ApiKeyFields
      }
    }
    ...Refusal
  }
}
    fragment ApiKeyFields on ApiKey {
  id
  name
  role
  prefix
  scopes
  networks
  expiresAt
  revokedAt
  lastUse {
    at
    address
  }
  partner {
    id
  }
}
fragment Refusal on Error {
  code
  message
  retryable
}`) as unknown as TypedDocumentString<RevokeApiKeyMutation, RevokeApiKeyMutationVariables>;
export const AuditLogDocument = new TypedDocumentString(`
    query AuditLog($filter: AuditFilter, $first: Int, $after: String) {
  auditLog(filter: $filter, first: $first, after: $after) {
    edges {
      cursor
      node {
        id
        at
        actorId
        role
        keyPrefix
        operation
        address
        requestId
        objectType
        objectId
        outcome
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<AuditLogQuery, AuditLogQueryVariables>;
export const ExportAuditLogDocument = new TypedDocumentString(`
    mutation ExportAuditLog($filter: AuditFilter) {
  result: exportAuditLog(filter: $filter) {
    __typename
    ... on ExportAuditLogPayload {
      download {
        url
        expiresAt
      }
    }
    ... on Error {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<ExportAuditLogMutation, ExportAuditLogMutationVariables>;
export const EraseNumberDocument = new TypedDocumentString(`
    mutation EraseNumber($number: PhoneNumber!, $country: String) {
  result: eraseNumber(number: $number, country: $country) {
    __typename
    ... on EraseNumberPayload {
      mask
      unbound
      calls
      events
      answers
    }
    ... on Error {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<EraseNumberMutation, EraseNumberMutationVariables>;
export const CardBatchDocument = new TypedDocumentString(`
    query CardBatch($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {
  node(id: $id) {
    ... on CardBatch {
      ...BatchFields
      failure
      startedAt
      finishedAt
      cards(first: $first, after: $after, last: $last, before: $before) {
        edges {
          cursor
          node {
            id
            serial
            state
          }
        }
        pageInfo {
          ...PageFields
        }
      }
    }
  }
}
    fragment Amount on Money {
  amount
  currency
}
fragment BatchFields on CardBatch {
  id
  name
  type
  state
  quantity
  made
  language
  serialPrefix
  faceValue {
    ...Amount
  }
  firstUseFee {
    ...Amount
  }
  maintenanceFee {
    amount {
      ...Amount
    }
    everyDays
  }
  replacement {
    allowed
    fee {
      ...Amount
    }
  }
  partner {
    id
  }
}
fragment PageFields on PageInfo {
  startCursor
  endCursor
  hasNextPage
  hasPreviousPage
}`) as unknown as TypedDocumentString<CardBatchQuery, CardBatchQueryVariables>;
export const CardBatchesDocument = new TypedDocumentString(`
    query CardBatches($first: Int, $after: String) {
  cardBatches(first: $first, after: $after) {
    edges {
      cursor
      node {
        ...BatchFields
      }
    }
    pageInfo {
      ...PageFields
    }
  }
}
    fragment Amount on Money {
  amount
  currency
}
fragment BatchFields on CardBatch {
  id
  name
  type
  state
  quantity
  made
  language
  serialPrefix
  faceValue {
    ...Amount
  }
  firstUseFee {
    ...Amount
  }
  maintenanceFee {
    amount {
      ...Amount
    }
    everyDays
  }
  replacement {
    allowed
    fee {
      ...Amount
    }
  }
  partner {
    id
  }
}
fragment PageFields on PageInfo {
  startCursor
  endCursor
  hasNextPage
  hasPreviousPage
}`) as unknown as TypedDocumentString<CardBatchesQuery, CardBatchesQueryVariables>;
export const CreateCardBatchDocument = new TypedDocumentString(`
    mutation CreateCardBatch($input: CreateCardBatchInput!) {
  result: createCardBatch(input: $input) {
    __typename
    ... on CreateCardBatchPayload {
      cardBatch {
        ...BatchFields
      }
    }
    ... on PinFormatTooDenseError {
      issued
      possible
      lengthNeeded
    }
    ... on InvalidInputError {
      field
    }
    ...Refusal
  }
}
    fragment Amount on Money {
  amount
  currency
}
fragment Refusal on Error {
  code
  message
  retryable
}
fragment BatchFields on CardBatch {
  id
  name
  type
  state
  quantity
  made
  language
  serialPrefix
  faceValue {
    ...Amount
  }
  firstUseFee {
    ...Amount
  }
  maintenanceFee {
    amount {
      ...Amount
    }
    everyDays
  }
  replacement {
    allowed
    fee {
      ...Amount
    }
  }
  partner {
    id
  }
}`) as unknown as TypedDocumentString<CreateCardBatchMutation, CreateCardBatchMutationVariables>;
export const CancelCardBatchDocument = new TypedDocumentString(`
    mutation CancelCardBatch($id: ID!) {
  result: cancelCardBatch(id: $id) {
    __typename
    ... on CancelCardBatchPayload {
      cardBatch {
        ...BatchFields
      }
    }
    ...Refusal
  }
}
    fragment Amount on Money {
  amount
  currency
}
fragment Refusal on Error {
  code
  message
  retryable
}
fragment BatchFields on CardBatch {
  id
  name
  type
  state
  quantity
  made
  language
  serialPrefix
  faceValue {
    ...Amount
  }
  firstUseFee {
    ...Amount
  }
  maintenanceFee {
    amount {
      ...Amount
    }
    everyDays
  }
  replacement {
    allowed
    fee {
      ...Amount
    }
  }
  partner {
    id
  }
}`) as unknown as TypedDocumentString<CancelCardBatchMutation, CancelCardBatchMutationVariables>;
export const RemoveCardBatchDocument = new TypedDocumentString(`
    mutation RemoveCardBatch($id: ID!) {
  result: removeCardBatch(id: $id) {
    __typename
    ... on RemoveCardBatchPayload {
      name
    }
    ... on BatchInUseError {
      cards
      imports
      partners
    }
    ...Refusal
  }
}
    fragment Refusal on Error {
  code
  message
  retryable
}`) as unknown as TypedDocumentString<RemoveCardBatchMutation, RemoveCardBatchMutationVariables>;
export const ExportCardBatchDocument = new TypedDocumentString(`
    mutation ExportCardBatch($id: ID!, $reason: String) {
  result: exportCardBatch(id: $id, reason: $reason) {
    __typename
    ... on ExportCardBatchPayload {
      download {
        url
        expiresAt
      }
      request {
        ...PinRevealFields
      }
    }
    ...Refusal
  }
}
    fragment Refusal on Error {
  code
  message
  retryable
}
fragment PinRevealFields on PinReveal {
  id
  reason
  requestedBy
  expiresAt
  approvedBy
  revealedAt
  card {
    serial
  }
  batch {
    id
  }
}`) as unknown as TypedDocumentString<ExportCardBatchMutation, ExportCardBatchMutationVariables>;
export const UpdateCardBatchDocument = new TypedDocumentString(`
    mutation UpdateCardBatch($input: UpdateCardBatchInput!) {
  result: updateCardBatch(input: $input) {
    __typename
    ... on UpdateCardBatchPayload {
      cardBatch {
        id
        name
        lowBalanceThreshold {
          ...Amount
        }
      }
    }
    ...Refusal
  }
}
    fragment Amount on Money {
  amount
  currency
}
fragment Refusal on Error {
  code
  message
  retryable
}`) as unknown as TypedDocumentString<UpdateCardBatchMutation, UpdateCardBatchMutationVariables>;
export const BindNumberDocument = new TypedDocumentString(`
    mutation BindNumber($input: BindNumberInput!) {
  result: bindNumber(input: $input) {
    __typename
    ... on BindNumberPayload {
      number
      card {
        id
      }
    }
    ... on NumberAlreadyBoundError {
      sameCard
    }
    ...Refusal
  }
}
    fragment Refusal on Error {
  code
  message
  retryable
}`) as unknown as TypedDocumentString<BindNumberMutation, BindNumberMutationVariables>;
export const UnbindNumberDocument = new TypedDocumentString(`
    mutation UnbindNumber($input: UnbindNumberInput!) {
  result: unbindNumber(input: $input) {
    __typename
    ... on UnbindNumberPayload {
      number
      card {
        id
      }
    }
    ...Refusal
  }
}
    fragment Refusal on Error {
  code
  message
  retryable
}`) as unknown as TypedDocumentString<UnbindNumberMutation, UnbindNumberMutationVariables>;
export const MoveNumberDocument = new TypedDocumentString(`
    mutation MoveNumber($input: MoveNumberInput!) {
  result: moveNumber(input: $input) {
    __typename
    ... on MoveNumberPayload {
      number
      card {
        id
      }
    }
    ... on NumberAlreadyBoundError {
      sameCard
    }
    ...Refusal
  }
}
    fragment Refusal on Error {
  code
  message
  retryable
}`) as unknown as TypedDocumentString<MoveNumberMutation, MoveNumberMutationVariables>;
export const NumberBindingsDocument = new TypedDocumentString(`
    query NumberBindings($cardId: ID, $first: Int, $after: String, $last: Int, $before: String) {
  numberBindings(
    cardId: $cardId
    first: $first
    after: $after
    last: $last
    before: $before
  ) {
    edges {
      cursor
      node {
        number
        createdAt
        card {
          id
          serial
        }
      }
    }
    pageInfo {
      ...PageFields
    }
  }
}
    fragment PageFields on PageInfo {
  startCursor
  endCursor
  hasNextPage
  hasPreviousPage
}`) as unknown as TypedDocumentString<NumberBindingsQuery, NumberBindingsQueryVariables>;
export const AuthorizeCallDocument = new TypedDocumentString(`
    mutation AuthorizeCall($input: AuthorizeCallInput!) {
  result: authorizeCall(input: $input) {
    __typename
    ... on AuthorizeCallPayload {
      call {
        ...CallFields
      }
      grant {
        ...GrantFields
      }
      balance {
        ...Amount
      }
    }
    ... on CallRefusedError {
      reason
    }
    ...Refusal
  }
}
    fragment CallFields on Call {
  id
  switchCallId
  state
  refusal
  number
  destination
  grantedSeconds
  usedSeconds
  held {
    ...Amount
  }
  charge {
    ...Amount
  }
  uncollected {
    ...Amount
  }
  terminating
  hangupCause
  expiresAt
  rating {
    prefix
    timeBand
    included
    pricePerMinute
    initialIncrement
    increment
    freeSeconds
  }
}
fragment GrantFields on CallGrant {
  seconds
  limit
  final
}
fragment Amount on Money {
  amount
  currency
}
fragment Refusal on Error {
  code
  message
  retryable
}`) as unknown as TypedDocumentString<AuthorizeCallMutation, AuthorizeCallMutationVariables>;
export const ExtendCallDocument = new TypedDocumentString(`
    mutation ExtendCall($input: ExtendCallInput!) {
  result: extendCall(input: $input) {
    __typename
    ... on ExtendCallPayload {
      call {
        ...CallFields
      }
      grant {
        ...GrantFields
      }
      balance {
        ...Amount
      }
    }
    ...Refusal
  }
}
    fragment CallFields on Call {
  id
  switchCallId
  state
  refusal
  number
  destination
  grantedSeconds
  usedSeconds
  held {
    ...Amount
  }
  charge {
    ...Amount
  }
  uncollected {
    ...Amount
  }
  terminating
  hangupCause
  expiresAt
  rating {
    prefix
    timeBand
    included
    pricePerMinute
    initialIncrement
    increment
    freeSeconds
  }
}
fragment GrantFields on CallGrant {
  seconds
  limit
  final
}
fragment Amount on Money {
  amount
  currency
}
fragment Refusal on Error {
  code
  message
  retryable
}`) as unknown as TypedDocumentString<ExtendCallMutation, ExtendCallMutationVariables>;
export const CompleteCallDocument = new TypedDocumentString(`
    mutation CompleteCall($input: CompleteCallInput!) {
  result: completeCall(input: $input) {
    __typename
    ... on CompleteCallPayload {
      call {
        ...CallFields
      }
      grant {
        ...GrantFields
      }
      balance {
        ...Amount
      }
    }
    ... on CallEndedError {
      state
    }
    ...Refusal
  }
}
    fragment CallFields on Call {
  id
  switchCallId
  state
  refusal
  number
  destination
  grantedSeconds
  usedSeconds
  held {
    ...Amount
  }
  charge {
    ...Amount
  }
  uncollected {
    ...Amount
  }
  terminating
  hangupCause
  expiresAt
  rating {
    prefix
    timeBand
    included
    pricePerMinute
    initialIncrement
    increment
    freeSeconds
  }
}
fragment GrantFields on CallGrant {
  seconds
  limit
  final
}
fragment Amount on Money {
  amount
  currency
}
fragment Refusal on Error {
  code
  message
  retryable
}`) as unknown as TypedDocumentString<CompleteCallMutation, CompleteCallMutationVariables>;
export const CancelCallDocument = new TypedDocumentString(`
    mutation CancelCall($switchCallId: ID!) {
  result: cancelCall(switchCallId: $switchCallId) {
    __typename
    ... on CancelCallPayload {
      call {
        ...CallFields
      }
      grant {
        ...GrantFields
      }
      balance {
        ...Amount
      }
    }
    ... on CallEndedError {
      state
    }
    ...Refusal
  }
}
    fragment CallFields on Call {
  id
  switchCallId
  state
  refusal
  number
  destination
  grantedSeconds
  usedSeconds
  held {
    ...Amount
  }
  charge {
    ...Amount
  }
  uncollected {
    ...Amount
  }
  terminating
  hangupCause
  expiresAt
  rating {
    prefix
    timeBand
    included
    pricePerMinute
    initialIncrement
    increment
    freeSeconds
  }
}
fragment GrantFields on CallGrant {
  seconds
  limit
  final
}
fragment Amount on Money {
  amount
  currency
}
fragment Refusal on Error {
  code
  message
  retryable
}`) as unknown as TypedDocumentString<CancelCallMutation, CancelCallMutationVariables>;
export const TerminateCallDocument = new TypedDocumentString(`
    mutation TerminateCall($callId: ID!) {
  result: terminateCall(callId: $callId) {
    __typename
    ... on TerminateCallPayload {
      call {
        ...CallFields
      }
    }
    ... on CallEndedError {
      state
    }
    ...Refusal
  }
}
    fragment CallFields on Call {
  id
  switchCallId
  state
  refusal
  number
  destination
  grantedSeconds
  usedSeconds
  held {
    ...Amount
  }
  charge {
    ...Amount
  }
  uncollected {
    ...Amount
  }
  terminating
  hangupCause
  expiresAt
  rating {
    prefix
    timeBand
    included
    pricePerMinute
    initialIncrement
    increment
    freeSeconds
  }
}
fragment Amount on Money {
  amount
  currency
}
fragment Refusal on Error {
  code
  message
  retryable
}`) as unknown as TypedDocumentString<TerminateCallMutation, TerminateCallMutationVariables>;
export const ReportCallsDocument = new TypedDocumentString(`
    mutation ReportCalls($reports: [CallReport!]!) {
  result: reportCalls(reports: $reports) {
    __typename
    ... on ReportCallsPayload {
      outcomes {
        switchCallId
        result {
          __typename
          ... on ReportedCall {
            call {
              ...CallFields
            }
            grant {
              ...GrantFields
            }
            balance {
              ...Amount
            }
          }
          ...Refusal
        }
      }
    }
    ...Refusal
  }
}
    fragment CallFields on Call {
  id
  switchCallId
  state
  refusal
  number
  destination
  grantedSeconds
  usedSeconds
  held {
    ...Amount
  }
  charge {
    ...Amount
  }
  uncollected {
    ...Amount
  }
  terminating
  hangupCause
  expiresAt
  rating {
    prefix
    timeBand
    included
    pricePerMinute
    initialIncrement
    increment
    freeSeconds
  }
}
fragment GrantFields on CallGrant {
  seconds
  limit
  final
}
fragment Amount on Money {
  amount
  currency
}
fragment Refusal on Error {
  code
  message
  retryable
}`) as unknown as TypedDocumentString<ReportCallsMutation, ReportCallsMutationVariables>;
export const SetCallTermsDocument = new TypedDocumentString(`
    mutation SetCallTerms($input: SetCallTermsInput!) {
  result: setCallTerms(input: $input) {
    __typename
    ... on SetCallTermsPayload {
      rateGroup {
        id
        version
        callTerms {
          timeZone
          sliceSeconds
          freeSeconds
          minimumCharge {
            ...Amount
          }
          maxCharge {
            ...Amount
          }
          maxSeconds
          blockedPrefixes
          surcharges {
            accessNumber
            pricePerMinute
            connectionFee {
              ...Amount
            }
          }
          timeBands {
            name
            weekdays
            fromMinute
            toMinute
            percent
          }
        }
      }
    }
    ...Refusal
  }
}
    fragment Amount on Money {
  amount
  currency
}
fragment Refusal on Error {
  code
  message
  retryable
}`) as unknown as TypedDocumentString<SetCallTermsMutation, SetCallTermsMutationVariables>;
export const CallDocument = new TypedDocumentString(`
    query Call($switchCallId: ID!) {
  call(switchCallId: $switchCallId) {
    ...CallFields
    transfers(first: 10) {
      edges {
        node {
          kind
          amount {
            ...Amount
          }
        }
      }
    }
  }
}
    fragment CallFields on Call {
  id
  switchCallId
  state
  refusal
  number
  destination
  grantedSeconds
  usedSeconds
  held {
    ...Amount
  }
  charge {
    ...Amount
  }
  uncollected {
    ...Amount
  }
  terminating
  hangupCause
  expiresAt
  rating {
    prefix
    timeBand
    included
    pricePerMinute
    initialIncrement
    increment
    freeSeconds
  }
}
fragment Amount on Money {
  amount
  currency
}`) as unknown as TypedDocumentString<CallQuery, CallQueryVariables>;
export const CallsDocument = new TypedDocumentString(`
    query Calls($filter: CallFilter, $first: Int, $after: String) {
  calls(filter: $filter, first: $first, after: $after) {
    edges {
      cursor
      node {
        ...CallFields
      }
    }
    pageInfo {
      ...PageFields
    }
  }
}
    fragment CallFields on Call {
  id
  switchCallId
  state
  refusal
  number
  destination
  grantedSeconds
  usedSeconds
  held {
    ...Amount
  }
  charge {
    ...Amount
  }
  uncollected {
    ...Amount
  }
  terminating
  hangupCause
  expiresAt
  rating {
    prefix
    timeBand
    included
    pricePerMinute
    initialIncrement
    increment
    freeSeconds
  }
}
fragment Amount on Money {
  amount
  currency
}
fragment PageFields on PageInfo {
  startCursor
  endCursor
  hasNextPage
  hasPreviousPage
}`) as unknown as TypedDocumentString<CallsQuery, CallsQueryVariables>;
export const ActiveCallsDocument = new TypedDocumentString(`
    query ActiveCalls($first: Int, $after: String) {
  activeCalls(first: $first, after: $after) {
    edges {
      node {
        ...CallFields
      }
    }
    pageInfo {
      ...PageFields
    }
  }
}
    fragment CallFields on Call {
  id
  switchCallId
  state
  refusal
  number
  destination
  grantedSeconds
  usedSeconds
  held {
    ...Amount
  }
  charge {
    ...Amount
  }
  uncollected {
    ...Amount
  }
  terminating
  hangupCause
  expiresAt
  rating {
    prefix
    timeBand
    included
    pricePerMinute
    initialIncrement
    increment
    freeSeconds
  }
}
fragment Amount on Money {
  amount
  currency
}
fragment PageFields on PageInfo {
  startCursor
  endCursor
  hasNextPage
  hasPreviousPage
}`) as unknown as TypedDocumentString<ActiveCallsQuery, ActiveCallsQueryVariables>;
export const CallActivityDocument = new TypedDocumentString(`
    subscription CallActivity($cardIds: [ID!], $batchId: ID, $partnerId: ID, $after: Cursor) {
  callActivity(
    cardIds: $cardIds
    batchId: $batchId
    partnerId: $partnerId
    after: $after
  ) {
    cursor
    type
    switchCallId
    state
    destination
    refusal
    grantedSeconds
    limit
    usedSeconds
    charge {
      ...Amount
    }
  }
}
    fragment Amount on Money {
  amount
  currency
}`) as unknown as TypedDocumentString<CallActivitySubscription, CallActivitySubscriptionVariables>;
export const CardDocument = new TypedDocumentString(`
    query Card($by: CardReference!, $transfers: Int = 10, $after: String) {
  card(by: $by) {
    ...CardFields
    partner {
      id
    }
    replacedBy {
      id
    }
    replaces {
      id
    }
    statement(first: $transfers, after: $after) {
      edges {
        node {
          ...TransferFields
        }
      }
      pageInfo {
        ...PageFields
      }
    }
    numberBindings(first: 10) {
      edges {
        node {
          number
        }
      }
    }
  }
}
    fragment Amount on Money {
  amount
  currency
}
fragment CardFields on Card {
  id
  serial
  state
  version
  balance {
    ...Amount
  }
  available {
    ...Amount
  }
  validUntil
  graceUntil
  firstUsedAt
  lock {
    reason
    unlockAt
  }
}
fragment TransferFields on Transfer {
  id
  kind
  reason
  createdAt
  amount {
    ...Amount
  }
  cardChange {
    ...Amount
  }
  cardBalanceAfter {
    ...Amount
  }
  walletChange {
    ...Amount
  }
  walletBalanceAfter {
    ...Amount
  }
}
fragment PageFields on PageInfo {
  startCursor
  endCursor
  hasNextPage
  hasPreviousPage
}`) as unknown as TypedDocumentString<CardQuery, CardQueryVariables>;
export const CardHistoryDocument = new TypedDocumentString(`
    query CardHistory($by: CardReference!, $first: Int, $after: String) {
  card(by: $by) {
    events(first: $first, after: $after) {
      edges {
        cursor
        node {
          type
          at
          reason
          change {
            ...Amount
          }
          balance {
            ...Amount
          }
        }
      }
      pageInfo {
        ...PageFields
      }
    }
  }
}
    fragment Amount on Money {
  amount
  currency
}
fragment PageFields on PageInfo {
  startCursor
  endCursor
  hasNextPage
  hasPreviousPage
}`) as unknown as TypedDocumentString<CardHistoryQuery, CardHistoryQueryVariables>;
export const CardsDocument = new TypedDocumentString(`
    query Cards($filter: CardFilter, $orderBy: CardOrder! = SERIAL_ASC, $first: Int, $after: String, $last: Int, $before: String) {
  cards(
    filter: $filter
    orderBy: $orderBy
    first: $first
    after: $after
    last: $last
    before: $before
  ) {
    edges {
      cursor
      node {
        ...CardFields
      }
    }
    pageInfo {
      ...PageFields
    }
  }
}
    fragment Amount on Money {
  amount
  currency
}
fragment CardFields on Card {
  id
  serial
  state
  version
  balance {
    ...Amount
  }
  available {
    ...Amount
  }
  validUntil
  graceUntil
  firstUsedAt
  lock {
    reason
    unlockAt
  }
}
fragment PageFields on PageInfo {
  startCursor
  endCursor
  hasNextPage
  hasPreviousPage
}`) as unknown as TypedDocumentString<CardsQuery, CardsQueryVariables>;
export const CardScreenDocument = new TypedDocumentString(`
    query CardScreen($filter: CardFilter, $first: Int!, $transfers: Int!) {
  cards(filter: $filter, first: $first) {
    edges {
      node {
        ...CardFields
        batch {
          name
          rateGroup {
            name
          }
        }
        partner {
          name
        }
        numberBindings(first: 5) {
          edges {
            node {
              number
            }
          }
        }
        statement(first: $transfers) {
          edges {
            node {
              ...TransferFields
            }
          }
        }
      }
    }
  }
}
    fragment Amount on Money {
  amount
  currency
}
fragment CardFields on Card {
  id
  serial
  state
  version
  balance {
    ...Amount
  }
  available {
    ...Amount
  }
  validUntil
  graceUntil
  firstUsedAt
  lock {
    reason
    unlockAt
  }
}
fragment TransferFields on Transfer {
  id
  kind
  reason
  createdAt
  amount {
    ...Amount
  }
  cardChange {
    ...Amount
  }
  cardBalanceAfter {
    ...Amount
  }
  walletChange {
    ...Amount
  }
  walletBalanceAfter {
    ...Amount
  }
}`) as unknown as TypedDocumentString<CardScreenQuery, CardScreenQueryVariables>;
export const ActivateCardsDocument = new TypedDocumentString(`
    mutation ActivateCards($cards: CardSelection!) {
  result: activateCards(cards: $cards) {
    __typename
    ... on ActivateCardsPayload {
      activated
      refused
      refusals {
        serial
        error {
          ...Refusal
        }
      }
    }
    ...Refusal
  }
}
    fragment Refusal on Error {
  code
  message
  retryable
}`) as unknown as TypedDocumentString<ActivateCardsMutation, ActivateCardsMutationVariables>;
export const DeactivateCardsDocument = new TypedDocumentString(`
    mutation DeactivateCards($cards: CardSelection!) {
  result: deactivateCards(cards: $cards) {
    __typename
    ... on DeactivateCardsPayload {
      deactivated
      refused
      refusals {
        serial
        error {
          ...Refusal
        }
      }
    }
    ...Refusal
  }
}
    fragment Refusal on Error {
  code
  message
  retryable
}`) as unknown as TypedDocumentString<DeactivateCardsMutation, DeactivateCardsMutationVariables>;
export const LockCardDocument = new TypedDocumentString(`
    mutation LockCard($input: LockCardInput!) {
  result: lockCard(input: $input) {
    __typename
    ... on LockCardPayload {
      card {
        ...CardFields
      }
    }
    ...Refusal
  }
}
    fragment Amount on Money {
  amount
  currency
}
fragment Refusal on Error {
  code
  message
  retryable
}
fragment CardFields on Card {
  id
  serial
  state
  version
  balance {
    ...Amount
  }
  available {
    ...Amount
  }
  validUntil
  graceUntil
  firstUsedAt
  lock {
    reason
    unlockAt
  }
}`) as unknown as TypedDocumentString<LockCardMutation, LockCardMutationVariables>;
export const UnlockCardDocument = new TypedDocumentString(`
    mutation UnlockCard($input: UnlockCardInput!) {
  result: unlockCard(input: $input) {
    __typename
    ... on UnlockCardPayload {
      card {
        ...CardFields
      }
    }
    ...Refusal
  }
}
    fragment Amount on Money {
  amount
  currency
}
fragment Refusal on Error {
  code
  message
  retryable
}
fragment CardFields on Card {
  id
  serial
  state
  version
  balance {
    ...Amount
  }
  available {
    ...Amount
  }
  validUntil
  graceUntil
  firstUsedAt
  lock {
    reason
    unlockAt
  }
}`) as unknown as TypedDocumentString<UnlockCardMutation, UnlockCardMutationVariables>;
export const AdjustCardBalanceDocument = new TypedDocumentString(`
    mutation AdjustCardBalance($input: AdjustCardBalanceInput!) {
  result: adjustCardBalance(input: $input) {
    __typename
    ... on AdjustCardBalancePayload {
      balance {
        ...Amount
      }
      transfer {
        ...TransferFields
      }
      card {
        ...CardFields
      }
    }
    ... on InsufficientBalanceError {
      available
      currency
    }
    ...Refusal
  }
}
    fragment Amount on Money {
  amount
  currency
}
fragment Refusal on Error {
  code
  message
  retryable
}
fragment CardFields on Card {
  id
  serial
  state
  version
  balance {
    ...Amount
  }
  available {
    ...Amount
  }
  validUntil
  graceUntil
  firstUsedAt
  lock {
    reason
    unlockAt
  }
}
fragment TransferFields on Transfer {
  id
  kind
  reason
  createdAt
  amount {
    ...Amount
  }
  cardChange {
    ...Amount
  }
  cardBalanceAfter {
    ...Amount
  }
  walletChange {
    ...Amount
  }
  walletBalanceAfter {
    ...Amount
  }
}`) as unknown as TypedDocumentString<AdjustCardBalanceMutation, AdjustCardBalanceMutationVariables>;
export const AuthenticateCardDocument = new TypedDocumentString(`
    mutation AuthenticateCard($input: AuthenticateCardInput!) {
  result: authenticateCard(input: $input) {
    __typename
    ... on AuthenticateCardPayload {
      state
      language
      token
      remainingSeconds
      balance {
        ...Amount
      }
      card {
        ...CardFields
      }
    }
    ...Refusal
  }
}
    fragment Amount on Money {
  amount
  currency
}
fragment Refusal on Error {
  code
  message
  retryable
}
fragment CardFields on Card {
  id
  serial
  state
  version
  balance {
    ...Amount
  }
  available {
    ...Amount
  }
  validUntil
  graceUntil
  firstUsedAt
  lock {
    reason
    unlockAt
  }
}`) as unknown as TypedDocumentString<AuthenticateCardMutation, AuthenticateCardMutationVariables>;
export const ChangeCardsDocument = new TypedDocumentString(`
    mutation ChangeCards($input: ChangeCardsInput!) {
  result: changeCards(input: $input) {
    __typename
    ... on ChangeCardsPayload {
      changed
      refused
      outcomes {
        key
        result {
          __typename
          ... on ChangedCard {
            cardId
            serial
            state
          }
          ...Refusal
        }
      }
    }
    ...Refusal
  }
}
    fragment Refusal on Error {
  code
  message
  retryable
}`) as unknown as TypedDocumentString<ChangeCardsMutation, ChangeCardsMutationVariables>;
export const ReopenCardDocument = new TypedDocumentString(`
    mutation ReopenCard($input: ReopenCardInput!) {
  result: reopenCard(input: $input) {
    __typename
    ... on ReopenCardPayload {
      card {
        ...CardFields
      }
    }
    ...Refusal
  }
}
    fragment Amount on Money {
  amount
  currency
}
fragment Refusal on Error {
  code
  message
  retryable
}
fragment CardFields on Card {
  id
  serial
  state
  version
  balance {
    ...Amount
  }
  available {
    ...Amount
  }
  validUntil
  graceUntil
  firstUsedAt
  lock {
    reason
    unlockAt
  }
}`) as unknown as TypedDocumentString<ReopenCardMutation, ReopenCardMutationVariables>;
export const CreateCardUploadDocument = new TypedDocumentString(`
    mutation CreateCardUpload {
  result: createCardUpload {
    __typename
    ... on CreateCardUploadPayload {
      upload {
        id
        url
      }
    }
    ...Refusal
  }
}
    fragment Refusal on Error {
  code
  message
  retryable
}`) as unknown as TypedDocumentString<CreateCardUploadMutation, CreateCardUploadMutationVariables>;
export const ImportCardsDocument = new TypedDocumentString(`
    mutation ImportCards($input: ImportCardsInput!) {
  result: importCards(input: $input) {
    __typename
    ... on ImportCardsPayload {
      cardImport {
        ...ImportParts
      }
    }
    ... on Error {
      code
      message
    }
  }
}
    fragment ImportParts on CardImport {
  id
  state
  rowCount
  problemCount
  failure
  totals {
    ...TotalsParts
  }
  columns {
    head
    readAs
    ignoredAsRequested
    refused
  }
  cardBatch {
    id
    imported
    made
  }
}
fragment TotalsParts on CardImportTotals {
  file {
    ...TallyParts
  }
  taken {
    ...TallyParts
  }
  states {
    ...TallyParts
  }
  leftOut {
    ...TallyParts
  }
  overdrawn {
    ...TallyParts
  }
  expired {
    ...TallyParts
  }
  withFaceValue
  boundNumbers
  numbersLeft
}
fragment TallyParts on CardImportTally {
  state
  count
  amount {
    amount
  }
}`) as unknown as TypedDocumentString<ImportCardsMutation, ImportCardsMutationVariables>;
export const CardImportsDocument = new TypedDocumentString(`
    query CardImports($first: Int) {
  cardImports(first: $first) {
    edges {
      node {
        ...ImportParts
      }
    }
  }
}
    fragment ImportParts on CardImport {
  id
  state
  rowCount
  problemCount
  failure
  totals {
    ...TotalsParts
  }
  columns {
    head
    readAs
    ignoredAsRequested
    refused
  }
  cardBatch {
    id
    imported
    made
  }
}
fragment TotalsParts on CardImportTotals {
  file {
    ...TallyParts
  }
  taken {
    ...TallyParts
  }
  states {
    ...TallyParts
  }
  leftOut {
    ...TallyParts
  }
  overdrawn {
    ...TallyParts
  }
  expired {
    ...TallyParts
  }
  withFaceValue
  boundNumbers
  numbersLeft
}
fragment TallyParts on CardImportTally {
  state
  count
  amount {
    amount
  }
}`) as unknown as TypedDocumentString<CardImportsQuery, CardImportsQueryVariables>;
export const CardImportProblemsDocument = new TypedDocumentString(`
    query CardImportProblems($id: ID!, $first: Int, $after: String) {
  node(id: $id) {
    __typename
    ... on CardImport {
      ...ImportParts
      notes(first: 100) {
        edges {
          node {
            line
            column
            code
            problem: message
          }
        }
      }
      problems(first: $first, after: $after) {
        edges {
          node {
            line
            column
            code
            problem: message
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
}
    fragment ImportParts on CardImport {
  id
  state
  rowCount
  problemCount
  failure
  totals {
    ...TotalsParts
  }
  columns {
    head
    readAs
    ignoredAsRequested
    refused
  }
  cardBatch {
    id
    imported
    made
  }
}
fragment TotalsParts on CardImportTotals {
  file {
    ...TallyParts
  }
  taken {
    ...TallyParts
  }
  states {
    ...TallyParts
  }
  leftOut {
    ...TallyParts
  }
  overdrawn {
    ...TallyParts
  }
  expired {
    ...TallyParts
  }
  withFaceValue
  boundNumbers
  numbersLeft
}
fragment TallyParts on CardImportTally {
  state
  count
  amount {
    amount
  }
}`) as unknown as TypedDocumentString<CardImportProblemsQuery, CardImportProblemsQueryVariables>;
export const CardImportProgressDocument = new TypedDocumentString(`
    subscription CardImportProgress($importId: ID!, $after: Cursor) {
  cardImportProgress(importId: $importId, after: $after) {
    cursor
    at
    state
    rows
    problems
    readShare
    cardImport {
      ...ImportParts
    }
  }
}
    fragment ImportParts on CardImport {
  id
  state
  rowCount
  problemCount
  failure
  totals {
    ...TotalsParts
  }
  columns {
    head
    readAs
    ignoredAsRequested
    refused
  }
  cardBatch {
    id
    imported
    made
  }
}
fragment TotalsParts on CardImportTotals {
  file {
    ...TallyParts
  }
  taken {
    ...TallyParts
  }
  states {
    ...TallyParts
  }
  leftOut {
    ...TallyParts
  }
  overdrawn {
    ...TallyParts
  }
  expired {
    ...TallyParts
  }
  withFaceValue
  boundNumbers
  numbersLeft
}
fragment TallyParts on CardImportTally {
  state
  count
  amount {
    amount
  }
}`) as unknown as TypedDocumentString<CardImportProgressSubscription, CardImportProgressSubscriptionVariables>;
export const CardBalanceChangedDocument = new TypedDocumentString(`
    subscription CardBalanceChanged($cardIds: [ID!], $batchId: ID, $partnerId: ID, $after: Cursor) {
  cardBalanceChanged(
    cardIds: $cardIds
    batchId: $batchId
    partnerId: $partnerId
    after: $after
  ) {
    cursor
    at
    version
    change {
      ...Amount
    }
    balance {
      ...Amount
    }
    serials {
      from
      to
      count
    }
    card {
      cardId
      serial
    }
  }
}
    fragment Amount on Money {
  amount
  currency
}`) as unknown as TypedDocumentString<CardBalanceChangedSubscription, CardBalanceChangedSubscriptionVariables>;
export const CardLockChangedDocument = new TypedDocumentString(`
    subscription CardLockChanged($cardIds: [ID!], $batchId: ID, $partnerId: ID, $after: Cursor) {
  cardLockChanged(
    cardIds: $cardIds
    batchId: $batchId
    partnerId: $partnerId
    after: $after
  ) {
    cursor
    at
    locked
    reason
    note
    unlockAt
    serials {
      from
      to
      count
    }
    card {
      cardId
      serial
    }
  }
}
    `) as unknown as TypedDocumentString<CardLockChangedSubscription, CardLockChangedSubscriptionVariables>;
export const CardStateChangedDocument = new TypedDocumentString(`
    subscription CardStateChanged($cardIds: [ID!], $batchId: ID, $partnerId: ID, $after: Cursor) {
  cardStateChanged(
    cardIds: $cardIds
    batchId: $batchId
    partnerId: $partnerId
    after: $after
  ) {
    cursor
    at
    cause
    before
    state
    serials {
      from
      to
      count
    }
    card {
      ...CardVersionFields
    }
  }
}
    fragment Amount on Money {
  amount
  currency
}
fragment CardVersionFields on CardVersion {
  cardId
  serial
  version
  state
  balance {
    ...Amount
  }
  held {
    ...Amount
  }
  available {
    ...Amount
  }
  validUntil
  graceUntil
  lockReason
  unlockAt
}`) as unknown as TypedDocumentString<CardStateChangedSubscription, CardStateChangedSubscriptionVariables>;
export const RechargeMadeDocument = new TypedDocumentString(`
    subscription RechargeMade($cardIds: [ID!], $batchId: ID, $partnerId: ID, $after: Cursor) {
  rechargeMade(
    cardIds: $cardIds
    batchId: $batchId
    partnerId: $partnerId
    after: $after
  ) {
    cursor
    at
    kind
    amount {
      ...Amount
    }
    transferId
    card {
      ...CardVersionFields
    }
  }
}
    fragment Amount on Money {
  amount
  currency
}
fragment CardVersionFields on CardVersion {
  cardId
  serial
  version
  state
  balance {
    ...Amount
  }
  held {
    ...Amount
  }
  available {
    ...Amount
  }
  validUntil
  graceUntil
  lockReason
  unlockAt
}`) as unknown as TypedDocumentString<RechargeMadeSubscription, RechargeMadeSubscriptionVariables>;
export const LowBalanceDocument = new TypedDocumentString(`
    subscription LowBalance($cardIds: [ID!], $batchId: ID, $partnerId: ID, $after: Cursor) {
  lowBalance(
    cardIds: $cardIds
    batchId: $batchId
    partnerId: $partnerId
    after: $after
  ) {
    cursor
    at
    threshold {
      ...Amount
    }
    balance {
      ...Amount
    }
    card {
      ...CardVersionFields
    }
  }
}
    fragment Amount on Money {
  amount
  currency
}
fragment CardVersionFields on CardVersion {
  cardId
  serial
  version
  state
  balance {
    ...Amount
  }
  held {
    ...Amount
  }
  available {
    ...Amount
  }
  validUntil
  graceUntil
  lockReason
  unlockAt
}`) as unknown as TypedDocumentString<LowBalanceSubscription, LowBalanceSubscriptionVariables>;
export const CardBatchProgressDocument = new TypedDocumentString(`
    subscription CardBatchProgress($batchId: ID!, $after: Cursor) {
  cardBatchProgress(batchId: $batchId, after: $after) {
    cursor
    at
    state
    made
    total
    cardsPerSecond
    secondsLeft
  }
}
    `) as unknown as TypedDocumentString<CardBatchProgressSubscription, CardBatchProgressSubscriptionVariables>;
export const WatchEventsDocument = new TypedDocumentString(`
    subscription WatchEvents($filter: EventFilter, $after: Cursor) {
  events(filter: $filter, after: $after) {
    ...EventFields
  }
}
    fragment Amount on Money {
  amount
  currency
}
fragment EventFields on Event {
  cursor
  at
  type
  actor {
    kind
    actorId
    name
  }
  serials {
    from
    to
    count
  }
  card {
    ...CardVersionFields
  }
  change {
    ...Amount
  }
  reason
}
fragment CardVersionFields on CardVersion {
  cardId
  serial
  version
  state
  balance {
    ...Amount
  }
  held {
    ...Amount
  }
  available {
    ...Amount
  }
  validUntil
  graceUntil
  lockReason
  unlockAt
}`) as unknown as TypedDocumentString<WatchEventsSubscription, WatchEventsSubscriptionVariables>;
export const EventCursorDocument = new TypedDocumentString(`
    query EventCursor {
  eventCursor
}
    `) as unknown as TypedDocumentString<EventCursorQuery, EventCursorQueryVariables>;
export const EventsDocument = new TypedDocumentString(`
    query Events($filter: EventFilter, $after: Cursor, $first: Int! = 20) {
  events(filter: $filter, after: $after, first: $first) {
    endCursor
    hasMore
    items {
      ...EventFields
    }
  }
}
    fragment Amount on Money {
  amount
  currency
}
fragment EventFields on Event {
  cursor
  at
  type
  actor {
    kind
    actorId
    name
  }
  serials {
    from
    to
    count
  }
  card {
    ...CardVersionFields
  }
  change {
    ...Amount
  }
  reason
}
fragment CardVersionFields on CardVersion {
  cardId
  serial
  version
  state
  balance {
    ...Amount
  }
  held {
    ...Amount
  }
  available {
    ...Amount
  }
  validUntil
  graceUntil
  lockReason
  unlockAt
}`) as unknown as TypedDocumentString<EventsQuery, EventsQueryVariables>;
export const LiveStatsDocument = new TypedDocumentString(`
    subscription LiveStats($partnerId: ID) {
  liveStats(partnerId: $partnerId) {
    at
    callsInProgress
    authorizationsPerMinute
    refusalsPerMinute
    rechargesPerMinute
    locksPerMinute
    failedPinsPerMinute
    turnover {
      currency
      recharged {
        ...Amount
      }
      charged {
        ...Amount
      }
    }
  }
}
    fragment Amount on Money {
  amount
  currency
}`) as unknown as TypedDocumentString<LiveStatsSubscription, LiveStatsSubscriptionVariables>;
export const ViewerDocument = new TypedDocumentString(`
    query Viewer {
  viewer {
    name
    role
    apiKey {
      id
      prefix
    }
    partner {
      id
      name
      balance {
        ...Amount
      }
    }
  }
}
    fragment Amount on Money {
  amount
  currency
}`) as unknown as TypedDocumentString<ViewerQuery, ViewerQueryVariables>;
export const PartnersDocument = new TypedDocumentString(`
    query Partners($first: Int, $after: String, $transfers: Int = 10) {
  partners(first: $first, after: $after) {
    edges {
      cursor
      node {
        id
        name
        balance {
          ...Amount
        }
        statement(first: $transfers) {
          edges {
            node {
              ...TransferFields
            }
          }
        }
        apiKeys(first: 10) {
          edges {
            node {
              id
              name
              role
            }
          }
        }
      }
    }
    pageInfo {
      ...PageFields
    }
  }
}
    fragment Amount on Money {
  amount
  currency
}
fragment TransferFields on Transfer {
  id
  kind
  reason
  createdAt
  amount {
    ...Amount
  }
  cardChange {
    ...Amount
  }
  cardBalanceAfter {
    ...Amount
  }
  walletChange {
    ...Amount
  }
  walletBalanceAfter {
    ...Amount
  }
}
fragment PageFields on PageInfo {
  startCursor
  endCursor
  hasNextPage
  hasPreviousPage
}`) as unknown as TypedDocumentString<PartnersQuery, PartnersQueryVariables>;
export const NodeDocument = new TypedDocumentString(`
    query Node($id: ID!) {
  node(id: $id) {
    __typename
    id
  }
}
    `) as unknown as TypedDocumentString<NodeQuery, NodeQueryVariables>;
export const NodesDocument = new TypedDocumentString(`
    query Nodes($ids: [ID!]!) {
  nodes(ids: $ids) {
    id
  }
}
    `) as unknown as TypedDocumentString<NodesQuery, NodesQueryVariables>;
export const CreatePartnerDocument = new TypedDocumentString(`
    mutation CreatePartner($input: CreatePartnerInput!) {
  result: createPartner(input: $input) {
    __typename
    ... on CreatePartnerPayload {
      partner {
        id
        name
        balance {
          ...Amount
        }
      }
    }
    ...Refusal
  }
}
    fragment Amount on Money {
  amount
  currency
}
fragment Refusal on Error {
  code
  message
  retryable
}`) as unknown as TypedDocumentString<CreatePartnerMutation, CreatePartnerMutationVariables>;
export const TopUpPartnerDocument = new TypedDocumentString(`
    mutation TopUpPartner($input: TopUpPartnerInput!) {
  result: topUpPartner(input: $input) {
    __typename
    ... on TopUpPartnerPayload {
      balance {
        ...Amount
      }
      transfer {
        ...TransferFields
      }
    }
    ...Refusal
  }
}
    fragment Amount on Money {
  amount
  currency
}
fragment Refusal on Error {
  code
  message
  retryable
}
fragment TransferFields on Transfer {
  id
  kind
  reason
  createdAt
  amount {
    ...Amount
  }
  cardChange {
    ...Amount
  }
  cardBalanceAfter {
    ...Amount
  }
  walletChange {
    ...Amount
  }
  walletBalanceAfter {
    ...Amount
  }
}`) as unknown as TypedDocumentString<TopUpPartnerMutation, TopUpPartnerMutationVariables>;
export const CreateApiKeyDocument = new TypedDocumentString(`
    mutation CreateApiKey($input: CreateApiKeyInput!) {
  result: createApiKey(input: $input) {
    __typename
    ... on CreateApiKeyPayload {
      secret
      apiKey {
        id
        name
        role
        prefix
        expiresAt
        partner {
          id
        }
      }
    }
    ...Refusal
  }
}
    fragment Refusal on Error {
  code
  message
  retryable
}`) as unknown as TypedDocumentString<CreateApiKeyMutation, CreateApiKeyMutationVariables>;
export const UpdatePartnerDocument = new TypedDocumentString(`
    mutation UpdatePartner($input: UpdatePartnerInput!) {
  result: updatePartner(input: $input) {
    __typename
    ... on UpdatePartnerPayload {
      partner {
        ...PartnerTerms
      }
    }
    ...Refusal
  }
}
    fragment Amount on Money {
  amount
  currency
}
fragment Refusal on Error {
  code
  message
  retryable
}
fragment PartnerTerms on Partner {
  id
  name
  balance {
    ...Amount
  }
  available {
    ...Amount
  }
  creditLimit {
    ...Amount
  }
  discountPercent
  dailyLimit {
    ...Amount
  }
  dailyCardLimit {
    ...Amount
  }
  allowedBatchIds
  allowedRateGroupIds
  suspendedAt
  parent {
    id
  }
}`) as unknown as TypedDocumentString<UpdatePartnerMutation, UpdatePartnerMutationVariables>;
export const RemovePartnerDocument = new TypedDocumentString(`
    mutation RemovePartner($id: ID!) {
  result: removePartner(id: $id) {
    __typename
    ... on RemovePartnerPayload {
      name
    }
    ... on PartnerInUseError {
      partners
      apiKeys
      batches
      transfers
    }
    ...Refusal
  }
}
    fragment Refusal on Error {
  code
  message
  retryable
}`) as unknown as TypedDocumentString<RemovePartnerMutation, RemovePartnerMutationVariables>;
export const SuspendPartnerDocument = new TypedDocumentString(`
    mutation SuspendPartner($id: ID!) {
  result: suspendPartner(id: $id) {
    __typename
    ... on SuspendPartnerPayload {
      partner {
        ...PartnerTerms
      }
    }
    ...Refusal
  }
}
    fragment Amount on Money {
  amount
  currency
}
fragment Refusal on Error {
  code
  message
  retryable
}
fragment PartnerTerms on Partner {
  id
  name
  balance {
    ...Amount
  }
  available {
    ...Amount
  }
  creditLimit {
    ...Amount
  }
  discountPercent
  dailyLimit {
    ...Amount
  }
  dailyCardLimit {
    ...Amount
  }
  allowedBatchIds
  allowedRateGroupIds
  suspendedAt
  parent {
    id
  }
}`) as unknown as TypedDocumentString<SuspendPartnerMutation, SuspendPartnerMutationVariables>;
export const ResumePartnerDocument = new TypedDocumentString(`
    mutation ResumePartner($id: ID!) {
  result: resumePartner(id: $id) {
    __typename
    ... on ResumePartnerPayload {
      partner {
        ...PartnerTerms
      }
    }
    ...Refusal
  }
}
    fragment Amount on Money {
  amount
  currency
}
fragment Refusal on Error {
  code
  message
  retryable
}
fragment PartnerTerms on Partner {
  id
  name
  balance {
    ...Amount
  }
  available {
    ...Amount
  }
  creditLimit {
    ...Amount
  }
  discountPercent
  dailyLimit {
    ...Amount
  }
  dailyCardLimit {
    ...Amount
  }
  allowedBatchIds
  allowedRateGroupIds
  suspendedAt
  parent {
    id
  }
}`) as unknown as TypedDocumentString<ResumePartnerMutation, ResumePartnerMutationVariables>;
export const MovePartnerDocument = new TypedDocumentString(`
    mutation MovePartner($id: ID!, $parentId: ID) {
  result: movePartner(id: $id, parentId: $parentId) {
    __typename
    ... on MovePartnerPayload {
      partner {
        ...PartnerTerms
      }
    }
    ...Refusal
  }
}
    fragment Amount on Money {
  amount
  currency
}
fragment Refusal on Error {
  code
  message
  retryable
}
fragment PartnerTerms on Partner {
  id
  name
  balance {
    ...Amount
  }
  available {
    ...Amount
  }
  creditLimit {
    ...Amount
  }
  discountPercent
  dailyLimit {
    ...Amount
  }
  dailyCardLimit {
    ...Amount
  }
  allowedBatchIds
  allowedRateGroupIds
  suspendedAt
  parent {
    id
  }
}`) as unknown as TypedDocumentString<MovePartnerMutation, MovePartnerMutationVariables>;
export const WithdrawFromPartnerDocument = new TypedDocumentString(`
    mutation WithdrawFromPartner($input: WithdrawFromPartnerInput!) {
  result: withdrawFromPartner(input: $input) {
    __typename
    ... on WithdrawFromPartnerPayload {
      balance {
        ...Amount
      }
      transfer {
        ...TransferFields
      }
    }
    ...Refusal
  }
}
    fragment Amount on Money {
  amount
  currency
}
fragment Refusal on Error {
  code
  message
  retryable
}
fragment TransferFields on Transfer {
  id
  kind
  reason
  createdAt
  amount {
    ...Amount
  }
  cardChange {
    ...Amount
  }
  cardBalanceAfter {
    ...Amount
  }
  walletChange {
    ...Amount
  }
  walletBalanceAfter {
    ...Amount
  }
}`) as unknown as TypedDocumentString<WithdrawFromPartnerMutation, WithdrawFromPartnerMutationVariables>;
export const PartnerTreeDocument = new TypedDocumentString(`
    query PartnerTree($first: Int) {
  partners(first: $first) {
    edges {
      node {
        ...PartnerTerms
        children(first: 10) {
          edges {
            node {
              id
              name
            }
          }
        }
      }
    }
  }
}
    fragment Amount on Money {
  amount
  currency
}
fragment PartnerTerms on Partner {
  id
  name
  balance {
    ...Amount
  }
  available {
    ...Amount
  }
  creditLimit {
    ...Amount
  }
  discountPercent
  dailyLimit {
    ...Amount
  }
  dailyCardLimit {
    ...Amount
  }
  allowedBatchIds
  allowedRateGroupIds
  suspendedAt
  parent {
    id
  }
}`) as unknown as TypedDocumentString<PartnerTreeQuery, PartnerTreeQueryVariables>;
export const RateGroupsDocument = new TypedDocumentString(`
    query RateGroups($first: Int, $after: String) {
  rateGroups(first: $first, after: $after) {
    edges {
      node {
        id
        name
        currency
        version
        rateCount
      }
    }
    pageInfo {
      ...PageFields
    }
  }
}
    fragment PageFields on PageInfo {
  startCursor
  endCursor
  hasNextPage
  hasPreviousPage
}`) as unknown as TypedDocumentString<RateGroupsQuery, RateGroupsQueryVariables>;
export const RatesDocument = new TypedDocumentString(`
    query Rates($rateGroupId: ID!, $filter: RateFilter, $first: Int, $after: String, $last: Int, $before: String) {
  rates(
    rateGroupId: $rateGroupId
    filter: $filter
    first: $first
    after: $after
    last: $last
    before: $before
  ) {
    edges {
      cursor
      node {
        id
        prefix
        destination
        pricePerMinute
        connectionFee {
          ...Amount
        }
        initialIncrement
        increment
        effectiveFrom
        effectiveTo
        withdrawn
        barred
      }
    }
    pageInfo {
      ...PageFields
    }
  }
}
    fragment Amount on Money {
  amount
  currency
}
fragment PageFields on PageInfo {
  startCursor
  endCursor
  hasNextPage
  hasPreviousPage
}`) as unknown as TypedDocumentString<RatesQuery, RatesQueryVariables>;
export const QuoteCallDocument = new TypedDocumentString(`
    query QuoteCall($rateGroupId: ID!, $number: PhoneNumber!, $country: String, $balance: MoneyInput, $seconds: Int) {
  result: quoteCall(
    rateGroupId: $rateGroupId
    number: $number
    country: $country
    balance: $balance
    seconds: $seconds
  ) {
    __typename
    ... on CallQuote {
      number
      destination
      billedSeconds
      affordableSeconds
      pricePerMinute
      timeBand
      charge {
        ...Amount
      }
      rate {
        prefix
        pricePerMinute
      }
    }
    ...Refusal
  }
}
    fragment Amount on Money {
  amount
  currency
}
fragment Refusal on Error {
  code
  message
  retryable
}`) as unknown as TypedDocumentString<QuoteCallQuery, QuoteCallQueryVariables>;
export const CreateRateGroupDocument = new TypedDocumentString(`
    mutation CreateRateGroup($input: CreateRateGroupInput!) {
  result: createRateGroup(input: $input) {
    __typename
    ... on CreateRateGroupPayload {
      rateGroup {
        id
        name
        currency
        version
        rateCount
      }
    }
    ...Refusal
  }
}
    fragment Refusal on Error {
  code
  message
  retryable
}`) as unknown as TypedDocumentString<CreateRateGroupMutation, CreateRateGroupMutationVariables>;
export const UpdateRateGroupDocument = new TypedDocumentString(`
    mutation UpdateRateGroup($input: UpdateRateGroupInput!) {
  result: updateRateGroup(input: $input) {
    __typename
    ... on UpdateRateGroupPayload {
      rateGroup {
        id
        name
      }
    }
    ...Refusal
  }
}
    fragment Refusal on Error {
  code
  message
  retryable
}`) as unknown as TypedDocumentString<UpdateRateGroupMutation, UpdateRateGroupMutationVariables>;
export const RemoveRateGroupDocument = new TypedDocumentString(`
    mutation RemoveRateGroup($rateGroupId: ID!) {
  result: removeRateGroup(rateGroupId: $rateGroupId) {
    __typename
    ... on RemoveRateGroupPayload {
      name
    }
    ...Refusal
  }
}
    fragment Refusal on Error {
  code
  message
  retryable
}`) as unknown as TypedDocumentString<RemoveRateGroupMutation, RemoveRateGroupMutationVariables>;
export const SetRateDocument = new TypedDocumentString(`
    mutation SetRate($input: SetRateInput!) {
  result: setRate(input: $input) {
    __typename
    ... on SetRatePayload {
      rate {
        ...ChangedRateFields
      }
    }
    ...Refusal
  }
}
    fragment Refusal on Error {
  code
  message
  retryable
}
fragment ChangedRateFields on Rate {
  prefix
  destination
  pricePerMinute
  initialIncrement
  increment
  effectiveFrom
  effectiveTo
  withdrawn
  barred
}`) as unknown as TypedDocumentString<SetRateMutation, SetRateMutationVariables>;
export const WithdrawRateDocument = new TypedDocumentString(`
    mutation WithdrawRate($input: WithdrawRateInput!) {
  result: withdrawRate(input: $input) {
    __typename
    ... on WithdrawRatePayload {
      rate {
        ...ChangedRateFields
      }
    }
    ...Refusal
  }
}
    fragment Refusal on Error {
  code
  message
  retryable
}
fragment ChangedRateFields on Rate {
  prefix
  destination
  pricePerMinute
  initialIncrement
  increment
  effectiveFrom
  effectiveTo
  withdrawn
  barred
}`) as unknown as TypedDocumentString<WithdrawRateMutation, WithdrawRateMutationVariables>;
export const CreateRateUploadDocument = new TypedDocumentString(`
    mutation CreateRateUpload {
  result: createRateUpload {
    __typename
    ... on CreateRateUploadPayload {
      upload {
        id
        url
        expiresAt
      }
    }
    ...Refusal
  }
}
    fragment Refusal on Error {
  code
  message
  retryable
}`) as unknown as TypedDocumentString<CreateRateUploadMutation, CreateRateUploadMutationVariables>;
export const ImportRatesPreviewDocument = new TypedDocumentString(`
    query ImportRatesPreview($input: ImportRatesInput!) {
  result: importRatesPreview(input: $input) {
    __typename
    ... on RateImportPreview {
      imported
      withdrawn
      changed
      laterRatesDeleted
      difference {
        ...DifferenceFields
      }
      columns {
        head
        readAs
      }
      notes
      sheet
      otherSheets
      encoding
      skippedLines
    }
    ...RefusedDeckFields
    ...LiftedBarsFields
    ...Refusal
  }
}
    fragment Refusal on Error {
  code
  message
  retryable
}
fragment DifferenceFields on RateDifference {
  added
  removed
  dearer
  cheaper
  mixed
  unchanged
  ineffective
  liftedBarCount
  liftedBars {
    ...BarFields
  }
  newlyBarredCount
  newlyBarred {
    ...BarFields
  }
  destinationCount
  destinations {
    destination
    added
    removed
    dearer
    cheaper
    lowestBefore
    highestAfter
  }
}
fragment BarFields on RateBarChange {
  prefix
  destination
  effectiveFrom
  pricePerMinute
  isPriced
}
fragment LiftedBarsFields on RateBarsLiftedError {
  prefixCount
  bars {
    ...BarFields
  }
}
fragment RefusedDeckFields on RateDeckRefusedError {
  problemCount
  rowCount
  problems {
    line
    column
    value
    code
    problem: message
  }
}`) as unknown as TypedDocumentString<ImportRatesPreviewQuery, ImportRatesPreviewQueryVariables>;
export const ImportRatesDocument = new TypedDocumentString(`
    mutation ImportRates($input: ImportRatesInput!) {
  result: importRates(input: $input) {
    __typename
    ... on ImportRatesPayload {
      imported
      withdrawn
      changed
      laterRatesDeleted
      difference {
        ...DifferenceFields
      }
      columns {
        head
        readAs
      }
      rateGroup {
        id
        version
        rateCount
      }
    }
    ...RefusedDeckFields
    ...LiftedBarsFields
    ...Refusal
  }
}
    fragment Refusal on Error {
  code
  message
  retryable
}
fragment DifferenceFields on RateDifference {
  added
  removed
  dearer
  cheaper
  mixed
  unchanged
  ineffective
  liftedBarCount
  liftedBars {
    ...BarFields
  }
  newlyBarredCount
  newlyBarred {
    ...BarFields
  }
  destinationCount
  destinations {
    destination
    added
    removed
    dearer
    cheaper
    lowestBefore
    highestAfter
  }
}
fragment BarFields on RateBarChange {
  prefix
  destination
  effectiveFrom
  pricePerMinute
  isPriced
}
fragment LiftedBarsFields on RateBarsLiftedError {
  prefixCount
  bars {
    ...BarFields
  }
}
fragment RefusedDeckFields on RateDeckRefusedError {
  problemCount
  rowCount
  problems {
    line
    column
    value
    code
    problem: message
  }
}`) as unknown as TypedDocumentString<ImportRatesMutation, ImportRatesMutationVariables>;
export const RechargeCardDocument = new TypedDocumentString(`
    mutation RechargeCard($input: RechargeCardInput!) {
  result: rechargeCard(input: $input) {
    __typename
    ... on RechargeCardPayload {
      balance {
        ...Amount
      }
      transfer {
        ...TransferFields
      }
      card {
        ...CardFields
      }
    }
    ... on InsufficientFundsError {
      available
      currency
    }
    ... on RechargeOutOfRangeError {
      min
      max
      currency
    }
    ... on CurrencyMismatchError {
      expected
      given
    }
    ...Refusal
  }
}
    fragment Amount on Money {
  amount
  currency
}
fragment Refusal on Error {
  code
  message
  retryable
}
fragment CardFields on Card {
  id
  serial
  state
  version
  balance {
    ...Amount
  }
  available {
    ...Amount
  }
  validUntil
  graceUntil
  firstUsedAt
  lock {
    reason
    unlockAt
  }
}
fragment TransferFields on Transfer {
  id
  kind
  reason
  createdAt
  amount {
    ...Amount
  }
  cardChange {
    ...Amount
  }
  cardBalanceAfter {
    ...Amount
  }
  walletChange {
    ...Amount
  }
  walletBalanceAfter {
    ...Amount
  }
}`) as unknown as TypedDocumentString<RechargeCardMutation, RechargeCardMutationVariables>;
export const ReverseRechargeDocument = new TypedDocumentString(`
    mutation ReverseRecharge($input: ReverseRechargeInput!) {
  result: reverseRecharge(input: $input) {
    __typename
    ... on ReverseRechargePayload {
      balance {
        ...Amount
      }
      transfer {
        ...TransferFields
        reverses {
          id
        }
      }
      card {
        ...CardFields
      }
    }
    ...Refusal
  }
}
    fragment Amount on Money {
  amount
  currency
}
fragment Refusal on Error {
  code
  message
  retryable
}
fragment CardFields on Card {
  id
  serial
  state
  version
  balance {
    ...Amount
  }
  available {
    ...Amount
  }
  validUntil
  graceUntil
  firstUsedAt
  lock {
    reason
    unlockAt
  }
}
fragment TransferFields on Transfer {
  id
  kind
  reason
  createdAt
  amount {
    ...Amount
  }
  cardChange {
    ...Amount
  }
  cardBalanceAfter {
    ...Amount
  }
  walletChange {
    ...Amount
  }
  walletBalanceAfter {
    ...Amount
  }
}`) as unknown as TypedDocumentString<ReverseRechargeMutation, ReverseRechargeMutationVariables>;
export const RechargesDocument = new TypedDocumentString(`
    query Recharges($filter: RechargeFilter, $first: Int, $after: String, $last: Int, $before: String) {
  recharges(
    filter: $filter
    first: $first
    after: $after
    last: $last
    before: $before
  ) {
    edges {
      cursor
      node {
        ...TransferFields
        card {
          serial
        }
        reversal {
          id
        }
      }
    }
    pageInfo {
      ...PageFields
    }
  }
}
    fragment Amount on Money {
  amount
  currency
}
fragment TransferFields on Transfer {
  id
  kind
  reason
  createdAt
  amount {
    ...Amount
  }
  cardChange {
    ...Amount
  }
  cardBalanceAfter {
    ...Amount
  }
  walletChange {
    ...Amount
  }
  walletBalanceAfter {
    ...Amount
  }
}
fragment PageFields on PageInfo {
  startCursor
  endCursor
  hasNextPage
  hasPreviousPage
}`) as unknown as TypedDocumentString<RechargesQuery, RechargesQueryVariables>;
export const VerificationDocument = new TypedDocumentString(`
    query Verification {
  verification {
    clean
    cards
    partners
    transfers
    events
    idempotencyKeys
    discrepancies {
      check
      row
      problem
    }
  }
}
    `) as unknown as TypedDocumentString<VerificationQuery, VerificationQueryVariables>;
export const RechargeCardsDocument = new TypedDocumentString(`
    mutation RechargeCards($input: RechargeCardsInput!) {
  result: rechargeCards(input: $input) {
    __typename
    ... on RechargeCardsPayload {
      recharged
      refused
      outcomes {
        key
        result {
          __typename
          ... on RechargedCard {
            balance {
              ...Amount
            }
            transfer {
              ...TransferFields
            }
          }
          ...Refusal
        }
      }
    }
    ...Refusal
  }
}
    fragment Amount on Money {
  amount
  currency
}
fragment Refusal on Error {
  code
  message
  retryable
}
fragment TransferFields on Transfer {
  id
  kind
  reason
  createdAt
  amount {
    ...Amount
  }
  cardChange {
    ...Amount
  }
  cardBalanceAfter {
    ...Amount
  }
  walletChange {
    ...Amount
  }
  walletBalanceAfter {
    ...Amount
  }
}`) as unknown as TypedDocumentString<RechargeCardsMutation, RechargeCardsMutationVariables>;
export const ReplaceCardDocument = new TypedDocumentString(`
    mutation ReplaceCard($input: ReplaceCardInput!) {
  result: replaceCard(input: $input) {
    __typename
    ... on ReplaceCardPayload {
      moved {
        ...Amount
      }
      fee {
        ...Amount
      }
      card {
        ...CardFields
        replacedBy {
          id
        }
      }
      newCard {
        ...CardFields
        replaces {
          id
        }
      }
    }
    ... on CallsInProgressError {
      held
      currency
    }
    ... on CurrencyMismatchError {
      expected
      given
    }
    ...Refusal
  }
}
    fragment Amount on Money {
  amount
  currency
}
fragment Refusal on Error {
  code
  message
  retryable
}
fragment CardFields on Card {
  id
  serial
  state
  version
  balance {
    ...Amount
  }
  available {
    ...Amount
  }
  validUntil
  graceUntil
  firstUsedAt
  lock {
    reason
    unlockAt
  }
}`) as unknown as TypedDocumentString<ReplaceCardMutation, ReplaceCardMutationVariables>;
export const CardStatesReportDocument = new TypedDocumentString(`
    query CardStatesReport($filter: BatchReportFilter, $first: Int, $after: String) {
  report: cardStatesReport(filter: $filter, first: $first, after: $after) {
    asOf
    edges {
      node {
        cardBatchId
        cardBatchName
        partnerId
        partnerName
        made
        inactive
        active
        locked
        inGrace
        expired
        deactivated
        closed
      }
    }
    pageInfo {
      ...PageFields
    }
  }
}
    fragment PageFields on PageInfo {
  startCursor
  endCursor
  hasNextPage
  hasPreviousPage
}`) as unknown as TypedDocumentString<CardStatesReportQuery, CardStatesReportQueryVariables>;
export const BatchLifeReportDocument = new TypedDocumentString(`
    query BatchLifeReport($filter: BatchReportFilter, $first: Int, $after: String) {
  report: batchLifeReport(filter: $filter, first: $first, after: $after) {
    asOf
    edges {
      node {
        cardBatchId
        made
        activated
        firstUsed
        exhausted
        expired
        replaced
        issued {
          ...Amount
        }
        recharged {
          ...Amount
        }
        adjusted {
          ...Amount
        }
        moved {
          ...Amount
        }
        used {
          ...Amount
        }
        fees {
          ...Amount
        }
        forfeited {
          ...Amount
        }
        left {
          ...Amount
        }
        averageDaysToFirstUse
        usedWithinDay
        usedWithinWeek
        usedWithinMonth
        usedWithinQuarter
      }
    }
    pageInfo {
      ...PageFields
    }
  }
}
    fragment Amount on Money {
  amount
  currency
}
fragment PageFields on PageInfo {
  startCursor
  endCursor
  hasNextPage
  hasPreviousPage
}`) as unknown as TypedDocumentString<BatchLifeReportQuery, BatchLifeReportQueryVariables>;
export const LiabilityReportDocument = new TypedDocumentString(`
    query LiabilityReport($filter: PeriodReportFilter, $first: Int, $after: String) {
  report: liabilityReport(filter: $filter, first: $first, after: $after) {
    asOf
    edges {
      node {
        day
        owed {
          ...Amount
        }
      }
    }
    pageInfo {
      ...PageFields
    }
  }
}
    fragment Amount on Money {
  amount
  currency
}
fragment PageFields on PageInfo {
  startCursor
  endCursor
  hasNextPage
  hasPreviousPage
}`) as unknown as TypedDocumentString<LiabilityReportQuery, LiabilityReportQueryVariables>;
export const RevenueReportDocument = new TypedDocumentString(`
    query RevenueReport($filter: PeriodReportFilter, $first: Int, $after: String) {
  report: revenueReport(filter: $filter, first: $first, after: $after) {
    asOf
    edges {
      node {
        day
        usage {
          ...Amount
        }
        fees {
          ...Amount
        }
        forfeited {
          ...Amount
        }
        total {
          ...Amount
        }
      }
    }
    pageInfo {
      ...PageFields
    }
  }
}
    fragment Amount on Money {
  amount
  currency
}
fragment PageFields on PageInfo {
  startCursor
  endCursor
  hasNextPage
  hasPreviousPage
}`) as unknown as TypedDocumentString<RevenueReportQuery, RevenueReportQueryVariables>;
export const RechargesReportDocument = new TypedDocumentString(`
    query RechargesReport($filter: PartnerReportFilter, $first: Int, $after: String) {
  report: rechargesReport(filter: $filter, first: $first, after: $after) {
    asOf
    edges {
      node {
        day
        partnerId
        partnerName
        recharges
        amount {
          ...Amount
        }
        discount {
          ...Amount
        }
        reversals
        reversed {
          ...Amount
        }
        discountReturned {
          ...Amount
        }
      }
    }
    pageInfo {
      ...PageFields
    }
  }
}
    fragment Amount on Money {
  amount
  currency
}
fragment PageFields on PageInfo {
  startCursor
  endCursor
  hasNextPage
  hasPreviousPage
}`) as unknown as TypedDocumentString<RechargesReportQuery, RechargesReportQueryVariables>;
export const UsageReportDocument = new TypedDocumentString(`
    query UsageReport($filter: PartnerReportFilter, $first: Int, $after: String) {
  report: usageReport(filter: $filter, first: $first, after: $after) {
    asOf
    edges {
      node {
        day
        destination
        rateGroupId
        rateGroupName
        partnerId
        partnerName
        calls
        answered
        minutes
        averageSeconds
        answerRatioPercent
        charge {
          ...Amount
        }
      }
    }
    pageInfo {
      ...PageFields
    }
  }
}
    fragment Amount on Money {
  amount
  currency
}
fragment PageFields on PageInfo {
  startCursor
  endCursor
  hasNextPage
  hasPreviousPage
}`) as unknown as TypedDocumentString<UsageReportQuery, UsageReportQueryVariables>;
export const ExpiringCardsReportDocument = new TypedDocumentString(`
    query ExpiringCardsReport($filter: ExpiringCardsFilter, $first: Int, $after: String) {
  report: expiringCardsReport(filter: $filter, first: $first, after: $after) {
    asOf
    edges {
      node {
        cardId
        serial
        state
        balance {
          ...Amount
        }
        validUntil
        graceUntil
      }
    }
    pageInfo {
      ...PageFields
    }
  }
}
    fragment Amount on Money {
  amount
  currency
}
fragment PageFields on PageInfo {
  startCursor
  endCursor
  hasNextPage
  hasPreviousPage
}`) as unknown as TypedDocumentString<ExpiringCardsReportQuery, ExpiringCardsReportQueryVariables>;
export const CardStatementReportDocument = new TypedDocumentString(`
    query CardStatementReport($filter: CardStatementFilter!, $first: Int, $after: String) {
  report: cardStatementReport(filter: $filter, first: $first, after: $after) {
    asOf
    opening {
      ...Amount
    }
    closing {
      ...Amount
    }
    edges {
      node {
        kind
        cardChange {
          ...Amount
        }
        cardBalanceAfter {
          ...Amount
        }
      }
    }
    pageInfo {
      ...PageFields
    }
  }
}
    fragment Amount on Money {
  amount
  currency
}
fragment PageFields on PageInfo {
  startCursor
  endCursor
  hasNextPage
  hasPreviousPage
}`) as unknown as TypedDocumentString<CardStatementReportQuery, CardStatementReportQueryVariables>;
export const WalletStatementReportDocument = new TypedDocumentString(`
    query WalletStatementReport($filter: WalletStatementFilter!, $first: Int, $after: String) {
  report: walletStatementReport(filter: $filter, first: $first, after: $after) {
    asOf
    opening {
      ...Amount
    }
    closing {
      ...Amount
    }
    edges {
      node {
        kind
        walletChange {
          ...Amount
        }
        walletBalanceAfter {
          ...Amount
        }
      }
    }
    pageInfo {
      ...PageFields
    }
  }
}
    fragment Amount on Money {
  amount
  currency
}
fragment PageFields on PageInfo {
  startCursor
  endCursor
  hasNextPage
  hasPreviousPage
}`) as unknown as TypedDocumentString<WalletStatementReportQuery, WalletStatementReportQueryVariables>;
export const FailedAuthenticationsReportDocument = new TypedDocumentString(`
    query FailedAuthenticationsReport($filter: FailureReportFilter, $first: Int, $after: String) {
  report: failedAuthenticationsReport(
    filter: $filter
    first: $first
    after: $after
  ) {
    asOf
    edges {
      node {
        source
        attempts
        compared
        firstAt
        lastAt
      }
    }
    pageInfo {
      ...PageFields
    }
  }
}
    fragment PageFields on PageInfo {
  startCursor
  endCursor
  hasNextPage
  hasPreviousPage
}`) as unknown as TypedDocumentString<FailedAuthenticationsReportQuery, FailedAuthenticationsReportQueryVariables>;
export const ExportReportDocument = new TypedDocumentString(`
    mutation ExportReport($report: ExportReportInput!) {
  result: exportReport(report: $report) {
    __typename
    ... on ExportReportPayload {
      download {
        url
        expiresAt
      }
    }
    ...Refusal
  }
}
    fragment Refusal on Error {
  code
  message
  retryable
}`) as unknown as TypedDocumentString<ExportReportMutation, ExportReportMutationVariables>;
export const GuessBudgetDocument = new TypedDocumentString(`
    query GuessBudget {
  guessBudget {
    formats {
      format
      cards
      possible
      density
    }
    pin {
      ...AllowanceFields
    }
    voucher {
      ...AllowanceFields
    }
    serialAndPin {
      ...AllowanceFields
    }
  }
}
    fragment AllowanceFields on GuessAllowance {
  allowed
  share
  used
  reserved
  since
  until
  trippedAt
}`) as unknown as TypedDocumentString<GuessBudgetQuery, GuessBudgetQueryVariables>;
export const FailedAuthenticationsDocument = new TypedDocumentString(`
    query FailedAuthentications($filter: FailedAuthenticationFilter, $first: Int, $after: String) {
  failedAuthentications(filter: $filter, first: $first, after: $after) {
    edges {
      node {
        reason
        operation
        attempts
        minute
        lastAt
        callerNumber
        accessNumber
        credential
        address
        serial
        card {
          serial
        }
      }
    }
    pageInfo {
      ...PageFields
    }
  }
}
    fragment PageFields on PageInfo {
  startCursor
  endCursor
  hasNextPage
  hasPreviousPage
}`) as unknown as TypedDocumentString<FailedAuthenticationsQuery, FailedAuthenticationsQueryVariables>;
export const SecurityAlertsDocument = new TypedDocumentString(`
    query SecurityAlerts($filter: SecurityAlertFilter, $first: Int, $after: String) {
  securityAlerts(filter: $filter, first: $first, after: $after) {
    edges {
      node {
        ...AlertFields
      }
    }
    pageInfo {
      ...PageFields
    }
  }
}
    fragment PageFields on PageInfo {
  startCursor
  endCursor
  hasNextPage
  hasPreviousPage
}
fragment AlertFields on SecurityAlert {
  kind
  at
  message
  sourceKind
  source
  credential
  card {
    serial
  }
  partner {
    id
  }
}`) as unknown as TypedDocumentString<SecurityAlertsQuery, SecurityAlertsQueryVariables>;
export const SecurityAlertsRaisedDocument = new TypedDocumentString(`
    subscription SecurityAlertsRaised($kinds: [SecurityAlertKind!], $after: Cursor) {
  securityAlerts(kinds: $kinds, after: $after) {
    cursor
    alert {
      ...AlertFields
    }
  }
}
    fragment AlertFields on SecurityAlert {
  kind
  at
  message
  sourceKind
  source
  credential
  card {
    serial
  }
  partner {
    id
  }
}`) as unknown as TypedDocumentString<SecurityAlertsRaisedSubscription, SecurityAlertsRaisedSubscriptionVariables>;
export const RevealPinDocument = new TypedDocumentString(`
    mutation RevealPin($input: RevealPinInput!) {
  result: revealPin(input: $input) {
    __typename
    ... on RevealPinPayload {
      pin
      request {
        ...PinRevealFields
      }
    }
    ...Refusal
  }
}
    fragment Refusal on Error {
  code
  message
  retryable
}
fragment PinRevealFields on PinReveal {
  id
  reason
  requestedBy
  expiresAt
  approvedBy
  revealedAt
  card {
    serial
  }
  batch {
    id
  }
}`) as unknown as TypedDocumentString<RevealPinMutation, RevealPinMutationVariables>;
export const ApprovePinRevealDocument = new TypedDocumentString(`
    mutation ApprovePinReveal($id: ID!) {
  result: approvePinReveal(id: $id) {
    __typename
    ... on ApprovePinRevealPayload {
      request {
        ...PinRevealFields
      }
    }
    ...Refusal
  }
}
    fragment Refusal on Error {
  code
  message
  retryable
}
fragment PinRevealFields on PinReveal {
  id
  reason
  requestedBy
  expiresAt
  approvedBy
  revealedAt
  card {
    serial
  }
  batch {
    id
  }
}`) as unknown as TypedDocumentString<ApprovePinRevealMutation, ApprovePinRevealMutationVariables>;
export const PinRevealsDocument = new TypedDocumentString(`
    query PinReveals($first: Int, $after: String) {
  pinReveals(first: $first, after: $after) {
    edges {
      node {
        ...PinRevealFields
      }
    }
    pageInfo {
      ...PageFields
    }
  }
}
    fragment PageFields on PageInfo {
  startCursor
  endCursor
  hasNextPage
  hasPreviousPage
}
fragment PinRevealFields on PinReveal {
  id
  reason
  requestedBy
  expiresAt
  approvedBy
  revealedAt
  card {
    serial
  }
  batch {
    id
  }
}`) as unknown as TypedDocumentString<PinRevealsQuery, PinRevealsQueryVariables>;
export const ConfirmClockDocument = new TypedDocumentString(`
    mutation ConfirmClock($now: DateTime!) {
  result: confirmClock(now: $now) {
    __typename
    ... on ConfirmClockPayload {
      confirmedAt
    }
    ...Refusal
  }
}
    fragment Refusal on Error {
  code
  message
  retryable
}`) as unknown as TypedDocumentString<ConfirmClockMutation, ConfirmClockMutationVariables>;
export const RedeemVoucherDocument = new TypedDocumentString(`
    mutation RedeemVoucher($input: RedeemVoucherInput!) {
  result: redeemVoucher(input: $input) {
    __typename
    ... on RedeemVoucherPayload {
      balance {
        ...Amount
      }
      transfer {
        ...TransferFields
      }
      card {
        ...CardFields
      }
    }
    ... on CurrencyMismatchError {
      expected
      given
    }
    ...Refusal
  }
}
    fragment Amount on Money {
  amount
  currency
}
fragment Refusal on Error {
  code
  message
  retryable
}
fragment CardFields on Card {
  id
  serial
  state
  version
  balance {
    ...Amount
  }
  available {
    ...Amount
  }
  validUntil
  graceUntil
  firstUsedAt
  lock {
    reason
    unlockAt
  }
}
fragment TransferFields on Transfer {
  id
  kind
  reason
  createdAt
  amount {
    ...Amount
  }
  cardChange {
    ...Amount
  }
  cardBalanceAfter {
    ...Amount
  }
  walletChange {
    ...Amount
  }
  walletBalanceAfter {
    ...Amount
  }
}`) as unknown as TypedDocumentString<RedeemVoucherMutation, RedeemVoucherMutationVariables>;