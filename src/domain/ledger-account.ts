/**
 * The operator's own accounts. Cards and wallets are accounts too, each under its own id: what the operator owes. A
 * transfer takes from its debit account and gives to its credit account.
 *
 * ISSUANCE     face values given out at activation
 * CASH         money received: top-ups of wallets, recharges made by the operator
 * ADJUSTMENTS  manual corrections, in both directions
 * USAGE        calls charged, their surcharges included: revenue
 * BREAKAGE     balances forfeited at the end of grace: revenue from that moment
 * VOUCHERS     clearing account between a voucher and the card it is redeemed on: zero after every transaction
 * FEES         fees taken from cards, for their first use, their maintenance and their replacement: revenue
 * DISCOUNTS    what the operator pays of partners' recharges
 * WALLETS      clearing account between two partners' wallets: zero after every transaction
 * OPENINGS     balances that imported cards brought with them: what was owed on them before the import
 * REPLACEMENTS clearing account between a lost card and its replacement: zero after every transaction
 */
type LedgerAccountKind =
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
