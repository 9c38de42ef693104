/**
 * A whole number as it was before a spreadsheet wrote it as a decimal: "90.0" and "3,0" are 90 and 3. Any other text
 * stays as it is: the `.0` must never become a digit of a PIN.
 */
export function withoutDecimals(cell: string): string {
  return cell.replace(/^([-+]?\d+)[.,]0{1,9}$/, '$1');
}

/** A whole number from 0, of at most nine digits; null when the text is none. */
export function readWholeNumber(cell: string): number | null {
  const [, digits] = /^\+?(\d{1,9})$/.exec(withoutDecimals(cell)) ?? [];
  return digits === undefined ? null : Number(digits);
}
