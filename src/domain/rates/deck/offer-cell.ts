/** What a row says of its prefix: sold, not sold at all, or no longer listed, so that a shorter prefix applies. */
export type Offer = 'OFFERED' | 'BARRED' | 'WITHDRAWN';

const OFFERED =
  /^(?:|-|n\/?a|null|\\n|new|(?:new )?(?:code|rate|price)s?(?: added)?|add(?:ed|ition)?|open(?:ed)?|re-?open(?:ed)?|active|activ(?:e|ated)|enabled?|available|current|effective|in effect|valid|ok|(?:rate |price )?(?:increased?|decreased?|inc|dec|up|down|changed?|unchanged)|(?:no|not) changed?|same|stable|updated?|unblocked|unlocked|reinstated)$/i;
const WITHDRAWN = /\b(?:delet|remov)/i;
const BARRED =
  /\b(?:block|barr|bar\b|clos|suspend|withdr|discontin|terminat|disab|inactiv|lock|cancel|unavail|stop|forbid|prohibit|deactivat|expired|out of service|no (?:service|access|route)|not in (?:service|use)|disconnect|fraud|ended\b|not (?:available|offered|allowed|supported|for sale)|(?:do not|don't) (?:sell|use|send|route))/i;

/** Reads the word of a column such as "Change" or "Status"; null when it means nothing known. */
export function readOffer(cell: string): Offer | null {
  if (OFFERED.test(cell)) return 'OFFERED';
  if (WITHDRAWN.test(cell)) return 'WITHDRAWN';
  return BARRED.test(cell) ? 'BARRED' : null;
}

/** Whether a text somewhere in a row says that its prefix is not for sale. */
export function saysBarred(cell: string): boolean {
  return cell.length > 2 && (BARRED.test(cell) || WITHDRAWN.test(cell));
}

/** Reads a flag such as "blocked" or VOS3000's locktype; null when it is neither yes nor no. */
export function readBarred(cell: string): Offer | null {
  if (/^(?:|-|0|0\.0+|n|no|none|false|f|off|null|\\n)$/i.test(cell)) return 'OFFERED';
  if (/^(?:[1-9]\d?|1\.0+|y|yes|true|t|x|on)$/i.test(cell)) return 'BARRED';
  return readOffer(cell);
}
