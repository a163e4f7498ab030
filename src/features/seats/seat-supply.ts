import { isMissing, type Measured, missing } from '../../kernel/missing.ts'
import type { Stage } from '../../kernel/stage.ts'
import type { ClassSizes } from './class-sizes.ts'

/** 校舍 — what an institution has for one stage on a day: classrooms and approved seats, null where nobody filed them. */
export interface StagePremises {
  readonly institution: string
  readonly kind: string
  readonly stage: Stage
  readonly rooms: number | null
  readonly approved: number | null
  /** 小班、中班、大班的班数 as last filed; absent where none was. */
  readonly classes?: readonly number[]
}

/** 学位供给 — the same premises counted in two ways; both are always shown. */
export interface Supply {
  /** 按教室×标准班额. */
  readonly rooms: Measured<number>
  /** 核定规模. */
  readonly approved: Measured<number>
  /** How many institutions did not file the figure, so that their other one stands for it. */
  readonly substituted: { readonly rooms: number; readonly approved: number }
}

export const capacityBases = ['rooms', 'approved', 'smaller'] as const

/** 学位口径 — which of the two figures rules the gap; by default rooms × standard class, what the buildings can hold. */
export type CapacityBasis = (typeof capacityBases)[number]

/**
 * 按教室推算学位 — rooms × standard class size.
 *
 * Kindergarten: the mean of 25/30/35 weighted by the classes filed in 小、中、大班, in equal thirds where
 * none was filed; rounded down. Teaching points count by the size for incomplete primary schools.
 * Missing when the rooms were not filed or no size was entered for the stage.
 */
export function seatsByRooms(premises: StagePremises, sizes: ClassSizes): Measured<number> {
  const size = meanClassSize(premises, sizes)
  if (isMissing(size)) return size
  if (premises.rooms === null) {
    return missing('教室数', premises.institution, { owedBy: '学校（园）' })
  }
  return Math.floor(premises.rooms * size)
}

function meanClassSize(premises: StagePremises, sizes: ClassSizes): Measured<number> {
  if (premises.stage === 'primary' && premises.kind === 'teaching-point') return sizes.primaryIncomplete
  if (premises.stage !== 'preschool') return sizes[premises.stage]
  if (isMissing(sizes.preschool)) return sizes.preschool
  const weights = premises.classes?.some((count) => count > 0)
    ? premises.classes
    : sizes.preschool.map(() => 1)
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  return sizes.preschool.reduce((sum, size, grade) => sum + (size * (weights[grade] ?? 0)) / all, 0)
}

/**
 * 供给合计 — the seats of a unit's premises in both counts.
 *
 * An institution that filed only one of rooms and approved seats is counted by that one in both, and counted
 * as substituted. One that filed neither makes the sum Missing; the first says what is owed.
 */
export function totalSupply(premises: readonly StagePremises[], sizes: ClassSizes): Supply {
  const counts = premises.map((each) => ({
    rooms: seatsByRooms(each, sizes),
    approved: each.approved ?? missing('核定规模', each.institution, { owedBy: '县（市、区）教体局' }),
    hasNorm: !isMissing(meanClassSize(each, sizes)),
  }))
  const stands = (own: Measured<number>, other: Measured<number>) => isMissing(own) && !isMissing(other)
  const byRooms = counts.filter(({ rooms, approved, hasNorm }) => hasNorm && stands(rooms, approved))
  const byApproved = counts.filter(({ rooms, approved }) => stands(approved, rooms))
  return {
    rooms: sumMeasured(counts.map((each) => (byRooms.includes(each) ? each.approved : each.rooms))),
    approved: sumMeasured(counts.map((each) => (byApproved.includes(each) ? each.rooms : each.approved))),
    substituted: { rooms: byRooms.length, approved: byApproved.length },
  }
}

/** 求和 — Missing spreads; several are named as one, the first by name. */
export function sumMeasured(values: readonly Measured<number>[]): Measured<number> {
  const unknown = values.filter(isMissing)
  const first = unknown[0]
  if (!first) return (values as readonly number[]).reduce((sum, value) => sum + value, 0)
  const places = new Set(unknown.map(({ where }) => where))
  return places.size === 1 ? first : { ...first, where: `${first.where}等 ${places.size} 处` }
}

/**
 * 采用的学位数 — the figure that stands against demand under a basis.
 *
 * A stage without a class-size norm is counted by the approved figure, whatever the basis.
 */
export function rulingSupply(supply: Supply, basis: CapacityBasis, hasNorm: boolean): Measured<number> {
  if (!hasNorm || basis === 'approved') return supply.approved
  if (basis === 'rooms') return supply.rooms
  if (isMissing(supply.rooms)) return supply.rooms
  if (isMissing(supply.approved)) return supply.approved
  return Math.min(supply.rooms, supply.approved)
}
