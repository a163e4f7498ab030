import { execFileSync } from 'node:child_process'
import { page } from '../../src/platform/print/page-measures.ts'
import { widthOf } from '../../src/platform/print/width-of.ts'

/** A word of a page, in points from its upper left corner. */
export interface PlacedWord {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
  readonly text: string
}

/** A line of a page: what stands at one height in letters of one size. */
export interface PlacedLine extends PlacedWord {
  /** How far one Chinese character stands from the next. */
  readonly advance: number
}

/** The text area of the page of GB/T 9704, in points. */
export const area = {
  left: page.leftTwips / 20,
  top: page.topTwips / 20,
  right: (page.widthTwips - page.rightTwips) / 20,
  bottom: (page.heightTwips - page.bottomTwips) / 20,
} as const

const placed = /<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)</g

/** Every word of every page, as pdftotext finds them. */
export function placedWords(pdf: Buffer): PlacedWord[][] {
  const told = execFileSync('pdftotext', ['-bbox', '-', '-'], { input: pdf, encoding: 'utf8' })
  return told
    .split('<page ')
    .slice(1)
    .map((of) =>
      [...of.matchAll(placed)].map(([, left, top, right, bottom, text]) => ({
        left: Number(left),
        top: Number(top),
        right: Number(right),
        bottom: Number(bottom),
        text: text!,
      })),
    )
}

/** The lines between the upper and the lower edge of the text, from above. */
export function linesOf(words: readonly PlacedWord[]): PlacedLine[] {
  const inside = words.filter(({ top }) => top > area.top - 2 && top < area.bottom)
  const atHeights = Map.groupBy(inside, ({ top, bottom }) => `${top.toFixed(1)} ${(bottom - top).toFixed(1)}`)
  return [...atHeights.values()]
    .map((of) => {
      const inOrder = of.toSorted((one, other) => one.left - other.left)
      const text = inOrder.map((word) => word.text).join('')
      const { left, top, bottom } = inOrder[0]!
      const { right } = inOrder.at(-1)!
      const longest = of.toSorted((one, other) => widthOf(other.text) - widthOf(one.text))[0]!
      const advance = (longest.right - longest.left) / widthOf(longest.text)
      return { left, top, right, bottom, text, advance }
    })
    .sort((one, other) => one.top - other.top)
}
