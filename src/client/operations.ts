/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** What calls cost more when they come in by one access number. */
export type AccessSurchargeInput = {
  /** The access number, with its country code. */
  accessNumber: string;
  /** On top of the connection fee, up to six decimals. */
  connectionFee?: string;
  /** On top of the rate, up to eight decimals. */
  pricePerMinute?: string;
};

/** A correction by hand. */
export type AdjustCardBalanceInput = {
  /** Positive gives, negative takes. */
  amount: MoneyInput;
  /** The card to correct. */
  card: CardReference;
  /** Yours, unique for each correction. Up to 255 characters. */
  idempotencyKey: string;
  /** Why, for the statement. Up to 500 characters. */
  reason: string;
};

/** What a key may do. */
export type ApiKeyRole =
  /** The operator: everything. */
  | 'ADMINISTRATOR'
  /** Sees all, changes nothing. */
  | 'AUDITOR'
  /** A reseller: its own batches, cards, keys and wallet. */
  | 'PARTNER'
  /** The operator's help desk: sees all but keys, locks and unlocks cards, binds numbers. */
  | 'SUPPORT'
  /** A softswitch or IVR: authenticates callers, binds numbers and redeems vouchers. */
  | 'SWITCH';

/** A part of the API that a key can be restricted to. */
export type ApiScope =
  /** API keys and what else decides who may do what. */
  | 'ACCESS'
  /** Making and exporting batches. */
  | 'BATCHES'
  /** Authentication of callers, and calls. */
  | 'CALLS'
  /** States, locks, balances and bound numbers of cards. */
  | 'CARDS'
  /** Partners and their wallets. */
  | 'PARTNERS'
  /** Rate groups, price lists and call terms. */
  | 'RATES'
  /** Queries and subscriptions. */
  | 'READ'
  /** Recharges, their reversals, and vouchers. */
  | 'RECHARGES';

/** Which entries. What is left out does not limit. */
export type AuditFilter = {
  /** By this actor: a UUID as entries tell it, or the global id of an API key. */
  actorId?: string | null | undefined;
  /** From this IP address. */
  address?: string | null | undefined;
  /** At or after this instant. */
  from?: string | null | undefined;
  /** About the object with this global id. */
  objectId?: string | null | undefined;
  /** Of this operation, such as `rechargeCard`. */
  operation?: string | null | undefined;
  /** With this outcome: `OK`, or a code. */
  outcome?: string | null | undefined;
  /** Before this instant. */
  to?: string | null | undefined;
};

/** A caller to be authenticated. */
export type AuthenticateCardInput = {
  /** The number the caller dialled to reach you, with its country code. */
  accessNumber?: string | null | undefined;
  /** What the caller shows. */
  by: CardCredentials;
  /** The number the caller calls from, as your network tells it. Wrong PINs are counted by it, and a number from which a PIN was keyed with success goes on while others are refused. Left out: withheld. */
  callerNumber?: string | null | undefined;
  /** ISO 3166-1 alpha-2 code of the country whose plan a national ANI is in. */
  country?: string | null | undefined;
};

/** The true reason for a refused PIN, which the caller is never told. */
export type AuthenticationFailure =
  /** Not compared: the guess budget, or the share of it of whoever asked, was spent. */
  | 'BREAKER_TRIPPED'
  /** The PIN is right, the card is closed or redeemed. */
  | 'CLOSED'
  /** The PIN is right, the card is out of service. */
  | 'DEACTIVATED'
  /** The PIN is right, validity and grace are over. */
  | 'EXPIRED'
  /** The PIN is right, the card was not activated. */
  | 'INACTIVE'
  /** The PIN is right, the validity is over. */
  | 'IN_GRACE'
  /** The PIN is right, the card is locked. */
  | 'LOCKED'
  /** The PIN is right, but of a voucher where a card is asked for, or the other way round. */
  | 'NOT_FOR_THIS'
  /** Not compared: too many failures of the same credential with the serial. */
  | 'SERIAL_BLOCKED'
  /** Not compared: the source failed too often, or with too many serials, and was in its delay. */
  | 'SOURCE_DELAYED'
  /** No card has the PIN. */
  | 'UNKNOWN_PIN'
  /** No card has the serial. */
  | 'UNKNOWN_SERIAL'
  /** The card with the serial has another PIN. */
  | 'WRONG_PIN';

/** A call to be allowed. */
export type AuthorizeCallInput = {
  /** The number the caller dialled to reach you, with its country code. */
  accessNumber?: string | null | undefined;
  /** Whose call it is. */
  by: CallCredentials;
  /** The number the caller calls from, as your network tells it. Wrong PINs are counted by it, and a number from which a PIN was keyed with success goes on while others are refused. Left out: withheld. */
  callerNumber?: string | null | undefined;
  /** ISO 3166-1 alpha-2 code of the country whose plan national numbers are in. Left out: the access number's, else the server's. */
  country?: string | null | undefined;
  /** The dialled number, as dialled: a national one is read in the access number's country. */
  number: string;
  /** How many seconds you want, 1 to 86,400. Left out: the rate group's slice. */
  requestedSeconds?: number | null | undefined;
  /** The switch's own id of the call, unique among all your switches for ever, such as a SIP Call-ID. Sent again it gets the same answer. Up to 255 characters. */
  switchCallId: string;
};

/** Which batches. What is left out does not limit. */
export type BatchReportFilter = {
  /** This one. */
  cardBatchId?: string | null | undefined;
  /** Of this partner, without those below it. */
  partnerId?: string | null | undefined;
};

/** A number to be bound. */
export type BindNumberInput = {
  /** The card it shall stand for. */
  card: CardReference;
  /** ISO 3166-1 alpha-2 code of the country whose plan a national number is in. Left out: the server's. */
  country?: string | null | undefined;
  /** The number, in any usual form. */
  number: string;
};

/** What can happen to a call. */
export type CallActivityType =
  /** Its switch fell silent; settled at its last report. */
  | 'CALL_ABANDONED'
  /** Allowed; a quota is held. */
  | 'CALL_AUTHORIZED'
  /** Never answered. */
  | 'CALL_CANCELLED'
  /** Ended and charged. */
  | 'CALL_COMPLETED'
  /** Given more time. */
  | 'CALL_EXTENDED'
  /** Refused. */
  | 'CALL_REFUSED'
  /** An operator asked for its end. */
  | 'CALL_TERMINATING';

/** Whose call it is: exactly one of these. */
export type CallCredentials =
  {   /** The caller's number, bound to a card. */
  ani: string; pin?: never; serialAndPin?: never; token?: never; }
  |  { ani?: never;   /** The PIN alone, spaces and dashes allowed. */
  pin: string; serialAndPin?: never; token?: never; }
  |  { ani?: never; pin?: never;   /** The serial and the PIN. */
  serialAndPin: SerialAndPin; token?: never; }
  |  { ani?: never; pin?: never; serialAndPin?: never;   /** The token that authenticateCard gave. */
  token: string; };

/** Which calls. What is left out does not limit. */
export type CallFilter = {
  /** Of this card. */
  cardId?: string | null | undefined;
  /** Whose destination contains this, in capitals or not. */
  destination?: string | null | undefined;
  /** Asked for at or after this instant. */
  from?: string | null | undefined;
  /** Of this partner's cards. */
  partnerId?: string | null | undefined;
  /** In this state. */
  state?: CallState | null | undefined;
  /** Asked for before this instant. */
  to?: string | null | undefined;
};

/** Why a call may not be made: what the prompt to the caller should say. */
export type CallRefusalReason =
  /** The card is closed. */
  | 'CARD_CLOSED'
  /** The card was taken out of service. */
  | 'CARD_DEACTIVATED'
  /** The card's validity and grace are over. */
  | 'CARD_EXPIRED'
  /** The card was never activated. */
  | 'CARD_INACTIVE'
  /** The card's validity is over, its balance still kept. */
  | 'CARD_IN_GRACE'
  /** The card is locked. */
  | 'CARD_LOCKED'
  /** The rate group blocks the destination. */
  | 'DESTINATION_BLOCKED'
  /** The plan's minutes of the day or month are used. */
  | 'FAIR_USE_REACHED'
  /** The balance does not pay the first increment. */
  | 'INSUFFICIENT_BALANCE'
  /** The rate group does not offer the destination. */
  | 'NO_RATE'
  /** The card has as many calls in progress as its batch allows. */
  | 'TOO_MANY_CALLS';

/** One report: exactly one of these. */
export type CallReport =
  {   /** As cancelCall: the id of the call. */
  cancel: string; complete?: never; extend?: never; }
  |  { cancel?: never;   /** As completeCall. */
  complete: CompleteCallInput; extend?: never; }
  |  { cancel?: never; complete?: never;   /** As extendCall. */
  extend: ExtendCallInput; };

/** How far a call is. */
export type CallState =
  /** Its switch fell silent: charged for its last reported use. A late completeCall posts the difference. */
  | 'ABANDONED'
  /** In progress: a quota is granted and what it costs is held. */
  | 'AUTHORIZED'
  /** Never answered: the hold was released, nothing charged. */
  | 'CANCELLED'
  /** Ended and charged. */
  | 'COMPLETED'
  /** It was not allowed; `refusal` says why. */
  | 'REFUSED';

/** How far a batch is. */
export type CardBatchState =
  /** Cancelled while it ran. The cards made until then stay. */
  | 'CANCELLED'
  /** Its cards could not be made; `failure` says why. */
  | 'FAILED'
  /** Its cards are being made. */
  | 'GENERATING'
  /** Accepted; no card is made yet. */
  | 'PENDING'
  /** All its cards are made. */
  | 'READY';

/** What is done to the cards of a list. */
export type CardChange =
  /** As activateCards. */
  | 'ACTIVATE'
  /** As deactivateCards. */
  | 'DEACTIVATE'
  /** As lockCard. */
  | 'LOCK'
  /** As unlockCard. */
  | 'UNLOCK';

/** One card of a list. */
export type CardChangeRow = {
  /** The card to change. */
  card: CardReference;
  /** Yours, unique in the list: up to 100 characters. */
  key: string;
};

/** What the caller shows: exactly one of these. */
export type CardCredentials =
  {   /** The caller's number, bound to a card. */
  ani: string; pin?: never; serialAndPin?: never; }
  |  { ani?: never;   /** The PIN alone, spaces and dashes allowed. */
  pin: string; serialAndPin?: never; }
  |  { ani?: never; pin?: never;   /** The serial and the PIN. */
  serialAndPin: SerialAndPin; };

/** What can happen to a card. */
export type CardEventType =
  /** A call whose switch fell silent was settled. */
  | 'CALL_ABANDONED'
  /** A call was allowed, and its quota held. */
  | 'CALL_AUTHORIZED'
  /** A call was never answered; its hold was released. */
  | 'CALL_CANCELLED'
  /** A call ended and was charged. */
  | 'CALL_COMPLETED'
  /** A call was given more time, and more was held. */
  | 'CALL_EXTENDED'
  /** A call was refused. */
  | 'CALL_REFUSED'
  /** An operator asked for the end of a call. */
  | 'CALL_TERMINATING'
  /** Activated, alone or among others. */
  | 'CARDS_ACTIVATED'
  /** Taken out of service, alone or among others. */
  | 'CARDS_DEACTIVATED'
  /** Taken over from another system, with what was on it. */
  | 'CARDS_IMPORTED'
  /** Its balance was corrected by hand. */
  | 'CARD_BALANCE_ADJUSTED'
  /** Closed: its grace ended and its balance was forfeited, or, of a voucher, it was redeemed. */
  | 'CARD_CLOSED'
  /** Authenticated for the first time: its validity began. */
  | 'CARD_FIRST_USED'
  /** Its validity ended. */
  | 'CARD_GRACE_STARTED'
  /** Locked. */
  | 'CARD_LOCKED'
  /** Recharged. */
  | 'CARD_RECHARGED'
  /** Another card was put in its place, or it in the place of another; or money that came late went on to that card. */
  | 'CARD_REPLACED'
  /** Unlocked, by hand or by time. */
  | 'CARD_UNLOCKED'
  /** A fee was taken; `reason` says for what. */
  | 'FEE_CHARGED'
  /** Its balance fell below its batch's threshold. */
  | 'LOW_BALANCE'
  /** A telephone number was bound to it. */
  | 'NUMBER_BOUND'
  /** A telephone number was unbound from it. */
  | 'NUMBER_UNBOUND'
  /** A recharge was taken back. */
  | 'RECHARGE_REVERSED'
  /** It got the value of a voucher. */
  | 'VOUCHER_REDEEMED';

/** The heads of a file whose columns have other names than the preset says. What is named must be there. */
export type CardFileColumns = {
  /** Instead of `activated_at`. When it was put into service. */
  activatedAt?: string | null | undefined;
  /** Instead of `balance`. What is on the card; of one in stock, what it gets at its first activation. */
  balance?: string | null | undefined;
  /** Instead of `bound_numbers`. Telephone numbers that stand for it, separated by semicolons. */
  boundNumbers?: string | null | undefined;
  /** Instead of `created_at`. When it was made, for mode 3. */
  createdAt?: string | null | undefined;
  /** Instead of `currency`. Must be the batch's wherever it is written. */
  currency?: string | null | undefined;
  /** Instead of `expires_at`. The end of its validity; of a card not yet used, its last date of first use. */
  expiresAt?: string | null | undefined;
  /** Instead of `expiry_days`. Days, for those modes. */
  expiryDays?: string | null | undefined;
  /** Instead of `expiry_mode`. A2Billing's: 0 no end, 1 expires_at, 2 and 3 expiry_days from the first use and from creation. */
  expiryMode?: string | null | undefined;
  /** Instead of `first_used_at`. When it was used for the first time. */
  firstUsedAt?: string | null | undefined;
  /** Instead of `lock_reason`. OPERATOR (unless it says otherwise), SUSPECTED_FRAUD or REPORTED_LOST. */
  lockReason?: string | null | undefined;
  /** Instead of `locked`. 1 for an active card that is locked. */
  locked?: string | null | undefined;
  /** Instead of `password`. What they key after it, if cards have a number and a password: the two together become the PIN. */
  password?: string | null | undefined;
  /** Instead of `pin`. What callers key. */
  pin?: string | null | undefined;
  /** Instead of `serial`. The serial. A file without it has serials given to its cards. */
  serial?: string | null | undefined;
  /** Instead of `state`. inactive, active, locked, deactivated or expired; or the code of the preset. */
  state?: string | null | undefined;
  /** Instead of `used_at`. Of stock: must be empty, 0 or NULL, for a used card has its money elsewhere. */
  usedAt?: string | null | undefined;
};

/** Which system wrote the file. docs/moving-in.md has the columns of each and the query that exports them. */
export type CardFilePreset =
  /** Cards of A2Billing (cc_card), with the numbers of cc_callerid. */
  | 'A2BILLING'
  /** Ours: the heads that CardFileColumns names, states in words. */
  | 'CARDLINE'
  /** Cards of VOS3000 in use (e_activephonecard), joined with their accounts and numbers. */
  | 'VOS3000_ACTIVE'
  /** Cards of VOS3000 that were not used yet (e_phonecard). */
  | 'VOS3000_STOCK';

/** Which cards. All that is given must fit; what is left out does not limit. */
export type CardFilter = {
  /** Of this batch. */
  batchId?: string | null | undefined;
  /** With at most this balance, in units of its currency. */
  maxBalance?: string | null | undefined;
  /** With at least this balance, in units of its currency. */
  minBalance?: string | null | undefined;
  /** Of this partner. */
  partnerId?: string | null | undefined;
  /** Whose serial begins with this. */
  serialPrefix?: string | null | undefined;
  /** In this state now. */
  state?: CardState | null | undefined;
  /** Of a batch of this type. */
  type?: CardType | null | undefined;
  /** Whose validity ends at or after this instant. */
  validUntilFrom?: string | null | undefined;
  /** Whose validity ends before this instant. */
  validUntilTo?: string | null | undefined;
};

/** How far an import is. */
export type CardImportState =
  /** Its file is read, and compared with itself and with what is there. */
  | 'CHECKING'
  /** All its cards are there. */
  | 'DONE'
  /** It could not be imported; `failure` says why. Nothing was imported. */
  | 'FAILED'
  /** Accepted; nobody has begun yet. */
  | 'PENDING'
  /** Its file has problems: `problems` names each. Nothing was imported. */
  | 'REFUSED'
  /** All is well; its cards are being written, in one transaction. */
  | 'WRITING';

/** In which order cards are listed. */
export type CardOrder =
  /** By serial, lowest first. */
  | 'SERIAL_ASC'
  /** By serial, highest first. */
  | 'SERIAL_DESC';

/** Which card is meant: by exactly one of these. */
export type CardReference =
  {   /** A number that stands for it, with its country code. */
  boundNumber: string; id?: never; serial?: never; }
  |  { boundNumber?: never;   /** Its global id. */
  id: string; serial?: never; }
  |  { boundNumber?: never; id?: never;   /** The serial printed on it. */
  serial: string; };

/** Which cards, at most 100,000 in one request: by exactly one of these. */
export type CardSelection =
  {   /** All of a batch, once it is READY. */
  batchId: string; ids?: never; serials?: never; }
  |  { batchId?: never;   /** By their global ids, at most 1,000. */
  ids: Array<string>; serials?: never; }
  |  { batchId?: never; ids?: never;   /** A range of serials. */
  serials: SerialRangeInput; };

/** What a card is at this instant: its stored status, its lock and the time taken together. */
export type CardState =
  /** In service. */
  | 'ACTIVE'
  /** Final: the balance was forfeited or, of a voucher, redeemed. */
  | 'CLOSED'
  /** Taken out of service. Nothing is permitted but activating it again. */
  | 'DEACTIVATED'
  /** Validity and grace are over; about to be closed. Nothing is permitted any more. */
  | 'EXPIRED'
  /** Made and in stock, not activated: no money is on it. */
  | 'INACTIVE'
  /** Past its validity: no calls, the balance is kept until the grace period ends. */
  | 'IN_GRACE'
  /** Refuses its caller; money may come in, none goes out. Ends by unlockCard or by itself. */
  | 'LOCKED';

/** Of which card, and of when. */
export type CardStatementFilter = {
  /** The card. */
  card: CardReference;
  /** Left out: today in UTC. */
  period?: ReportPeriodInput | null | undefined;
};

/** How a card is spent and refilled. */
export type CardType =
  /** For a single use; never recharged. */
  | 'DISPOSABLE'
  /** Spent, and recharged. */
  | 'RECHARGEABLE'
  /** A fixed value, spent until empty; never recharged. */
  | 'STANDARD'
  /** Valid for a time rather than a value; may be recharged. */
  | 'UNLIMITED'
  /** A recharge voucher: whoever has its PIN moves its whole value to a card, once, with redeemVoucher. Makes no calls, takes no money and no numbers. */
  | 'VOUCHER';

/** A list of cards whose state is to change, all in the same way. */
export type ChangeCardsInput = {
  /** What is done to them. */
  change: CardChange;
  /** Yours, unique for each list: up to 150 characters. The same list sent again, at once or years later, has no second effect and gets the same answers; rows that were not come to are done. Rows of one card are done in the order given. Another list under the same key is refused. */
  idempotencyKey: string;
  /** Why: required with LOCK, and only then. */
  lockReason?: LockReason | null | undefined;
  /** With LOCK and UNLOCK only: a note for colleagues, up to 500 characters. */
  note?: string | null | undefined;
  /** 1 to 1000 rows. */
  rows: Array<CardChangeRow>;
  /** With LOCK only: when the locks end by themselves. Left out: by UNLOCK only. */
  unlockAt?: string | null | undefined;
};

/** The end of a call. */
export type CompleteCallInput = {
  /** When it was answered. */
  answeredAt?: string | null | undefined;
  /** When it ended. */
  endedAt?: string | null | undefined;
  /** Your word for why it ended, such as NORMAL_CLEARING. */
  hangupCause?: string | null | undefined;
  /** The switch's own id of the call. */
  switchCallId: string;
  /** Seconds since the answer, all of them, begun ones whole. 0: nobody answered. */
  totalSeconds: number;
};

/** A key to be made. */
export type CreateApiKeyInput = {
  /** When it ends by itself. Left out: never. */
  expiresAt?: string | null | undefined;
  /** What it is for, up to 200 characters. */
  name: string;
  /** The networks it may be used from, as CIDR such as 203.0.113.0/24, at most 32. Left out: from anywhere. */
  networks?: Array<string> | null | undefined;
  /** The partner for whom it acts; needed for PARTNER, and only there. */
  partnerId?: string | null | undefined;
  /** What it may do. */
  role: ApiKeyRole;
  /** What it is restricted to. Left out: to nothing but its role. */
  scopes?: Array<ApiScope> | null | undefined;
  /** Of a SWITCH key: the group of switches that share their calls and the ids of them, up to 64 letters, digits, points, dashes and underscores. Left out: its calls are its own. */
  switchGroup?: string | null | undefined;
};

/** A batch to be made. Its terms never change afterwards, but for `lowBalanceThreshold`: see updateCardBatch. */
export type CreateCardBatchInput = {
  /** Charged for each answered call on top of its rate, in the batch's currency. Left out: nothing. */
  callSurcharge?: string | null | undefined;
  /** What each card gets at its first activation. */
  faceValue: MoneyInput;
  /** The last date of first use, of vouchers of use. Left out: none. */
  firstUseBy?: string | null | undefined;
  /** What a card shall pay at its first use: more than zero. Left out: nothing. */
  firstUseFee?: MoneyInput | null | undefined;
  /** Days the balance is kept after the validity. */
  graceDays?: number;
  /** The language of the prompts (BCP 47). */
  language?: string;
  /** Whoever watches lowBalance is told of a card that falls below it, in the batch's currency. Left out: of none. */
  lowBalanceThreshold?: string | null | undefined;
  /** What a card shall pay in each period after its first use. Left out: nothing. */
  maintenanceFee?: MaintenanceFeeInput | null | undefined;
  /** Numbers that may stand for one card. */
  maxBoundNumbers?: number;
  /** Calls of one card at once. */
  maxConcurrentCalls?: number;
  /** Its name, up to 200 characters. */
  name: string;
  /** The partner who sells it. */
  partnerId?: string | null | undefined;
  /** How its PINs look. Left out: 14 digits. */
  pinFormat?: PinFormatInput | null | undefined;
  /** Of an UNLIMITED batch. */
  plan?: PlanInput | null | undefined;
  /** How many cards, 1 to 10,000,000. */
  quantity: number;
  /** The price list its cards call by, in the same currency. */
  rateGroupId: string;
  /** How its cards may be recharged. */
  recharge?: RechargeRulesInput | null | undefined;
  /** Whether its cards shall be replaced when they are lost. Left out: yes, without a fee. */
  replacement?: ReplacementPolicyInput | null | undefined;
  /** What its serials begin with, up to 8 of A-Z, 0-9 and "-"; ten digits follow. */
  serialPrefix?: string;
  /** How its cards are spent and refilled. */
  type: CardType;
  /** Days of 24 hours from the first use. Left out: no end. */
  validityDays?: number | null | undefined;
};

/** A partner to be created. */
export type CreatePartnerInput = {
  /** The currency of its wallet, for ever. */
  currency: string;
  /** Its name, unique among the partners right below the same one, up to 200 characters. */
  name: string;
  /** The partner above it. Left out: an operator's new partner has none, a partner's is below that partner. */
  parentId?: string | null | undefined;
};

/** A price list to be created. */
export type CreateRateGroupInput = {
  /** The currency of its rates, for ever. */
  currency: string;
  /** Its name, unique, up to 100 characters. */
  name: string;
};

/** Every way a request can be refused. A code never changes its meaning. */
export type ErrorCode =
  /** The recharge was taken back before. */
  | 'ALREADY_REVERSED'
  /** The API key has expired or was revoked. */
  | 'API_KEY_ENDED'
  /** The one answer to every failed authentication: it tells nothing about why. */
  | 'AUTHENTICATION_REFUSED'
  /** What would come in makes the balance larger than any may be. */
  | 'BALANCE_TOO_LARGE'
  /** The batch ended before it could be cancelled. */
  | 'BATCH_ALREADY_FINISHED'
  /** The partner may not recharge cards of this batch. */
  | 'BATCH_NOT_ALLOWED'
  /** The batch's cards are still being made. */
  | 'BATCH_NOT_FINISHED'
  /** Money is held for calls that still run on the card. */
  | 'CALLS_IN_PROGRESS'
  /** The call was ended in another way before. */
  | 'CALL_ENDED'
  /** The switch's call id stands for another call. */
  | 'CALL_ID_REUSED'
  /** The call may not be made. */
  | 'CALL_REFUSED'
  /** The card is in service already. */
  | 'CARD_ALREADY_ACTIVE'
  /** The card is locked already. */
  | 'CARD_ALREADY_LOCKED'
  /** The new card was used before, or replaces another. */
  | 'CARD_ALREADY_USED'
  /** The card is expired or closed: its validity and grace are over, or it was a voucher and redeemed. */
  | 'CARD_CLOSED'
  /** The card was taken out of service. */
  | 'CARD_DEACTIVATED'
  /** The card was never activated. */
  | 'CARD_INACTIVE'
  /** The card is past its validity, and recharges of its batch do not extend it. */
  | 'CARD_IN_GRACE'
  /** The card is a recharge voucher, and what was asked is for cards that make calls. */
  | 'CARD_IS_VOUCHER'
  /** The card is locked, and what was asked needs it unlocked. */
  | 'CARD_LOCKED'
  /** The card is not locked. */
  | 'CARD_NOT_LOCKED'
  /** Cards of this type are spent and never refilled. */
  | 'CARD_NOT_RECHARGEABLE'
  /** Another card is in the place of this one, for good. */
  | 'CARD_REPLACED'
  /** The wallet owes more than the new credit limit. */
  | 'CREDIT_IN_USE'
  /** Money of one currency meant for a card or wallet of another. */
  | 'CURRENCY_MISMATCH'
  /** A cursor of a place that the event log has not come to. */
  | 'CURSOR_AHEAD'
  /** A cursor older than the events that are kept. */
  | 'CURSOR_EXPIRED'
  /** The recharges of the day would come to more than the operator allows. */
  | 'DAILY_LIMIT_REACHED'
  /** The new card is past its last date of first use. */
  | 'FIRST_USE_OVER'
  /** The key was used before with other arguments or for another operation. */
  | 'IDEMPOTENCY_KEY_REUSED'
  /** The card has less available than was to be taken. */
  | 'INSUFFICIENT_BALANCE'
  /** The partner's wallet does not cover the amount. Under the same key it stays refused. */
  | 'INSUFFICIENT_FUNDS'
  /** An amount that is no plain decimal, is too large, or is zero or negative where it must not be. */
  | 'INVALID_AMOUNT'
  /** A cursor that the event log never gave out. */
  | 'INVALID_CURSOR'
  /** An argument that breaks a rule of its own, whatever the state of the data. */
  | 'INVALID_INPUT'
  /** A number that no numbering plan has. */
  | 'INVALID_PHONE_NUMBER'
  /** A name that must be unique and is taken. */
  | 'NAME_TAKEN'
  /** Nothing of the recharge is left on the card: its oldest money is spent first. */
  | 'NOTHING_TO_REVERSE'
  /** The role allows it, but not with this object or these values. */
  | 'NOT_ALLOWED'
  /** An id, serial or number that names nothing, or nothing that is yours. */
  | 'NOT_FOUND'
  /** No prefix of the price list is a beginning of the number, or none is in effect. */
  | 'NO_RATE_FOR_NUMBER'
  /** No new card was named, and no card of the batch is INACTIVE any more. */
  | 'NO_SPARE_CARD'
  /** The number stands for a card already. */
  | 'NUMBER_ALREADY_BOUND'
  /** The number stands for no card, or for none of yours. */
  | 'NUMBER_NOT_BOUND'
  /** The server has more to do than it may queue. Nothing was done. */
  | 'OVERLOADED'
  /** The new card is another partner's than the lost one. */
  | 'PARTNER_MISMATCH'
  /** A partner can not be put there. */
  | 'PARTNER_MISPLACED'
  /** PINs of this format could be guessed: one random guess would hit a live card too often. */
  | 'PIN_FORMAT_TOO_DENSE'
  /** As many PINs were asked for in 24 hours as may be. */
  | 'PIN_REVEALS_EXHAUSTED'
  /** A deck with bad rows: nothing of it was imported. */
  | 'RATE_DECK_REFUSED'
  /** The partner may not have batches of this rate group. */
  | 'RATE_GROUP_NOT_ALLOWED'
  /** The amount is outside what the card's batch allows. */
  | 'RECHARGE_OUT_OF_RANGE'
  /** The recharge was made too long ago to be taken back. */
  | 'RECHARGE_TOO_OLD'
  /** The terms of the card's batch let none of its cards be replaced. */
  | 'REPLACEMENT_NOT_ALLOWED'
  /** The card has as many numbers as its batch allows. */
  | 'TOO_MANY_BINDINGS'
  /** Too many numbers were tried that are bound to cards of others: nothing was looked at. */
  | 'TOO_MANY_BINDING_ATTEMPTS'
  /** More cards than one request may name. */
  | 'TOO_MANY_CARDS'
  /** An upload of which a piece, or the master key that it lay under, is there no more. */
  | 'UPLOAD_GONE'
  /** An upload that was asked for and has not arrived whole. */
  | 'UPLOAD_NOT_RECEIVED'
  /** Too many uploads, or too much of them, wait to be imported. */
  | 'UPLOAD_QUOTA_EXCEEDED'
  /** An upload that was imported before, under another key. */
  | 'UPLOAD_USED'
  /** The one answer to every PIN that is not that of a usable voucher: it tells nothing about why. */
  | 'VOUCHER_REFUSED';

/** What kind of actor caused an event. */
export type EventActorKind =
  /** One of the operator's keys. */
  | 'OPERATOR'
  /** A partner's key. */
  | 'PARTNER'
  /** A person who came by way of the identity provider. */
  | 'PERSON'
  /** A switch's key. */
  | 'SWITCH'
  /** What runs by itself: a job, or the defence of PINs. */
  | 'SYSTEM';

/** Which events. All that is named must fit; what is left out does not limit. */
export type EventFilter = {
  /** About this batch, or cards of it. */
  batchId?: string | null | undefined;
  /** About these cards, at most 1,000. */
  cardIds?: Array<string> | null | undefined;
  /** About this partner, or batches and cards of it. */
  partnerId?: string | null | undefined;
  /** Of one of these types. Left out: of all that you may see. */
  types?: Array<EventType> | null | undefined;
};

/** What can happen. A type never changes its meaning. */
export type EventType =
  /** A key was made. */
  | 'API_KEY_CREATED'
  /** A key was revoked. */
  | 'API_KEY_REVOKED'
  /** A key got a successor. */
  | 'API_KEY_ROTATED'
  /** What may change about a batch was changed. */
  | 'BATCH_CHANGED'
  /** A batch was ordered. */
  | 'BATCH_CREATED'
  /** The file of a batch, with its PINs, was fetched. */
  | 'BATCH_EXPORTED'
  /** A batch got on, or ended. */
  | 'BATCH_PROGRESS'
  /** A call whose switch fell silent was settled. */
  | 'CALL_ABANDONED'
  /** A call was allowed, and its quota held. */
  | 'CALL_AUTHORIZED'
  /** A call was never answered; its hold was released. */
  | 'CALL_CANCELLED'
  /** A call ended and was charged. */
  | 'CALL_COMPLETED'
  /** A call was given more time, and more was held. */
  | 'CALL_EXTENDED'
  /** A call was refused. */
  | 'CALL_REFUSED'
  /** An operator asked for the end of a call. */
  | 'CALL_TERMINATING'
  /** The call terms of a rate group were changed. */
  | 'CALL_TERMS_CHANGED'
  /** Activated, alone or among others. */
  | 'CARDS_ACTIVATED'
  /** Taken out of service, alone or among others. */
  | 'CARDS_DEACTIVATED'
  /** Taken over from another system, with what was on it. */
  | 'CARDS_IMPORTED'
  /** Its balance was corrected by hand. */
  | 'CARD_BALANCE_ADJUSTED'
  /** Closed: its grace ended and its balance was forfeited, or, of a voucher, it was redeemed. */
  | 'CARD_CLOSED'
  /** Authenticated for the first time: its validity began. */
  | 'CARD_FIRST_USED'
  /** Its validity ended. */
  | 'CARD_GRACE_STARTED'
  /** An import of cards got on, or ended. */
  | 'CARD_IMPORT_PROGRESS'
  /** Locked. */
  | 'CARD_LOCKED'
  /** Recharged. */
  | 'CARD_RECHARGED'
  /** Another card was put in its place, or it in the place of another; or money that came late went on to that card. */
  | 'CARD_REPLACED'
  /** Unlocked, by hand or by time. */
  | 'CARD_UNLOCKED'
  /** A fee was taken; `reason` says for what. */
  | 'FEE_CHARGED'
  /** Its balance fell below its batch's threshold. */
  | 'LOW_BALANCE'
  /** A telephone number was bound to it. */
  | 'NUMBER_BOUND'
  /** A telephone number was unbound from it. */
  | 'NUMBER_UNBOUND'
  /** What a partner may do was changed. */
  | 'PARTNER_CHANGED'
  /** A partner was added. */
  | 'PARTNER_CREATED'
  /** A partner was put below another. */
  | 'PARTNER_MOVED'
  /** Money went out of a partner's wallet. */
  | 'PARTNER_PAID'
  /** The suspension of a partner was ended. */
  | 'PARTNER_RESUMED'
  /** A partner was suspended. */
  | 'PARTNER_SUSPENDED'
  /** Money came into a partner's wallet. */
  | 'PARTNER_TOPPED_UP'
  /** PINs were refused: at most one event a second tells how many. */
  | 'PINS_FAILED'
  /** A price list was imported. */
  | 'RATES_IMPORTED'
  /** A recharge was taken back. */
  | 'RECHARGE_REVERSED'
  /** People should look at something. */
  | 'SECURITY_ALERT'
  /** It got the value of a voucher. */
  | 'VOUCHER_REDEEMED';

/** How soon, and of whom. */
export type ExpiringCardsFilter = {
  /** Of this partner, without those below it. Left out: of all that you may see. */
  partnerId?: string | null | undefined;
  /** Days of 24 hours from now, 1 to 366. */
  withinDays?: number;
};

/** Which report, with what it is asked for: exactly one. */
export type ExportReportInput =
  {   /** What became of the cards of each batch. */
  batchLife: BatchReportFilter; cardStatement?: never; cardStates?: never; expiringCards?: never; failedAuthentications?: never; liability?: never; recharges?: never; revenue?: never; usage?: never; walletStatement?: never; }
  |  { batchLife?: never;   /** The statement of a card. */
  cardStatement: CardStatementFilter; cardStates?: never; expiringCards?: never; failedAuthentications?: never; liability?: never; recharges?: never; revenue?: never; usage?: never; walletStatement?: never; }
  |  { batchLife?: never; cardStatement?: never;   /** Cards by state and batch. */
  cardStates: BatchReportFilter; expiringCards?: never; failedAuthentications?: never; liability?: never; recharges?: never; revenue?: never; usage?: never; walletStatement?: never; }
  |  { batchLife?: never; cardStatement?: never; cardStates?: never;   /** Cards that expire soon. */
  expiringCards: ExpiringCardsFilter; failedAuthentications?: never; liability?: never; recharges?: never; revenue?: never; usage?: never; walletStatement?: never; }
  |  { batchLife?: never; cardStatement?: never; cardStates?: never; expiringCards?: never;   /** Failed authentications by source. */
  failedAuthentications: FailureReportFilter; liability?: never; recharges?: never; revenue?: never; usage?: never; walletStatement?: never; }
  |  { batchLife?: never; cardStatement?: never; cardStates?: never; expiringCards?: never; failedAuthentications?: never;   /** What is owed on cards, by day. */
  liability: PeriodReportFilter; recharges?: never; revenue?: never; usage?: never; walletStatement?: never; }
  |  { batchLife?: never; cardStatement?: never; cardStates?: never; expiringCards?: never; failedAuthentications?: never; liability?: never;   /** Recharges by day and partner. */
  recharges: PartnerReportFilter; revenue?: never; usage?: never; walletStatement?: never; }
  |  { batchLife?: never; cardStatement?: never; cardStates?: never; expiringCards?: never; failedAuthentications?: never; liability?: never; recharges?: never;   /** Revenue by day. */
  revenue: PeriodReportFilter; usage?: never; walletStatement?: never; }
  |  { batchLife?: never; cardStatement?: never; cardStates?: never; expiringCards?: never; failedAuthentications?: never; liability?: never; recharges?: never; revenue?: never;   /** Calls by day, destination, rate group and partner. */
  usage: PartnerReportFilter; walletStatement?: never; }
  |  { batchLife?: never; cardStatement?: never; cardStates?: never; expiringCards?: never; failedAuthentications?: never; liability?: never; recharges?: never; revenue?: never; usage?: never;   /** The statement of a wallet. */
  walletStatement: WalletStatementFilter; };

/** What a call has used so far, and that it wants to go on. */
export type ExtendCallInput = {
  /** Counts the requests of the call: 1 for the first extension. Sent again it gets the same answer. */
  requestNumber: number;
  /** Further seconds you want. Left out: the rate group's slice. */
  requestedSeconds?: number | null | undefined;
  /** The switch's own id of the call. */
  switchCallId: string;
  /** Seconds since the answer, all of them; 0 while it rings. */
  usedSeconds: number;
};

/** Which refused PINs. What is left out does not limit. */
export type FailedAuthenticationFilter = {
  /** Over this access number, in international form. */
  accessNumber?: string | null | undefined;
  /** Asked from this address, as the list names it. */
  address?: string | null | undefined;
  /** From this number, in international form such as +390655501234. */
  callerNumber?: string | null | undefined;
  /** Of this card. */
  cardId?: string | null | undefined;
  /** Asked by this key or person, as the list names it. */
  credential?: string | null | undefined;
  /** At or after this instant. */
  from?: string | null | undefined;
  /** For this reason. */
  reason?: AuthenticationFailure | null | undefined;
  /** Before this instant. */
  to?: string | null | undefined;
};

/** By what, and of when. */
export type FailureReportFilter = {
  /** What sources are told apart by. */
  by?: GuessSourceKind;
  /** Left out: today in UTC. */
  period?: ReportPeriodInput | null | undefined;
};

/** What ends a grant. After SLICE the switch asks for more; after any other the call ends. */
export type GrantLimit =
  /** The money is used up. */
  | 'BALANCE'
  /** The most a call may cost. */
  | 'CALL_CHARGE'
  /** The longest a call may last. */
  | 'CALL_SECONDS'
  /** The card was locked or taken out of service meanwhile. */
  | 'CARD_STATE'
  /** The call has ended already. */
  | 'ENDED'
  /** The plan's minutes of the day or month are used. */
  | 'FAIR_USE'
  /** The end of a slice: ask for more with extendCall. */
  | 'SLICE'
  /** An operator asked for the end of the call. */
  | 'TERMINATED'
  /** The card's validity ends. */
  | 'VALIDITY';

/** What failures are counted by. */
export type GuessSourceKind =
  /** The number the caller dialled to reach you. */
  | 'ACCESS_NUMBER'
  /** The IP address that asked; of IPv6 its network. */
  | 'ADDRESS'
  /** The number the caller called from. */
  | 'CALLER_NUMBER'
  /** The API key, or the person at the identity provider, that asked. */
  | 'CREDENTIAL';

/** A file of cards to be taken over from another system. */
export type ImportCardsInput = {
  /** Whether to take PINs over that a random guess hits with a chance of a millionth or more. The whole system then allows fewer wrong PINs: see guessBudget. */
  acceptDensePins?: boolean;
  /** Whether numbers begin with their country code and have no plus: 3906…. */
  bareNumbers?: boolean;
  /** The batch made for it. */
  batch: ImportedBatchInput;
  /** Other heads than the preset's. */
  columns?: CardFileColumns | null | undefined;
  /** In whose plan national numbers are read (ISO 3166-1 alpha-2). Left out: the server's own, if it has one. */
  country?: string | null | undefined;
  /** Yours, unique for each import: sent again it names the same import and has no second effect. Up to 255 characters. */
  idempotencyKey: string;
  /** Which system wrote it. */
  preset?: CardFilePreset;
  /** The upload that received the file. */
  uploadId: string;
  /** Of times that have none of their own, such as "+02:00". */
  utcOffset?: string;
};

/** A deck to be imported. */
export type ImportRatesInput = {
  /** Other heads than the usual ones. */
  columns?: RateDeckColumns | null | undefined;
  /** For rows without a date of their own. Left out: now. */
  effectiveFrom?: string | null | undefined;
  /** The price list it goes into. */
  rateGroupId: string;
  /** Whether prefixes that the deck does not name are withdrawn from then on. */
  replace?: boolean;
  /** The upload that received it. */
  uploadId: string;
};

/** The batch that the cards of a file go into. Its terms never change afterwards. */
export type ImportedBatchInput = {
  /** Charged for each answered call on top of its rate, in the batch's currency. Left out: nothing. */
  callSurcharge?: string | null | undefined;
  /** What each card gets at its first activation. */
  faceValue: MoneyInput;
  /** The last date of first use, of vouchers of use. Left out: none. */
  firstUseBy?: string | null | undefined;
  /** What a card shall pay at its first use: more than zero. Left out: nothing. */
  firstUseFee?: MoneyInput | null | undefined;
  /** Days the balance is kept after the validity. */
  graceDays?: number;
  /** The language of the prompts (BCP 47). */
  language?: string;
  /** Whoever watches lowBalance is told of a card that falls below it, in the batch's currency. Left out: of none. */
  lowBalanceThreshold?: string | null | undefined;
  /** What a card shall pay in each period after its first use. Left out: nothing. */
  maintenanceFee?: MaintenanceFeeInput | null | undefined;
  /** Numbers that may stand for one card. */
  maxBoundNumbers?: number;
  /** Calls of one card at once. */
  maxConcurrentCalls?: number;
  /** Its name, up to 200 characters. */
  name: string;
  /** The partner who sells it. */
  partnerId?: string | null | undefined;
  /** Of an UNLIMITED batch. */
  plan?: PlanInput | null | undefined;
  /** The price list its cards call by, in the same currency. */
  rateGroupId: string;
  /** How its cards may be recharged. */
  recharge?: RechargeRulesInput | null | undefined;
  /** Whether its cards shall be replaced when they are lost. Left out: yes, without a fee. */
  replacement?: ReplacementPolicyInput | null | undefined;
  /** Put before each serial of the file, up to 8 of A-Z, 0-9 and "-"; where the file has none, ten digits follow. */
  serialPrefix?: string;
  /** How its cards are spent and refilled. */
  type: CardType;
  /** Days of 24 hours from the first use. Left out: no end. */
  validityDays?: number | null | undefined;
};

/** What a PIN was keyed for. */
export type KeyedOperation =
  /** `authenticateCard`. */
  | 'AUTHENTICATE_CARD'
  /** `authorizeCall`. */
  | 'AUTHORIZE_CALL'
  /** `redeemVoucher`. */
  | 'REDEEM_VOUCHER';

/** A lock. */
export type LockCardInput = {
  /** The card to lock. */
  card: CardReference;
  /** A note for colleagues, up to 500 characters. */
  note?: string | null | undefined;
  /** Why. FAILED_ATTEMPTS is set by the system alone. */
  reason: LockReason;
  /** When it ends by itself. Left out: by unlockCard only. */
  unlockAt?: string | null | undefined;
};

/** Why a card is locked. */
export type LockReason =
  /** Too many wrong PINs with its serial. Set by the system alone. It keeps out who keys the PIN, and not who is known otherwise: by a bound number, a token, or a number from which the PIN was keyed before. */
  | 'FAILED_ATTEMPTS'
  /** By an operator, for a reason of his own. */
  | 'OPERATOR'
  /** Its holder reported it lost. */
  | 'REPORTED_LOST'
  /** By the fraud desk. */
  | 'SUSPECTED_FRAUD';

/** What a card shall pay at the end of each period after its first use, while it is ACTIVE. */
export type MaintenanceFeeInput = {
  /** What a card shall pay, in the batch's currency: more than zero. */
  amount: MoneyInput;
  /** Days of 24 hours in a period, 1 to 36,500. */
  everyDays: number;
};

/** An amount of money. Amounts are never converted: the currency must be that of the card or wallet. */
export type MoneyInput = {
  /** Units of the currency, at most six decimals. */
  amount: string;
  /** The currency of the amount. */
  currency: string;
};

/** A number to be moved. */
export type MoveNumberInput = {
  /** The card it shall stand for. */
  card: CardReference;
  /** ISO 3166-1 alpha-2 code of the country whose plan a national number is in. Left out: the server's. */
  country?: string | null | undefined;
  /** The number, in any usual form. */
  number: string;
};

/** Which days, and of whom. */
export type PartnerReportFilter = {
  /** Of this partner, without those below it. Left out: of all that you may see. */
  partnerId?: string | null | undefined;
  /** Left out: today in UTC. */
  period?: ReportPeriodInput | null | undefined;
};

/** Which days. */
export type PeriodReportFilter = {
  /** Left out: today in UTC. */
  period?: ReportPeriodInput | null | undefined;
};

/** How PINs look: prefix, random characters, check digit, suffix. A format is refused when one random guess would hit a live card with a chance of a millionth or more. */
export type PinFormatInput = {
  /** The characters drawn from: 2 to 36 different ones of 0-9 and A-Z. */
  alphabet?: string;
  /** Whether a Luhn check character follows the random ones, against typing errors. */
  checkDigit?: boolean;
  /** Characters in all, 6 to 32. */
  length?: number;
  /** What every PIN begins with. */
  prefix?: string;
  /** What every PIN ends with. */
  suffix?: string;
};

/** What the cards of an UNLIMITED batch include: calls to the destinations of their rate group cost nothing, within these limits. */
export type PlanInput = {
  /** Seconds of all calls of a day. Left out: no limit. */
  fairUseDaySeconds?: number | null | undefined;
  /** Seconds of all calls of a month. Left out: no limit. */
  fairUseMonthSeconds?: number | null | undefined;
  /** Seconds one call may last. Left out: the rate group says. */
  maxCallSeconds?: number | null | undefined;
  /** The rate group by which calls beyond fair use, or to other destinations, are paid from the balance. Left out: they are refused. */
  overflowRateGroupId?: string | null | undefined;
};

/** The heads of a deck whose columns have other names. */
export type RateDeckColumns = {
  /** Instead of `connection_fee`. */
  connectionFee?: string | null | undefined;
  /** Instead of `destination`. */
  destination?: string | null | undefined;
  /** Instead of `effective_from`. */
  effectiveFrom?: string | null | undefined;
  /** Instead of `increment`. */
  increment?: string | null | undefined;
  /** Instead of `initial_increment`. */
  initialIncrement?: string | null | undefined;
  /** Instead of `prefix`. */
  prefix?: string | null | undefined;
  /** Instead of `rate_per_minute`. */
  ratePerMinute?: string | null | undefined;
};

/** Which rates. What is left out does not limit. */
export type RateFilter = {
  /** Whose destination contains this, in capitals or not. */
  destination?: string | null | undefined;
  /** Whose prefix begins with these digits; +39, 0039 and 39 are one. */
  prefix?: string | null | undefined;
};

/** A recharge. */
export type RechargeCardInput = {
  /** How much, in the card's currency. */
  amount: MoneyInput;
  /** The card to recharge. */
  card: CardReference;
  /** Yours, unique for each recharge: sent again, at once or years later, it has no second effect and gets the same answer. Up to 255 characters. */
  idempotencyKey: string;
};

/** A list of recharges. */
export type RechargeCardsInput = {
  /** Yours, unique for each list: up to 150 characters. The same list sent again, at once or years later, has no second effect and gets the same answers; rows that were not come to are done. Rows of one card are done in the order given. Another list under the same key is refused. */
  idempotencyKey: string;
  /** 1 to 1000 rows. */
  rows: Array<RechargeRow>;
};

/** Which recharges. What is left out does not limit. */
export type RechargeFilter = {
  /** Of this card. */
  cardId?: string | null | undefined;
  /** Posted at or after this instant. */
  from?: string | null | undefined;
  /** From this partner's wallet. */
  partnerId?: string | null | undefined;
  /** Posted before this instant. */
  to?: string | null | undefined;
};

/** One recharge of a list. */
export type RechargeRow = {
  /** How much, in the card's currency. */
  amount: MoneyInput;
  /** The card to recharge. */
  card: CardReference;
  /** Yours, unique in the list: up to 100 characters. */
  key: string;
};

/** How cards may be recharged. */
export type RechargeRulesInput = {
  /** Days a recharge adds to the validity, from the later of now and its end. */
  extendsValidityDays?: number | null | undefined;
  /** The most one recharge may be, in the batch's currency. */
  max?: string | null | undefined;
  /** The least one recharge may be, in the batch's currency. */
  min?: string | null | undefined;
};

/** A voucher to be redeemed. */
export type RedeemVoucherInput = {
  /** The number the caller dialled to reach you, with its country code. */
  accessNumber?: string | null | undefined;
  /** The number the caller calls from, as your network tells it. Wrong PINs are counted by it, and a number from which a PIN was keyed with success goes on while others are refused. Left out: withheld. */
  callerNumber?: string | null | undefined;
  /** The card that gets its value. */
  card: CardReference;
  /** Yours, unique for each attempt: sent again with the same PIN it has no second effect and gets the same answer. Up to 255 characters. */
  idempotencyKey: string;
  /** The PIN of the voucher, spaces and dashes allowed. */
  voucherPin: string;
};

/** A card to be replaced. */
export type ReplaceCardInput = {
  /** The card that was lost. */
  card: CardReference;
  /** Yours, unique for each replacement. Up to 255 characters. */
  idempotencyKey: string;
  /** The card in its place: never used, INACTIVE or ACTIVE, of the same currency and partner. Left out: any INACTIVE card of the same batch. */
  newCard?: CardReference | null | undefined;
  /** Why, for the statements. Up to 500 characters. */
  reason: string;
};

/** Whether cards that were lost shall be replaced, and for what. */
export type ReplacementPolicyInput = {
  /** Whether replaceCard may be asked for. */
  allowed?: boolean;
  /** What the lost card shall pay for it, in the batch's currency: more than zero. Left out: nothing. */
  fee?: MoneyInput | null | undefined;
};

/** Whole days of a time zone, at most 400. What is left out is today there. */
export type ReportPeriodInput = {
  /** The first day. */
  from?: string | null | undefined;
  /** IANA name such as "Europe/Rome": where the days begin and end. */
  timeZone?: string;
  /** The last day, included. */
  to?: string | null | undefined;
};

/** Whose PIN, and why. */
export type RevealPinInput = {
  /** The card. */
  card: CardReference;
  /** Why its PIN must be seen, up to 500 characters, without six or more digits in a row. */
  reason: string;
};

/** A recharge to be taken back. */
export type ReverseRechargeInput = {
  /** How much at most. Left out: the whole recharge. */
  amount?: MoneyInput | null | undefined;
  /** Yours, unique for each reversal. Up to 255 characters. */
  idempotencyKey: string;
  /** Why, for the statement. Up to 500 characters. */
  reason: string;
  /** The Transfer that the recharge made. */
  rechargeId: string;
};

/** Who an asker is. */
export type Role =
  /** The operator. */
  | 'ADMINISTRATOR'
  /** Sees all, changes nothing. */
  | 'AUDITOR'
  /** A caller, in the session that authenticateCard opened. */
  | 'CARDHOLDER'
  /** A reseller. */
  | 'PARTNER'
  /** The operator's help desk. */
  | 'SUPPORT'
  /** A softswitch or IVR. */
  | 'SWITCH';

/** Which alerts. What is left out does not limit. */
export type SecurityAlertFilter = {
  /** At or after this instant. */
  from?: string | null | undefined;
  /** Of one of these kinds. */
  kinds?: Array<SecurityAlertKind> | null | undefined;
  /** Before this instant. */
  to?: string | null | undefined;
};

/** What people should look at. */
export type SecurityAlertKind =
  /** Wrong PINs with a card's serial locked it. */
  | 'CARD_LOCKED_BY_FAILURES'
  /** Many wrong PINs from one source, or that lock many cards; a guess budget, or the share that somebody has of it, is spent; or numbers are tried of which too many are bound to cards of others. */
  | 'GUESSING'
  /** A key was used from a network it was not used from before. */
  | 'NEW_NETWORK'
  /** An administrator asked for a card's PIN, was shown it, or asks for more than may be shown. */
  | 'PIN_REVEAL'
  /** A partner replaces more cards in a day than it should. */
  | 'TOO_MANY_REPLACEMENTS'
  /** A partner recharges many times what it usually does. */
  | 'UNUSUAL_RECHARGES';

/** A serial and the PIN of that card. */
export type SerialAndPin = {
  /** The PIN, spaces and dashes allowed. */
  pin: string;
  /** The serial. */
  serial: string;
};

/** Cards by their serials, both ends included. */
export type SerialRangeInput = {
  /** The first serial. */
  from: string;
  /** The last serial. */
  to: string;
};

/** Changes of a rate group's call terms. What is left out stays; amounts are in its currency. */
export type SetCallTermsInput = {
  /** Prefixes that may not be called, at most 1,000. */
  blockedPrefixes?: Array<string> | null | undefined;
  /** Seconds not billed, 0 to 3,600. */
  freeSeconds?: number | null | undefined;
  /** What a call may cost at most. Null: no limit. */
  maxCharge?: string | null | undefined;
  /** Seconds a call may last. Null: a day. */
  maxSeconds?: number | null | undefined;
  /** What an answered call costs at least. */
  minimumCharge?: string | null | undefined;
  /** The rate group. */
  rateGroupId: string;
  /** Seconds granted at a time, 10 to 86,400; 300 at first. */
  sliceSeconds?: number | null | undefined;
  /** By access number, at most 1,000. */
  surcharges?: Array<AccessSurchargeInput> | null | undefined;
  /** The first that fits applies; at most 1,000. */
  timeBands?: Array<TimeBandInput> | null | undefined;
  /** IANA name such as "Europe/Rome". */
  timeZone?: string | null | undefined;
};

/** Hours of some weekdays in which calls cost more or less. One over midnight is two. */
export type TimeBandInput = {
  /** Minutes after local midnight, the first included. */
  fromMinute: number;
  /** Its name, up to 50 characters. */
  name: string;
  /** Of the rate, 0 to 1000: 100 is the rate itself. */
  percent: number;
  /** Minutes after local midnight, not included; 1440 at most. */
  toMinute: number;
  /** 1 is Monday, 7 is Sunday. */
  weekdays: Array<number>;
};

/** Money for a partner. */
export type TopUpPartnerInput = {
  /** How much, in the wallet's currency. */
  amount: MoneyInput;
  /** Yours, unique for each movement: sent again it has no second effect and gets the same answer. */
  idempotencyKey: string;
  /** The partner. */
  partnerId: string;
  /** What it was for: a bank reference, an invoice. Up to 500 characters. */
  reason?: string | null | undefined;
};

/** What a movement of money was for. */
export type TransferKind =
  /** A correction by hand, in either direction. */
  | 'ADJUSTMENT'
  /** The charge of a call. */
  | 'CALL'
  /** What a late end of an abandoned call gave back. */
  | 'CALL_REFUND'
  /** The batch's surcharge on an answered call. */
  | 'CALL_SURCHARGE'
  /** The operator's part of a partner's recharge, put into its wallet right before it. */
  | 'DISCOUNT'
  /** The operator's part of a recharge that was taken back. */
  | 'DISCOUNT_REVERSAL'
  /** The batch's fee for the first use, as far as the card could pay it. */
  | 'FIRST_USE_FEE'
  /** What was left on a card at the end of its grace period: breakage. */
  | 'FORFEITURE'
  /** The face value, put on a card at its first activation. */
  | 'ISSUE'
  /** The batch's fee for one period after the first use, as far as the card could pay it. */
  | 'MAINTENANCE_FEE'
  /** What was on a card when it was imported from another system. */
  | 'OPENING'
  /** Money put on a card, from a wallet or against cash. */
  | 'RECHARGE'
  /** What went from a lost card to the one in its place: one on each statement. */
  | 'REPLACEMENT'
  /** The batch's fee for the replacement of a card, as far as the card could pay it. */
  | 'REPLACEMENT_FEE'
  /** A recharge taken back, to where it came from. */
  | 'REVERSAL'
  /** Money put into a partner's wallet. */
  | 'TOP_UP'
  /** The whole value of a voucher: out of the voucher, and in the same step into a card. */
  | 'VOUCHER'
  /** What went from one partner's wallet to another's: one on each statement. */
  | 'WALLET_TRANSFER'
  /** Money paid out of a partner's wallet. */
  | 'WITHDRAWAL';

/** A binding to be ended. */
export type UnbindNumberInput = {
  /** The card it stands for. */
  card: CardReference;
  /** ISO 3166-1 alpha-2 code of the country whose plan a national number is in. Left out: the server's. */
  country?: string | null | undefined;
  /** The number, in any usual form. */
  number: string;
};

/** The end of a lock. */
export type UnlockCardInput = {
  /** The card to unlock. */
  card: CardReference;
  /** A note for colleagues, up to 500 characters. */
  note?: string | null | undefined;
};

/** What changes about a batch. What is left out stays; null takes it away. */
export type UpdateCardBatchInput = {
  /** The batch. */
  id: string;
  /** Whoever watches lowBalance is told of a card that falls below it from now on, in the batch's currency. Null: of none. */
  lowBalanceThreshold?: string | null | undefined;
};

/** What changes about a partner. What is left out stays; null takes a limit away. */
export type UpdatePartnerInput = {
  /** The batches whose cards it may recharge, at most 1,000. */
  allowedBatchIds?: Array<string> | null | undefined;
  /** The rate groups that batches of it may have, at most 1,000. */
  allowedRateGroupIds?: Array<string> | null | undefined;
  /** How far below zero the wallet may go, in units of its currency. Null: not at all. */
  creditLimit?: string | null | undefined;
  /** What its recharges of each card on one day (UTC) may come to. */
  dailyCardLimit?: string | null | undefined;
  /** What its recharges of one day (UTC), and what it puts into wallets below its own, may come to, in units of its currency. */
  dailyLimit?: string | null | undefined;
  /** What of each of its recharges the operator pays, in per cent with at most two decimals. A recharge of 10.00 at 5 per cent puts 10.00 on the card and takes 9.50 from the wallet; the discount is rounded down to the micro-unit. */
  discountPercent?: string | null | undefined;
  /** The partner. */
  id: string;
};

/** Of which wallet, and of when. */
export type WalletStatementFilter = {
  /** The partner whose wallet it is. */
  partnerId: string;
  /** Left out: today in UTC. */
  period?: ReportPeriodInput | null | undefined;
};

/** Money out of a wallet. */
export type WithdrawFromPartnerInput = {
  /** How much, in the wallet's currency. */
  amount: MoneyInput;
  /** Yours, unique for each movement: sent again it has no second effect and gets the same answer. */
  idempotencyKey: string;
  /** The partner. */
  partnerId: string;
  /** What it was for: a bank reference, an invoice. Up to 500 characters. */
  reason?: string | null | undefined;
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
    | { __typename: 'UpdateCardBatchPayload', cardBatch: { id: string, lowBalanceThreshold: { amount: string, currency: string } | null } }
   };

export type BindNumberMutationVariables = Exact<{
  input: BindNumberInput;
}>;


export type BindNumberMutation = { result:
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
  movements?: number | null | undefined;
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
  movements: number;
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
    | { __typename: 'AuthenticateCardPayload', state: CardState, language: string, token: string, remainingSeconds: number | null, balance: { amount: string, currency: string }, card: { id: string, serial: string, state: CardState, version: number, validUntil: string | null, graceUntil: string | null, firstUsedAt: string | null, balance: { amount: string, currency: string }, available: { amount: string, currency: string }, lock: { reason: LockReason, unlockAt: string | null } | null } }
    | { __typename: 'AuthenticationRefusedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'OverloadedError', code: ErrorCode, message: string, retryable: boolean }
   };

export type ChangeCardsMutationVariables = Exact<{
  input: ChangeCardsInput;
}>;


export type ChangeCardsMutation = { result:
    | { __typename: 'ChangeCardsPayload', changed: number, refused: number, outcomes: Array<{ key: string, result:
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

export type AmountFragment = { amount: string, currency: string };

type Refusal_AlreadyReversedError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_ApiKeyEndedError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_AuthenticationRefusedError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_BalanceTooLargeError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_BatchAlreadyFinishedError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

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

type Refusal_CardNotLockedError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_CardNotRechargeableError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

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

type Refusal_PartnerMismatchError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_PartnerMisplacedError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_PinFormatTooDenseError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_PinRevealsExhaustedError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_RateDeckRefusedError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_RateGroupNotAllowedError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_RechargeOutOfRangeError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_RechargeTooOldError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

type Refusal_ReplacementNotAllowedError_Fragment = { code: ErrorCode, message: string, retryable: boolean };

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
  | Refusal_ApiKeyEndedError_Fragment
  | Refusal_AuthenticationRefusedError_Fragment
  | Refusal_BalanceTooLargeError_Fragment
  | Refusal_BatchAlreadyFinishedError_Fragment
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
  | Refusal_CardNotLockedError_Fragment
  | Refusal_CardNotRechargeableError_Fragment
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
  | Refusal_PartnerMismatchError_Fragment
  | Refusal_PartnerMisplacedError_Fragment
  | Refusal_PinFormatTooDenseError_Fragment
  | Refusal_PinRevealsExhaustedError_Fragment
  | Refusal_RateDeckRefusedError_Fragment
  | Refusal_RateGroupNotAllowedError_Fragment
  | Refusal_RechargeOutOfRangeError_Fragment
  | Refusal_RechargeTooOldError_Fragment
  | Refusal_ReplacementNotAllowedError_Fragment
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
    | { __typename: 'ImportCardsPayload', cardImport: { id: string, state: CardImportState, rowCount: number, problemCount: number, failure: string | null, cardBatch: { id: string, imported: boolean, made: number } | null } }
    | { __typename: 'InvalidAmountError', code: ErrorCode, message: string }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string }
    | { __typename: 'RateGroupNotAllowedError', code: ErrorCode, message: string }
    | { __typename: 'UploadNotReceivedError', code: ErrorCode, message: string }
    | { __typename: 'UploadUsedError', code: ErrorCode, message: string }
   };

export type CardImportsQueryVariables = Exact<{
  first?: number | null | undefined;
}>;


export type CardImportsQuery = { cardImports: { edges: Array<{ node: { id: string, state: CardImportState, rowCount: number, problemCount: number, failure: string | null, cardBatch: { id: string, imported: boolean, made: number } | null } }> } };

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
    | { __typename: 'CardImport', id: string, state: CardImportState, rowCount: number, problemCount: number, failure: string | null, problems: { edges: Array<{ node: { line: number, column: string | null, code: string, problem: string } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } }, cardBatch: { id: string, imported: boolean, made: number } | null }
    | { __typename: 'Partner' }
    | { __typename: 'Rate' }
    | { __typename: 'RateGroup' }
    | { __typename: 'Transfer' }
   | null };

export type CardImportProgressSubscriptionVariables = Exact<{
  importId: string;
  after?: string | null | undefined;
}>;


export type CardImportProgressSubscription = { cardImportProgress: { cursor: string, at: string, state: CardImportState, rows: number, problems: number, readShare: number, cardImport: { id: string, state: CardImportState, rowCount: number, problemCount: number, failure: string | null, cardBatch: { id: string, imported: boolean, made: number } | null } } };

export type ImportPartsFragment = { id: string, state: CardImportState, rowCount: number, problemCount: number, failure: string | null, cardBatch: { id: string, imported: boolean, made: number } | null };

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
  movements?: number | null | undefined;
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
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'UpdatePartnerPayload', partner: { id: string, name: string, discountPercent: string, allowedBatchIds: Array<string> | null, allowedRateGroupIds: Array<string> | null, suspendedAt: string | null, balance: { amount: string, currency: string }, available: { amount: string, currency: string }, creditLimit: { amount: string, currency: string }, dailyLimit: { amount: string, currency: string } | null, dailyCardLimit: { amount: string, currency: string } | null, parent: { id: string } | null } }
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


export type RatesQuery = { rates: { edges: Array<{ cursor: string, node: { id: string, prefix: string, destination: string, pricePerMinute: string, initialIncrement: number, increment: number, effectiveFrom: string, withdrawn: boolean, connectionFee: { amount: string, currency: string } } }>, pageInfo: { startCursor: string | null, endCursor: string | null, hasNextPage: boolean, hasPreviousPage: boolean } } };

export type QuoteCallQueryVariables = Exact<{
  rateGroupId: string;
  number: string;
  country?: string | null | undefined;
  balance?: MoneyInput | null | undefined;
  seconds?: number | null | undefined;
}>;


export type QuoteCallQuery = { result:
    | { __typename: 'CallQuote', number: string, destination: string, billedSeconds: number | null, affordableSeconds: number | null, charge: { amount: string, currency: string } | null, rate: { prefix: string, pricePerMinute: string } }
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

export type CreateRateUploadMutationVariables = Exact<{ [key: string]: never; }>;


export type CreateRateUploadMutation = { result:
    | { __typename: 'CreateRateUploadPayload', upload: { id: string, url: string, expiresAt: string } }
    | { __typename: 'UploadQuotaExceededError', code: ErrorCode, message: string, retryable: boolean }
   };

export type ImportRatesMutationVariables = Exact<{
  input: ImportRatesInput;
}>;


export type ImportRatesMutation = { result:
    | { __typename: 'ImportRatesPayload', imported: number, withdrawn: number, rateGroup: { id: string, version: number, rateCount: number } }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'OverloadedError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'RateDeckRefusedError', problemCount: number, rowCount: number, code: ErrorCode, message: string, retryable: boolean, problems: Array<{ line: number, column: string | null, value: string | null, code: string, problem: string }> }
    | { __typename: 'UploadGoneError', code: ErrorCode, message: string, retryable: boolean }
    | { __typename: 'UploadNotReceivedError', code: ErrorCode, message: string, retryable: boolean }
   };

export type RechargeCardMutationVariables = Exact<{
  input: RechargeCardInput;
}>;


export type RechargeCardMutation = { result:
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


export type FailedAuthenticationsQuery = { failedAuthentications: { edges: Array<{ node: { reason: AuthenticationFailure, operation: KeyedOperation, attempts: number, minute: string, lastAt: string, callerNumber: string | null, accessNumber: string | null, credential: string, address: string, serial: string | null, card: { serial: string } | null } }>, pageInfo: { startCursor: string | null, endCursor: string | null, hasNextPage: boolean, hasPreviousPage: boolean } } };

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

export type RedeemVoucherMutationVariables = Exact<{
  input: RedeemVoucherInput;
}>;


export type RedeemVoucherMutation = { result:
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
export const ImportPartsFragmentDoc = new TypedDocumentString(`
    fragment ImportParts on CardImport {
  id
  state
  rowCount
  problemCount
  failure
  cardBatch {
    id
    imported
    made
  }
}
    `, {"fragmentName":"ImportParts"}) as unknown as TypedDocumentString<ImportPartsFragment, unknown>;
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
    query Card($by: CardReference!, $movements: Int = 10, $after: String) {
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
    statement(first: $movements, after: $after) {
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
    query CardScreen($filter: CardFilter, $first: Int!, $movements: Int!) {
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
        statement(first: $movements) {
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
  cardBatch {
    id
    imported
    made
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
  cardBatch {
    id
    imported
    made
  }
}`) as unknown as TypedDocumentString<CardImportsQuery, CardImportsQueryVariables>;
export const CardImportProblemsDocument = new TypedDocumentString(`
    query CardImportProblems($id: ID!, $first: Int, $after: String) {
  node(id: $id) {
    __typename
    ... on CardImport {
      ...ImportParts
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
  cardBatch {
    id
    imported
    made
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
  cardBatch {
    id
    imported
    made
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
    query Partners($first: Int, $after: String, $movements: Int = 10) {
  partners(first: $first, after: $after) {
    edges {
      cursor
      node {
        id
        name
        balance {
          ...Amount
        }
        statement(first: $movements) {
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
        withdrawn
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
export const ImportRatesDocument = new TypedDocumentString(`
    mutation ImportRates($input: ImportRatesInput!) {
  result: importRates(input: $input) {
    __typename
    ... on ImportRatesPayload {
      imported
      withdrawn
      rateGroup {
        id
        version
        rateCount
      }
    }
    ... on RateDeckRefusedError {
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
    ...Refusal
  }
}
    fragment Refusal on Error {
  code
  message
  retryable
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