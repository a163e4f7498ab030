/** 点 — longitude and latitude, WGS-84. */
export type Point = readonly [lng: number, lat: number]

/** 轮廓 — polygons of rings of points, as the coordinates of a GeoJSON MultiPolygon. */
export type Outline = readonly (readonly (readonly Point[])[])[]

/** 点在轮廓内 — by counting the edges crossed on the way east; a point on an edge may fall on either side. */
export function isInside(outline: Outline, [lng, lat]: Point): boolean {
  let inside = false
  for (const ring of outline.flat()) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [aLng, aLat] = ring[i]!
      const [bLng, bLat] = ring[j]!
      if (aLat > lat !== bLat > lat && lng < ((bLng - aLng) * (lat - aLat)) / (bLat - aLat) + aLng) {
        inside = !inside
      }
    }
  }
  return inside
}

/** 外接矩形 — west, south, east, north. */
export function boundsOf(outline: Outline): [number, number, number, number] {
  const points = outline.flat(2)
  const lngs = points.map(([lng]) => lng)
  const lats = points.map(([, lat]) => lat)
  return [Math.min(...lngs), Math.min(...lats), Math.max(...lngs), Math.max(...lats)]
}

/**
 * 半平面裁剪 — the part of the outline on the side where `side(point)` ≥ 0; `side` is linear.
 *
 * Sutherland–Hodgman: of a concave ring it may leave an edge running along the cut, which is harmless
 * for an indicative area.
 */
export function clipOutline(outline: Outline, side: (point: Point) => number): Outline {
  return outline
    .map((rings) => rings.map((ring) => clipRing(ring, side)).filter((ring) => ring.length > 3))
    .filter((rings) => rings.length > 0)
}

function clipRing(ring: readonly Point[], side: (point: Point) => number): Point[] {
  const kept: Point[] = []
  for (let i = 0, j = ring.length - 2; i < ring.length - 1; j = i++) {
    const from = ring[j]!
    const to = ring[i]!
    const a = side(from)
    const b = side(to)
    if (a >= 0 !== b >= 0) kept.push(between(from, to, a / (a - b)))
    if (b >= 0) kept.push(to)
  }
  return closed(kept)
}

function between(from: Point, to: Point, share: number): Point {
  return [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share]
}

function closed(points: Point[]): Point[] {
  return points.length < 3 ? [] : [...points, points[0]!]
}

/** 取整 — coordinates to four decimals (about 10 m), without repeated points. */
export function roundOutline(outline: Outline): Outline {
  const round = (value: number) => Math.round(value * 10_000) / 10_000
  return outline.map((rings) =>
    rings.map((ring) => {
      const rounded = ring.map(([lng, lat]): Point => [round(lng), round(lat)])
      return rounded.filter((point, i) => i === 0 || !samePlace(point, rounded[i - 1]!))
    }),
  )
}

function samePlace(one: Point, other: Point): boolean {
  return one[0] === other[0] && one[1] === other[1]
}

/** 面积 — in square degrees, for comparing areas of one outline with another nearby. */
export function areaOf(outline: Outline): number {
  const ringArea = (ring: readonly Point[]) =>
    ring.reduce((sum, [lng, lat], i) => {
      const [nextLng, nextLat] = ring[(i + 1) % ring.length]!
      return sum + lng * nextLat - nextLng * lat
    }, 0) / 2
  return outline.reduce(
    (sum, [outer, ...holes]) =>
      sum +
      Math.abs(ringArea(outer ?? [])) -
      holes.reduce((held, hole) => held + Math.abs(ringArea(hole)), 0),
    0,
  )
}
