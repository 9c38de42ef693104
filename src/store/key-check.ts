import type { Sql } from './database.ts';
import { CURRENT_KEY_ID, type PinVault } from './pin-vault.ts';

/** The master key is not the one that this database's PINs are under. */
export class WrongMasterKey extends Error {
  constructor() {
    super(
      'The master key is not the one this database was set up with: its PINs could be neither found nor printed.',
    );
    this.name = 'WrongMasterKey';
  }
}

/**
 * Notes on the first start which key is used, and refuses any other afterwards: a lost key file must not go unnoticed
 * until a million cards are under two keys.
 *
 * @throws WrongMasterKey
 */
export async function checkMasterKey(sql: Sql, vault: PinVault): Promise<void> {
  await sql`
    INSERT INTO key_checks (key_id, fingerprint) VALUES (${CURRENT_KEY_ID}, ${vault.fingerprint()})
    ON CONFLICT DO NOTHING`;
  const [known] = await sql<{ fingerprint: Buffer }[]>`
    SELECT fingerprint FROM key_checks WHERE key_id = ${CURRENT_KEY_ID}`;
  if (!known?.fingerprint.equals(vault.fingerprint())) throw new WrongMasterKey();
}
