import { boundsOf, clipOutline, isInside, type Outline, type Point, roundOutline } from './outline.ts'

/** A township as far as its place on the map matters. */
interface Seated {
  readonly street: boolean
  readonly seat?: Point
}

/** Candidate points per side of a county's bounding box when a seat is unknown. */
const gridSteps = 60
/** How far from the other streets, in degrees (about 3 km), a street without coordinates may be placed. */
const streetReach = 0.03

/**
 * 乡镇示意范围 — one area per township: the part of the county nearer to its seat than to any other seat.
 *
 * Voronoi cells cut from the county's outline. A township without coordinates, or whose seat falls
 * outside the simplified outline, is placed inside it, away from the others (a street: near the other
 * streets). The same input gives the same areas.
 */
export function townshipCells(county: Outline, townships: readonly Seated[]): Outline[] {
  const anchors = placeSeats(county, townships)
  return anchors.map((own, i) => {
    const cell = anchors.reduce(
      (area, other, j) => (i === j ? area : clipOutline(area, nearerTo(own, other))),
      county,
    )
    return roundOutline(cell)
  })
}

/** 落点 — the seat of each township, or a place for it inside the county. */
export function placeSeats(county: Outline, townships: readonly Seated[]): Point[] {
  const places = gridInside(county)
  const anchors = townships.map(({ seat }) => (seat && isInside(county, seat) ? seat : undefined))
  for (const [i, township] of townships.entries()) {
    if (anchors[i]) continue
    const taken = anchors.filter((anchor) => anchor !== undefined)
    const known = anchors.filter((anchor, j) => anchor && townships[j]!.street) as Point[]
    const near = township.seat ?? (township.street && known.length > 0 ? middleOf(known) : undefined)
    const allowed = near ? places.filter((place) => distance(place, near) < streetReach) : []
    anchors[i] = farthestFrom(taken, allowed.length > 0 ? allowed : places, middleOf(places))
  }
  return anchors as Point[]
}

function gridInside(county: Outline): Point[] {
  const [west, south, east, north] = boundsOf(county)
  const steps = Array.from({ length: gridSteps }, (_, i) => (i + 0.5) / gridSteps)
  return steps
    .flatMap((x) => steps.map((y): Point => [west + (east - west) * x, south + (north - south) * y]))
    .filter((point) => isInside(county, point))
}

function farthestFrom(taken: readonly Point[], places: readonly Point[], middle: Point): Point {
  const room = (place: Point) =>
    taken.length > 0 ? Math.min(...taken.map((other) => distance(place, other))) : -distance(place, middle)
  return places.reduce((best, place) => (room(place) > room(best) ? place : best))
}

function middleOf(points: readonly Point[]): Point {
  const mean = (axis: 0 | 1) => points.reduce((sum, point) => sum + point[axis], 0) / points.length
  return [mean(0), mean(1)]
}

/** Degrees of latitude; a degree of longitude is shorter by the cosine of the latitude. */
function distance(one: Point, other: Point): number {
  return Math.hypot((one[0] - other[0]) * Math.cos((one[1] * Math.PI) / 180), one[1] - other[1])
}

/** Positive where a point is nearer to `own` than to `other`. */
function nearerTo(own: Point, other: Point): (point: Point) => number {
  const shrink = Math.cos((own[1] * Math.PI) / 180) ** 2
  const dLng = (own[0] - other[0]) * shrink
  const dLat = own[1] - other[1]
  const middle: Point = [(own[0] + other[0]) / 2, (own[1] + other[1]) / 2]
  return ([lng, lat]) => (lng - middle[0]) * dLng + (lat - middle[1]) * dLat
}
