/** Who asks: a credential that was checked, whatever the transport. */
export interface Viewer {
  apiKeyId: string;
  role: 'ADMINISTRATOR' | 'PARTNER' | 'SWITCH';
  /** The partner whose data a PARTNER key may see and touch; null for the operator's own keys. */
  partnerId: string | null;
  name: string;
}
