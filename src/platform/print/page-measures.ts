/**
 * 版面 — the page of GB/T 9704-2012 in Word's units: A4, 天头 37 mm, 订口 28 mm, 版心 156 × 225 mm, 22 lines of 28 characters.
 *
 * Twips are twentieths of a point. 22 lines of 580 would be 4 twips taller than the 12,756 there are, and the last would
 * fall off the page: the pitch is 579. 28 characters of 16 pt are set 5 twips closer each, 8,820 of 8,845 twips, and
 * justified. A grid of characters (charSpace −848) says the same to Word, but LibreOffice gives a character that is wider
 * than its cell two of them: the grid is one of lines, and what it would say is only noted in it.
 */
export const page = {
  widthTwips: 11906,
  heightTwips: 16838,
  topTwips: 2098,
  rightTwips: 1474,
  bottomTwips: 1984,
  leftTwips: 1587,
  textWidthTwips: 11906 - 1587 - 1474,
  linePitchTwips: 579,
  charSpace4096: -848,
  closerTwips: 5,
  /** One character of the body as it stands in its line. */
  characterTwips: 315,
  lines: 22,
  characters: 28,
} as const

/** 字号 — in half points: 二号, 三号, 四号, 小四, 五号, 小五. */
export const sizes = { two: 44, three: 32, four: 28, smallFour: 24, five: 21, smallFive: 18 } as const

/** 字体 — named, never carried along: the reader's machine has them or puts another in their place. */
export const faces = {
  title: '方正小标宋简体',
  body: '仿宋_GB2312',
  black: '黑体',
  kai: '楷体_GB2312',
  song: '宋体',
} as const

/** 毫米 — millimetres in twips. */
export function millimetres(mm: number): number {
  return Math.round((mm * 1440) / 25.4)
}
