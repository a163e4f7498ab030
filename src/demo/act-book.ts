import type { Act } from '../records/registry/act.ts'
import type { Birth } from '../records/registry/birth.ts'
import type { Enrolment } from '../records/registry/enrolment.ts'
import type { Institution } from '../records/registry/institution.ts'
import type { Membership } from '../records/registry/membership.ts'
import type { Population } from '../records/registry/population.ts'
import type { Premises } from '../records/registry/premises.ts'
import type { PupilFlow } from '../records/registry/pupil-flow.ts'
import type { SchoolClass } from '../records/registry/school-class.ts'
import type { StaffCount } from '../records/registry/staff-count.ts'
import type { Succession } from '../records/registry/succession.ts'
import type { Unit } from '../records/registry/unit.ts'
import type { UnitLink } from '../records/registry/unit-link.ts'
import { lastYear } from './city-rolls.ts'

/** 登记内容 — what one act enters into the books. */
export interface Entries {
  readonly units: Unit[]
  readonly unitLinks: UnitLink[]
  readonly institutions: Institution[]
  readonly premises: Premises[]
  readonly memberships: Membership[]
  readonly successions: Succession[]
  readonly enrolment: Enrolment[]
  readonly schoolClasses: SchoolClass[]
  readonly pupilFlows: PupilFlow[]
  readonly staffCounts: StaffCount[]
  readonly births: Birth[]
  readonly population: Population[]
}

/** 凭据及其登记 — an act and what it enters. */
export interface ActEntries extends Entries {
  readonly act: Act
}

/** 凭据簿 — one county's acts in the making; the same decision on the same day is one act. */
export interface ActBook {
  under(kind: Act['kind'], effectiveOn: string, note: string, detail?: Act['detail']): Entries
  /** All acts by day of decision, numbered within the year. */
  numbered(): ActEntries[]
}

/** 开簿 — an empty book of a county. */
export function actBook(countyId: number): ActBook {
  const acts = new Map<string, { act: Omit<Act, 'docNumber'>; entries: Entries }>()
  return {
    under(kind, effectiveOn, note, detail) {
      const key = `${kind}/${effectiveOn}/${note}`
      const known = acts.get(key)
      if (known) return known.entries
      const entries = noEntries()
      const decidedOn = decisionDay(kind, effectiveOn)
      const act = {
        countyId,
        kind,
        decidedOn,
        effectiveOn,
        recordedBy: '合成数据',
        note: `合成数据：${note}`,
      }
      acts.set(key, { act: detail ? { ...act, detail } : act, entries })
      return entries
    },
    numbered() {
      const counts = new Map<string, number>()
      return [...acts.values()]
        .sort((one, other) => one.act.decidedOn.localeCompare(other.act.decidedOn))
        .map(({ act, entries }) => {
          const year = act.decidedOn.slice(0, 4)
          const number = (counts.get(year) ?? 0) + 1
          counts.set(year, number)
          return { act: { ...act, docNumber: `合成〔${year}〕${number}号` }, ...entries }
        })
    },
  }
}

/** Figures are filed in the weeks after their day; changes are decided in spring, those still to come in 2024. */
function decisionDay(kind: Act['kind'], effectiveOn: string): string {
  const year = Number(effectiveOn.slice(0, 4))
  if (kind === 'load') return `${year}-09-20`
  return `${Math.min(year, lastYear)}-05-20`
}

function noEntries(): Entries {
  return {
    units: [],
    unitLinks: [],
    institutions: [],
    premises: [],
    memberships: [],
    successions: [],
    enrolment: [],
    schoolClasses: [],
    pupilFlows: [],
    staffCounts: [],
    births: [],
    population: [],
  }
}
