/** Between the groups of a number written by hand. */
const gap = '[ -]?'
const day = '(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])'

/**
 * 号码的样子 — numbers that tell of a person, as parts of patterns: resident identity numbers of 18 and of 15 places and
 * mobile phones, also those made up for demonstration (100…). What may stand before and after one is each reader's to say.
 */
export const numberForms = {
  identity: `\\d{6}${gap}(?:18|19|20)\\d{2}${gap}${day}${gap}\\d{3}[\\dXx]`,
  oldIdentity: `[1-9]\\d{5}\\d{2}${day}\\d{3}`,
  mobile: `(?:(?:\\+|00)?86${gap})?1(?:00|[3-9]\\d)${gap}\\d{4}${gap}\\d{4}`,
} as const
