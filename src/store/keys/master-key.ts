import { deriveKey, PinVault } from './pin-vault.ts';

const NAME_BYTES = 4;

/** The values derived from a master key; the key itself is not kept. */
export class MasterKey {
  /** Its displayed name: the beginning of its fingerprint, in hexadecimal. */
  readonly name: string;
  readonly fingerprint: Buffer;
  readonly vault: PinVault;
  /** Signs card tokens. */
  readonly tokenKey: Buffer;

  /** @param bytes 32 */
  constructor(bytes: Buffer) {
    this.vault = PinVault.fromMasterKey(bytes);
    this.fingerprint = this.vault.fingerprint();
    this.name = keyName(this.fingerprint);
    this.tokenKey = deriveKey(bytes, 'cardline card tokens 1');
  }
}

/** The name of the key with a fingerprint. */
export function keyName(fingerprint: Buffer): string {
  return fingerprint.subarray(0, NAME_BYTES).toString('hex');
}
