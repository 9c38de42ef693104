/** A reseller and its prepaid wallet. */
export interface Partner {
  readonly id: string;
  readonly name: string;
  readonly currency: string;
  /** Micro-units of the currency. */
  readonly balance: bigint;
  /** Grows by one with every movement of the wallet. */
  readonly version: number;
  readonly createdAt: Date;
}
