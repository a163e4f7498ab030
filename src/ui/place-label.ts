/** 线旁文字的位置 — at which point of its line a label stands, and on which side. */
export interface LabelPlace {
  readonly index: number
  readonly side: 'top' | 'bottom'
  /** Which part of the label stands at the point: its middle, its left or its right end. */
  readonly align: 'center' | 'left' | 'right'
}

type Values = readonly (number | null)[]

/** Width of one letter and height of one line of letters, as shares of a chart of the usual size. */
const letterWidth = 0.047
const lineHeight = 0.075
const gap = 0.025
const aligns = ['center', 'left', 'right'] as const

/**
 * 给线找放字的空处 — where a line's label has the most free room above or below, so that no line runs through it.
 *
 * Works on shares of the drawing alone: `letters` is the label's length, `others` are all lines and edges drawn
 * beside it. A label never reaches over the sides of the drawing.
 */
export function placeLabel(line: Values, others: readonly Values[], letters: number): LabelPlace {
  const years = Math.max(1, line.length - 1)
  const all = [line, ...others].flat().filter((value) => value !== null)
  const low = Math.min(...all)
  const span = Math.max(...all) - low || 1
  const share = (value: number) => (value - low) / span
  const half = (letters * letterWidth) / 2
  const margin = 0.5 / years
  const obstacles = [line, ...others].flatMap((values) =>
    values.flatMap((value, index) => (value === null ? [] : [{ at: index / years, height: share(value) }])),
  )
  const candidates = line.flatMap((value, index) =>
    value === null
      ? []
      : aligns.flatMap((align) => {
          const left = index / years - half * { left: 0, center: 1, right: 2 }[align]
          const near = obstacles.filter(({ at }) => at >= left - margin && at <= left + 2 * half + margin)
          return left < 0 || left + 2 * half > 1 ? [] : sidesAt(share(value), near, { index, align })
        }),
  )
  const own = line.flatMap((value, index) => (value === null ? [] : [index]))
  const middle = ((own[0] ?? 0) + (own.at(-1) ?? 0)) / 2
  const fromMiddle = ({ index }: { index: number }) => Math.abs(index - middle)
  const best = candidates.toSorted(
    (one, other) => other.room - one.room || fromMiddle(one) - fromMiddle(other),
  )[0]
  const last = line.findLastIndex((value) => value !== null)
  return best ?? { index: Math.max(0, last), side: 'top', align: 'center' }
}

function sidesAt(
  height: number,
  near: readonly { readonly height: number }[],
  place: Pick<LabelPlace, 'index' | 'align'>,
) {
  return (['top', 'bottom'] as const).map((side) => ({ ...place, side, room: roomAt(height, side, near) }))
}

/** 各线放字 — one label after the other, each keeping clear of those placed before it. */
export function placeLabels(
  lines: readonly { readonly values: Values; readonly letters: number }[],
  edges: readonly Values[],
): LabelPlace[] {
  const all = [...lines.map(({ values }) => values), ...edges].flat().filter((value) => value !== null)
  const span = Math.max(...all) - Math.min(...all) || 1
  const taken: Values[] = []
  return lines.map(({ values, letters }) => {
    const others = lines.map((each) => each.values).filter((each) => each !== values)
    const place = placeLabel(values, [...others, ...edges, ...taken], letters)
    const width = letters * letterWidth * Math.max(1, values.length - 1)
    const left = place.index - width * { left: 0, center: 0.5, right: 1 }[place.align]
    const near = (values[place.index] ?? 0) + (place.side === 'top' ? 1 : -1) * gap * span
    const far = near + (place.side === 'top' ? 1 : -1) * lineHeight * span
    for (const edge of [near, far])
      taken.push(values.map((_, index) => (index >= left && index <= left + width ? edge : null)))
    return place
  })
}

/** How far the nearest obstacle stays from the label's box; negative when it runs through it or the box leaves the drawing. */
function roomAt(
  height: number,
  side: 'top' | 'bottom',
  near: readonly { readonly height: number }[],
): number {
  const from = side === 'top' ? height + gap : height - gap - lineHeight
  const to = from + lineHeight
  const distances = near.map((each) =>
    each.height > to
      ? each.height - to
      : each.height < from
        ? from - each.height
        : -Math.min(to - each.height, each.height - from),
  )
  // Beyond a line's height more room is no better: the place nearest the line's middle is taken.
  return Math.min(lineHeight, from < 0 ? from : lineHeight, ...distances)
}
