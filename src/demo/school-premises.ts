import { gradesOf, type Stage } from '../kernel/stage.ts'
import { boundsOf, isInside, type Point } from '../records/divisions/outline.ts'
import type { Institution } from '../records/registry/institution.ts'
import type { Premises } from '../records/registry/premises.ts'
import { schoolYears } from './city-rolls.ts'
import { classCount } from './class-rooms.ts'
import { type InstitutionDraft, pupilsIn } from './institution-draft.ts'
import { type RandomStream, randomStream } from './random-stream.ts'

/** Seats approved for a room, by stage. */
const approvedPerRoom: Readonly<Record<Stage, number>> = {
  preschool: 29,
  primary: 44,
  junior: 48,
  senior: 49,
  vocational: 46,
  special: 10,
}
/** For a school not yet open: entrants in a class as planned. */
const plannedClass = 45

/**
 * 校舍 — one campus per institution; per stage its rooms, approved seats and beds, and where it stands.
 *
 * In the city rooms do not suffice for the classes of the worst year (libraries and halls are taught in).
 * Elsewhere rooms are those of today's classes, the others were given back: as many in towns, fewer in the
 * villages, where two small grades of a primary school or kindergarten share one, and yet most of their
 * seats are empty. A few approvals and room counts are missing, as in real files.
 */
export function schoolPremises(draft: InstitutionDraft, institution: Institution, seed: number): Premises[] {
  const random = randomStream(seed, `premises/${draft.id}`)
  const [lng, lat] = pointIn(draft, random)
  return draft.stages.map((stage): Premises => {
    const rooms = roomsOf(draft, stage, random, seniorRooms(draft, seed))
    const approved = rooms * approvedPerRoom[stage] * random.between(0.94, 1.05)
    const beds = institution.boarding ? mostPupils(draft, stage) * random.between(0.4, 0.8) : 0
    const filed = random.next()
    return {
      countyId: institution.countyId,
      institutionId: draft.id,
      campusNo: 1,
      campusName: '本部',
      stage,
      rooms: filed < 0.004 && draft.setting === 'rural' ? null : rooms,
      approvedCapacity: filed > 0.985 ? null : Math.max(5, Math.round(approved / 5) * 5),
      boardingBeds: institution.boarding ? Math.ceil(beds / 4) * 4 : null,
      lng,
      lat,
      from: institution.from,
      to: draft.closes === undefined ? null : `${draft.closes}-07-15`,
    }
  })
}

/** Vocational classes are often out at work: fewer rooms do. */
const vocationalRooms = 0.9

/** A county built its senior schools together, for more or for fewer than came. */
function seniorRooms({ township }: InstitutionDraft, seed: number): number {
  return randomStream(seed, `senior-rooms/${Math.floor(township.code / 1000)}`).between(0.98, 1.2)
}

function roomsOf(draft: InstitutionDraft, stage: Stage, random: RandomStream, senior: number): number {
  const classes = (year: number) =>
    gradesOf[stage].reduce((sum, grade) => sum + classCount(draft, grade, year), 0)
  const most = Math.max(...schoolYears.map(classes))
  if (most === 0) {
    const perGrade = Math.max(1, Math.round(draft.draws.get(stage)! / plannedClass))
    return perGrade * gradesOf[stage].length
  }
  const rooms = (count: number) => Math.max(1, Math.round(count))
  if (stage === 'special') return rooms(most * random.between(0.98, 1.25))
  if (stage === 'senior') return rooms(most * senior * random.between(0.97, 1.03))
  if (stage === 'vocational') return rooms(most * senior * vocationalRooms * random.between(0.97, 1.03))
  if (draft.setting === 'urban') return rooms(most * random.between(0.86, 1))
  const now = classes(schoolYears.at(-1)!) || most
  if (draft.setting === 'town') return now + random.whole(0, 1)
  const shared = stage === 'junior' ? 0.95 : 0.75
  return rooms(now * random.between(shared, shared + 0.2)) + random.whole(0, 1)
}

function mostPupils(draft: InstitutionDraft, stage: Stage): number {
  return Math.max(...schoolYears.map((year) => pupilsIn(draft, gradesOf[stage], year)))
}

/** A place inside the township's indicative area; seats of townships draw their central institutions. */
function pointIn({ township, central }: InstitutionDraft, random: RandomStream): Point {
  const [west, south, east, north] = boundsOf(township.cell)
  const round = ([lng, lat]: Point): Point => [Number(lng.toFixed(5)), Number(lat.toFixed(5))]
  if (central && township.seat) {
    const near: Point = [
      township.seat[0] + random.between(-0.004, 0.004),
      township.seat[1] + random.between(-0.004, 0.004),
    ]
    if (isInside(township.cell, near)) return round(near)
  }
  for (let tries = 0; tries < 500; tries++) {
    const point = round([random.between(west, east), random.between(south, north)])
    if (isInside(township.cell, point)) return point
  }
  return township.seat ?? township.cell[0]![0]![0]!
}
