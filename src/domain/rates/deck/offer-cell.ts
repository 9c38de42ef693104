import { barringWord, deniesBarring } from '../../files/barring-words.ts';

/** What a row says of its prefix: sold, not sold at all, or no longer listed, so that a shorter prefix applies. */
export type Offer = 'OFFERED' | 'BARRED' | 'WITHDRAWN';

const OFFERED =
  /^(?:|-|null|\\n|new|(?:new )?(?:code|rate|price)s?(?: added)?|add(?:ed|ition)?|open(?:ed)?|re-?open(?:ed)?|active|activ(?:e|ated)|enabled?|available|current|effective|in effect|valid|ok|on|up|live|(?:rate |price )?(?:increased?|decreased?|inc|dec|changed?|unchanged)|(?:no|not) changed?|same|stable|updated?|unblocked|unlocked|reinstated)$/i;
/** What a price did. Of a route, "down" says the opposite. */
const PRICE_MOVED = /^(?:(?:rate |price )?(?:down|lower|higher)|[▲△▴↑↗▼▽▾↓↘=►▶→+]+)$/i;
const CHANGE_HEAD = /change|price|rate/i;

/**
 * Reads the word of a column such as "Change" or "Status"; null when it means nothing known.
 *
 * @param head the column's: "down" is a lower price in a column of changes only
 */
export function readOffer(cell: string, head = ''): Offer | null {
  if (OFFERED.test(cell) || (CHANGE_HEAD.test(head) && PRICE_MOVED.test(cell))) return 'OFFERED';
  return deniesBarring(cell) ? null : barringWord(cell);
}

/** Reads a flag such as "blocked" or VOS3000's locktype; null when it is neither yes nor no. */
export function readBarred(cell: string): Offer | null {
  if (/^(?:|-|0|0\.0+|n|no|none|false|f|off|null|\\n)$/i.test(cell)) return 'OFFERED';
  if (/^(?:[1-9]\d?|1\.0+|y|yes|true|t|x|on)$/i.test(cell)) return 'BARRED';
  return readOffer(cell);
}
