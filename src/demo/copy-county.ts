import type { CountyDivision } from '../records/divisions/divisions.ts'
import type { ActEntries } from './act-book.ts'
import type { CityCounty } from './build-city.ts'

/** GB/T 2260 has no province 90: copies of counties are 900001 upward and cannot be mistaken for real ones. */
const firstCopyCode = 900_000
const serialsPerCopy = 40_000

/**
 * 复制一县 — the county again, under codes no real county has, for scale tests only.
 *
 * `copy` starts at 1, `index` is the county's place in the city. Ids keep their digits below the county's
 * code, so townships, villages, institutions, groups and centres stay distinct; institution codes move to
 * another block of serial numbers.
 */
export function copyCounty({ division, acts }: CityCounty, copy: number, index: number): CityCounty {
  const from = division.code
  const to = firstCopyCode + copy * 100 + index + 1
  const shift = (id: number) => shiftId(id, from, to)
  return {
    division: copyDivision(division, to, copy, shift),
    acts: acts.map((entries) => copyEntries(entries, copy, shift)),
  }
}

/** Ids hold the county's six digits followed by 0, 3, 5 or 6 more; other trees stand on a round base. */
function shiftId(id: number, from: number, to: number): number {
  const base = id >= 1e15 ? Math.floor(id / 1e15) * 1e15 : 0
  const own = id - base
  for (const digits of [1, 1e3, 1e5, 1e6]) {
    if (Math.floor(own / digits) === from) return base + to * digits + (own % digits)
  }
  return id
}

function copyDivision(
  division: CountyDivision,
  code: number,
  copy: number,
  shift: (id: number) => number,
): CountyDivision {
  return {
    ...division,
    code,
    name: `${division.name}（副本${copy}）`,
    townships: division.townships.map((township) => ({
      ...township,
      code: shift(township.code),
      villages: township.villages.map((village) => ({ ...village, code: shift(village.code) })),
    })),
  }
}

const idFields = [
  'countyId',
  'unitId',
  'institutionId',
  'parentInstitutionId',
  'childId',
  'parentId',
  'fromId',
  'toId',
] as const

function copyEntries(entries: ActEntries, copy: number, shift: (id: number) => number): ActEntries {
  const copyRow = (row: object): object => {
    const fields = { ...row } as Record<string, unknown>
    for (const field of idFields) {
      if (typeof fields[field] === 'number') fields[field] = shift(fields[field])
    }
    if (typeof fields.code === 'string')
      fields.code = copyCode(fields.code, String(fields.unitId ?? ''), copy)
    return fields
  }
  const copied = Object.entries(entries).map(([kind, rows]) => [
    kind,
    Array.isArray(rows) ? rows.map(copyRow) : copyRow(rows),
  ])
  return Object.fromEntries(copied) as ActEntries
}

/** Institutions carry ten digits of their own; the code of a unit is its id. */
function copyCode(code: string, unitId: string, copy: number): string {
  if (code.length !== 10) return unitId
  return code.slice(0, 4) + String(Number(code.slice(4)) + copy * serialsPerCopy).padStart(6, '0')
}
