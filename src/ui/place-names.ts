type Ring = readonly (readonly [number, number])[]

/** 轮廓 — as much of GeoJSON as is needed to find where names stand. */
export interface Outlines {
  readonly features: readonly {
    readonly properties: { readonly key: string }
    readonly geometry: {
      readonly type: string
      readonly coordinates: readonly Ring[] | readonly (readonly Ring[])[]
    }
  }[]
}

interface Box {
  readonly left: number
  readonly right: number
  readonly bottom: number
  readonly top: number
}

/** Size of a letter and height of a line on the drawing, in pixels, and the share of the drawing the outlines fill. */
const letter = 11
const line = 14
const filled = 0.75

/**
 * 图上写名 — what is written on each area so that no name stands on another: name and words, the name alone, or nothing.
 *
 * The largest areas are written first. `height`: of the drawing, in pixels. What is left out is shown when pointed at.
 */
export function placeNames(
  outlines: Outlines,
  areas: readonly { readonly key: string; readonly name: string }[],
  height: number,
): ReadonlyMap<string, string> {
  const boxes = new Map(
    outlines.features.map(({ properties, geometry }) => [properties.key, boxOf(geometry)]),
  )
  const whole = [...boxes.values()]
  const degrees = Math.max(...whole.map(({ top }) => top)) - Math.min(...whole.map(({ bottom }) => bottom))
  const scale = (height * filled) / (degrees || 1)
  const bySize = areas
    .flatMap((area) => {
      const box = boxes.get(area.key)
      return box ? [{ ...area, box }] : []
    })
    .toSorted((one, other) => sizeOf(other.box) - sizeOf(one.box))
  const taken: Box[] = []
  const names = new Map<string, string>()
  for (const { key, name, box } of bySize) {
    const [first = name] = name.split('\n')
    const fitting = [name, first].find((words) => {
      const place = writtenAt(box, words, scale)
      return taken.every((other) => apart(place, other))
    })
    if (fitting === undefined) continue
    taken.push(writtenAt(box, fitting, scale))
    names.set(key, fitting)
  }
  return names
}

function boxOf({ coordinates }: Outlines['features'][number]['geometry']): Box {
  const points = coordinates.flat(3) as unknown as number[]
  const xs = points.filter((_, index) => index % 2 === 0)
  const ys = points.filter((_, index) => index % 2 === 1)
  return { left: Math.min(...xs), right: Math.max(...xs), bottom: Math.min(...ys), top: Math.max(...ys) }
}

function sizeOf({ left, right, bottom, top }: Box): number {
  return (right - left) * (top - bottom)
}

/** A degree of longitude is drawn narrower than one of latitude, as the map is (`aspectScale`). */
function writtenAt({ left, right, bottom, top }: Box, words: string, scale: number): Box {
  const lines = words.split('\n')
  const width = Math.max(...lines.map((each) => each.length)) * letter
  const [x, y] = [((left + right) / 2) * scale * 0.83, ((bottom + top) / 2) * scale]
  const tall = lines.length * line
  return { left: x - width / 2, right: x + width / 2, bottom: y - tall / 2, top: y + tall / 2 }
}

function apart(one: Box, other: Box): boolean {
  return one.right < other.left || other.right < one.left || one.top < other.bottom || other.top < one.bottom
}
