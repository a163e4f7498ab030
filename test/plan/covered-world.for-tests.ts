import { sql } from 'kysely'
import { foundByDuties } from '../../src/features/supervision/found-by-duties.ts'
import type { Plan } from '../../src/plan/index.ts'
import type { Database } from '../../src/platform/db/open-database.ts'
import type { Tx } from '../../src/platform/db/transaction-client.ts'
import type { DutyJudgement } from '../../src/records/duties/duty-judgement.ts'
import { judgeCoverage } from '../../src/records/duties/judge-coverage.ts'
import { type FindingOpened, openFindings, platformFinder } from '../../src/records/findings/open-findings.ts'
import { writeCounties } from '../../src/records/registry/write-counties.ts'
import { publishForms } from '../../src/records/returns/publish-forms.ts'
import {
  addCounty,
  addInstitution,
  addRooms,
  addUnits,
  agree,
  city,
  coming,
  counties,
  day,
  file,
  group,
  large,
  openCentre,
  ownItems,
  type Pen,
  planInspections,
  project,
  recognise,
  school,
  schoolYear,
  small,
  street,
  term,
  town,
} from './world-pen.for-tests.ts'

/** A world in which every duty has somebody to cover, and everybody is covered. */
export async function coveredWorld(database: Database, plan: Plan): Promise<void> {
  const named = (countyId: number, name: string, kind: 'city' | 'county') => ({
    countyId,
    code: String(countyId),
    name,
    kind,
    cityId: city,
  })
  await writeCounties(database.pool, [
    named(city, '平顶山市', 'city'),
    named(large, '叶县', 'county'),
    named(small, '鲁山县', 'county'),
    named(coming, '郏县', 'county'),
  ])
  await publishForms(database.pool, plan)
  await database.transaction({ counties, asOf: day }, async (tx) => {
    await addRegistry({ tx, plan })
    await fileAll({ tx, plan })
  })
}

async function addRegistry(pen: Pen): Promise<void> {
  await addCounty(pen, large, '叶县', 250_000)
  await addCounty(pen, small, '鲁山县', 150_000)
  await addUnits(pen, large, [
    { unitId: town, kind: 'township', name: '任店镇', townshipKind: 'town', parent: large },
    { unitId: street, kind: 'township', name: '昆阳街道', townshipKind: 'street', parent: large },
    { unitId: group, kind: 'school-group', name: '昆阳教育集团' },
    { unitId: 410422001001, kind: 'village', name: '前营村民委员会', parent: town },
    { unitId: 410422002001, kind: 'village', name: '昆北社区居民委员会', parent: street },
  ])
  const kindergarten = { kind: 'kindergarten', stages: ['preschool'], townshipCentral: true } as const
  await addInstitution(pen, 1, '任店镇中心幼儿园', { ...kindergarten, unitId: 410422001001 })
  await addInstitution(pen, 2, '昆阳街道中心幼儿园', { ...kindergarten, unitId: street })
  await addInstitution(pen, 3, '前营小学', { urbanRural: '220', unitId: town }, ['P1', 'P2'])
  await addInstitution(pen, 4, '昆阳初级中学', { kind: 'junior-school', stages: ['junior'] }, ['J1'])
  const senior = { kind: 'senior-high', stages: ['senior'] } as const
  await addInstitution(pen, 5, '叶县高级中学', senior, ['S1'])
  await addInstitution(pen, 6, '叶县第二高级中学', senior, ['S1'])
  await addInstitution(pen, 7, '叶县特殊教育学校', { kind: 'special-school', stages: ['special'] }, ['X'])
  for (const id of [school.qualitySenior, school.weakSenior]) await addRooms(pen, id, 1)
  const nineYear = { kind: 'nine-year-school', stages: ['primary', 'special'], countyId: small } as const
  await addInstitution(pen, 8, '鲁山县九年一贯制学校', nineYear, ['P1', 'X'])
}

async function fileAll(pen: Pen): Promise<void> {
  await agree(pen, 'transition', school.ruralPrimary, school.centralKindergarten)
  await agree(pen, 'transition', school.streetKindergarten, school.ruralPrimary)
  await agree(pen, 'pairing', school.urbanJunior, school.ruralPrimary)
  await agree(pen, 'entrusted', school.qualitySenior, school.weakSenior)
  await agree(pen, 'inclusion', school.urbanJunior, school.special)
  await recognise(pen, 'expansion-suitable', school.urbanJunior)
  await recognise(pen, 'quality-senior', school.qualitySenior)
  await recognise(pen, 'weak-county-senior', school.weakSenior)
  await recognise(pen, 'special-standard', school.special)
  await file(pen, 'expansion-plan', {}, { school: school.urbanJunior, 'made-on': '2024-12-20' })
  await file(pen, 'family-guidance-station', {}, { community: 410422002001, from: term.from })
  await file(pen, 'project-register', {}, project('昆阳初级中学扩建', 'yes'))
  const gradesOf = { 3: ['p1', 'p2'], 4: ['j1'], 5: ['s1'], 6: ['s1'], 7: ['x'], 8: ['p1', 'x'] }
  for (const [id, grades] of Object.entries(gradesOf)) {
    const county = id === '8' ? small : large
    await schoolYear(pen, Number(id), grades, { county })
    await recognise(pen, 'digital-campus', Number(id), { from: term.from }, county)
  }
  for (const institution of Object.values(school)) {
    const county = institution === school.nineYear ? small : large
    await file(pen, 'food-education', { institution, county, period: '2024' }, { done: 'yes', times: 2 })
  }
  for (const institution of [school.centralKindergarten, school.streetKindergarten])
    await file(pen, 'kindergarten-conditions', { institution, period: '2024' }, { 'has-hazard': 'no' })
  await file(pen, 'rural-green-activity', { institution: 3, period: '2024' }, { held: 'yes' })
  for (const county of [large, small]) {
    await openCentre(pen, county)
    await ownItems(pen, county)
    await planInspections(pen, county)
  }
}

/** Judges one duty within the running transaction, as of a day, and leaves the transaction as it was. */
export async function judgedIn({ tx, plan }: Pen, dutyId: string, asOf = day): Promise<DutyJudgement[]> {
  const within = {
    transaction: async <T>(_: object, work: (tx: Tx) => Promise<T>) => {
      await sql`savepoint judging`.execute(tx)
      await sql`set local app.as_of = ${sql.lit(asOf)}`.execute(tx)
      const answer = await work(tx)
      await sql`rollback to savepoint judging`.execute(tx)
      return answer
    },
  } as unknown as Database
  return judgeCoverage(within, plan, { counties, asOf, duties: [plan.coverage.get(dutyId)!] })
}

/** Opens what a duty finds within the running transaction, as the platform does every night. */
export function openFound(
  { tx, plan }: Pen,
  judgements: readonly DutyJudgement[],
  on = day,
): Promise<FindingOpened[]> {
  const units = new Map(counties.map((countyId) => [countyId, countyId]))
  const found = foundByDuties(plan, judgements, units).flatMap((rule) => rule.found)
  return openFindings(tx, found, platformFinder, on)
}
