/** 环 — a closed line of [lng, lat] points. */
export type Ring = readonly (readonly [number, number])[]

/**
 * 点在边界内 — is the point inside any of the polygons? A polygon is its outer ring followed by its holes.
 *
 * Even–odd rule: a ray to the east crosses the rings an odd number of times.
 */
export function pointInOutline(lng: number, lat: number, polygons: readonly (readonly Ring[])[]): boolean {
  return polygons.some((rings) => rings.filter((ring) => inRing(lng, lat, ring)).length % 2 === 1)
}

function inRing(lng: number, lat: number, ring: Ring): boolean {
  let inside = false
  for (let at = 0, before = ring.length - 1; at < ring.length; before = at++) {
    const [x, y] = ring[at]!
    const [otherX, otherY] = ring[before]!
    const crosses = y > lat !== otherY > lat
    if (crosses && lng < ((otherX - x) * (lat - y)) / (otherY - y) + x) inside = !inside
  }
  return inside
}

/**
 * 离边界多远 — the shortest distance in metres from a point to the outline, on a plane around the point.
 *
 * Good to a per cent over the few kilometres it is asked for.
 */
export function metresToOutline(lng: number, lat: number, polygons: readonly (readonly Ring[])[]): number {
  const metresPerDegree = 111_320
  const scale = Math.cos((lat * Math.PI) / 180)
  let nearest = Number.POSITIVE_INFINITY
  for (const ring of polygons.flat())
    for (let at = 1; at < ring.length; at++) {
      const from = ring[at - 1]!
      const to = ring[at]!
      const [ax, ay] = [(from[0] - lng) * scale, from[1] - lat]
      const [bx, by] = [(to[0] - lng) * scale, to[1] - lat]
      nearest = Math.min(nearest, distanceToSegment(ax, ay, bx, by))
    }
  return nearest * metresPerDegree
}

/** Distance from the origin to the segment a–b. */
function distanceToSegment(ax: number, ay: number, bx: number, by: number): number {
  const [dx, dy] = [bx - ax, by - ay]
  const length2 = dx * dx + dy * dy
  const along = length2 === 0 ? 0 : Math.min(1, Math.max(0, -(ax * dx + ay * dy) / length2))
  return Math.hypot(ax + along * dx, ay + along * dy)
}

/** GeoJSON 边界转环 — the polygons of a Polygon or MultiPolygon; none for anything else. */
export function polygonsOf(geometry: {
  type?: unknown
  coordinates?: unknown
}): readonly (readonly Ring[])[] {
  if (geometry.type === 'Polygon') return [geometry.coordinates as readonly Ring[]]
  if (geometry.type === 'MultiPolygon') return geometry.coordinates as readonly (readonly Ring[])[]
  return []
}
