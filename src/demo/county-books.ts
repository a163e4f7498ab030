import { gradesOf } from '../kernel/stage.ts'
import { type ActBook, type ActEntries, actBook } from './act-book.ts'
import { ageBands } from './age-bands.ts'
import { birthHistory } from './birth-history.ts'
import { lastYear } from './city-rolls.ts'
import { classCount, divideIntoClasses } from './class-rooms.ts'
import type { InstitutionDraft } from './institution-draft.ts'
import { closingDay, institutionStates, openingDay } from './institution-states.ts'
import { pupilFlows } from './pupil-flows.ts'
import { type RandomStream, randomStream } from './random-stream.ts'
import { enterGroups } from './school-groups.ts'
import { schoolPremises } from './school-premises.ts'
import { type Teachers, teachersBySubject } from './stage-teachers.ts'
import type { CountyPeople } from './village-people.ts'

/** What a county's books are written from. */
export interface CountyDraft {
  readonly people: CountyPeople
  readonly drafts: readonly InstitutionDraft[]
  readonly names: ReadonlyMap<InstitutionDraft, string>
  readonly codes: ReadonlyMap<InstitutionDraft, string>
  readonly teachers: Teachers
  /** A year for which births came in for the county only. */
  readonly countyOnlyBirths?: number
  /** A filing whose movements do not explain its rolls, left in on purpose. */
  readonly doubtful?: DoubtfulFiling
}

/** 存疑 — a filing that contradicts the rolls, recorded as doubtful. */
export interface DoubtfulFiling {
  readonly institutionId: number
  readonly schoolYear: number
  /** How many more pupils are said to have come than the rolls show. */
  readonly excess: number
}

/** Single classes were filed for this many years. */
const yearsWithClasses = 2

/** 一县台账 — all entries of a county's books, by the act that makes them. */
export function countyBooks(county: CountyDraft, seed: number): ActEntries[] {
  const countyId = county.people.county.code
  const book = actBook(countyId)
  const census = book.under('load', '2021-06-30', '出生与人口')
  for (const row of birthHistory(county.people, county.countyOnlyBirths)) census.births.push(row)
  for (const row of ageBands(county.people, seed)) census.population.push(row)
  for (const draft of county.drafts) enterInstitution(county, draft, book, seed)
  enterGroups({ countyId, drafts: county.drafts, names: county.names, book })
  const random = randomStream(seed, `statistics/${countyId}`)
  for (const draft of county.drafts) {
    enterPupils(draft, countyId, book, random)
    enterFlows(county, draft, book, random)
    enterTeachers(county, draft, book)
  }
  return book.numbered()
}

/** 年度统计 — the entries of the education statistics of a school year. */
function statistics(book: ActBook, year: number) {
  return book.under('load', openingDay(year), `${year}学年教育事业统计`)
}

function enterInstitution(county: CountyDraft, draft: InstitutionDraft, book: ActBook, seed: number): void {
  const countyId = county.people.county.code
  const named = { name: county.names.get(draft)!, code: county.codes.get(draft)!, countyId }
  const states = institutionStates(draft, named, seed)
  for (const { institution, act, effectiveOn, note } of states) {
    book.under(act, effectiveOn, note).institutions.push(institution)
  }
  const last = states.at(-1)!
  const entries = book.under(last.act, last.effectiveOn, last.note)
  entries.premises.push(...schoolPremises(draft, states[0]!.institution, seed))
  if (draft.merged && draft.heir) {
    entries.successions.push({
      countyId,
      subject: 'institution',
      fromId: draft.id,
      toId: draft.heir.id,
      share: 1,
      effectiveOn: closingDay(draft.closes!),
    })
  }
}

function enterPupils(draft: InstitutionDraft, countyId: number, book: ActBook, random: RandomStream): void {
  for (const grade of draft.stages.flatMap((stage) => gradesOf[stage])) {
    for (const [schoolYear, roll] of draft.rolls.get(grade) ?? []) {
      const entries = statistics(book, schoolYear)
      const classes = classCount(draft, grade, schoolYear)
      const divided = divideIntoClasses(roll, classes, random)
      const key = { countyId, institutionId: draft.id, schoolYear, grade }
      entries.enrolment.push({
        ...key,
        classes,
        boys: roll.boys,
        girls: roll.girls,
        pupils: roll.boys + roll.girls,
        largestClass: Math.max(...divided.map(({ boys, girls }) => boys + girls)),
      })
      if (schoolYear <= lastYear - yearsWithClasses) continue
      for (const [i, { boys, girls }] of divided.entries()) {
        entries.schoolClasses.push({ ...key, classNo: i + 1, boys, girls, pupils: boys + girls })
      }
    }
  }
}

function enterFlows(county: CountyDraft, draft: InstitutionDraft, book: ActBook, random: RandomStream): void {
  const { doubtful } = county
  for (const flow of pupilFlows(draft, county.people.county.code, random)) {
    if (doubtful?.institutionId === draft.id && doubtful.schoolYear === flow.schoolYear) {
      book
        .under('load', openingDay(flow.schoolYear), '存疑：转入人数与在校生对不上，待县局核实', {
          ...doubtful,
        })
        .pupilFlows.push({ ...flow, movedIn: flow.movedIn! + doubtful.excess })
    } else {
      statistics(book, flow.schoolYear).pupilFlows.push(flow)
    }
  }
}

function enterTeachers(county: CountyDraft, draft: InstitutionDraft, book: ActBook): void {
  const countyId = county.people.county.code
  for (const [stage, byYear] of county.teachers.get(draft) ?? []) {
    for (const [schoolYear, total] of byYear) {
      const { staffCounts } = statistics(book, schoolYear)
      for (const [subject, teachers] of teachersBySubject(stage, total)) {
        staffCounts.push({ countyId, institutionId: draft.id, schoolYear, stage, subject, teachers })
      }
    }
  }
}
