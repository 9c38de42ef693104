import { v5 as uuidV5 } from 'uuid';
import type { LedgerAccount } from '../../domain/ledger-account.ts';
import type { Transaction } from '../postgres/database.ts';

const NAMESPACE = '6b1f4f0e-6f0c-4f3e-9a53-6d0c5c2f6f10';
const ids = new Map<string, string>();

/** The id of one of the operator's accounts: the same in every database, so it needs no look-up. */
export function ledgerAccountId({ kind, currency }: LedgerAccount): string {
  const name = `${kind}:${currency}`;
  let id = ids.get(name);
  if (!id) {
    id = uuidV5(name, NAMESPACE);
    ids.set(name, id);
  }
  return id;
}

/** Inserts the accounts into the table of accounts before the first transfer touches them. */
export function ensureLedgerAccounts(tx: Transaction, accounts: readonly LedgerAccount[]) {
  return tx`
    INSERT INTO ledger_accounts (id, kind, currency)
    SELECT * FROM unnest(
      ${accounts.map(ledgerAccountId)}::uuid[],
      ${accounts.map((account) => account.kind)}::text[],
      ${accounts.map((account) => account.currency)}::text[]
    ) ORDER BY 1
    ON CONFLICT DO NOTHING`;
}
