/**
 * The operator's own accounts. Cards and wallets are accounts too, each under its own id: what the operator owes.
 * A movement takes from its debit account and gives to its credit account.
 *
 * ISSUANCE     face values given out at activation
 * CASH         money received: top-ups of wallets, recharges made by the operator
 * ADJUSTMENTS  corrections by hand, in both directions
 * USAGE        calls charged, their surcharges included: revenue
 * BREAKAGE     balances forfeited at the end of grace: revenue from that moment
 * VOUCHERS     passed through from a voucher to the card it is redeemed on: zero after every transaction
 * FEES         fees taken from cards, for their first use, their maintenance and their replacement: revenue
 * DISCOUNTS    what the operator pays of partners' recharges
 * WALLETS      what is on its way from one partner's wallet to another's: zero at the end of every transaction
 * OPENINGS     balances that imported cards brought with them: what was owed on them before they came
 * REPLACEMENTS what is on its way from a lost card to the one in its place: zero at the end of every transaction
 */
export type LedgerAccountKind =
  | 'ISSUANCE'
  | 'CASH'
  | 'ADJUSTMENTS'
  | 'USAGE'
  | 'BREAKAGE'
  | 'VOUCHERS'
  | 'FEES'
  | 'REPLACEMENTS'
  | 'DISCOUNTS'
  | 'WALLETS'
  | 'OPENINGS';

export interface LedgerAccount {
  readonly kind: LedgerAccountKind;
  readonly currency: string;
}
