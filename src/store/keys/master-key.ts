import { deriveKey, PinVault } from './pin-vault.ts';

const NAME_BYTES = 4;

/** A master key by what is made from it; the key itself is not kept. */
export class MasterKey {
  /** What it is called where people see it: the beginning of its fingerprint, hexadecimal. */
  readonly name: string;
  readonly fingerprint: Buffer;
  readonly vault: PinVault;
  /** What card tokens are signed with. */
  readonly tokenKey: Buffer;

  /** @param bytes 32 */
  constructor(bytes: Buffer) {
    this.vault = PinVault.fromMasterKey(bytes);
    this.fingerprint = this.vault.fingerprint();
    this.name = keyName(this.fingerprint);
    this.tokenKey = deriveKey(bytes, 'cardline card tokens 1');
  }
}

/** The name of the key that has a fingerprint. */
export function keyName(fingerprint: Buffer): string {
  return fingerprint.subarray(0, NAME_BYTES).toString('hex');
}
