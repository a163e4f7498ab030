import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { databaseForTests, type TestDatabase } from '../../../test/house/database-for-tests.ts'
import { censusDay } from '../../kernel/school-year.ts'
import type { Grade } from '../../kernel/stage.ts'
import { type GoldenCase, loadPlan } from '../../plan/index.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { beginWriting } from '../registry/begin-writing.ts'
import type { Institution, InstitutionKind } from '../registry/institution.ts'
import { recordAct } from '../registry/record-act.ts'
import { writeCounties } from '../registry/write-counties.ts'
import { writeEnrolment } from '../registry/write-enrolment.ts'
import { writeInstitutions } from '../registry/write-institutions.ts'
import { writePopulation } from '../registry/write-population.ts'
import { writeSchoolClasses } from '../registry/write-school-classes.ts'
import { writeUnits } from '../registry/write-units.ts'
import { measureIndicators } from './measure-indicators.ts'

/** Published rates rest on rounded numbers of people. */
const tolerance = 0.0005
const cityId = 410_400
const firstCounty = 410_421
const plan = loadPlan('plan', 'pingdingshan')

let database: TestDatabase
before(async () => {
  database = await databaseForTests()
  await writeCounties(database.db.pool, [
    { countyId: cityId, code: String(cityId), name: '平顶山市', kind: 'city', cityId },
  ])
})
after(() => database.close())

assert.ok(plan.cases.length > 0, 'the plan has no cases')

for (const [at, golden] of plan.cases.entries()) {
  test(`${golden.id}: ${golden.zh}`, async () => {
    const countyId = firstCounty + at
    await enter(countyId, golden)
    const day = censusDay(golden.schoolYear)
    const site = { cityId, cityName: '平顶山市', planLayer: 'pingdingshan', synthetic: false }
    const values = await measureIndicators(
      { db: database.db, plan, site },
      {
        scope: { counties: [countyId], asOf: day },
        indicators: golden.expected.map(({ indicator }) => indicator),
        schoolYear: golden.schoolYear,
      },
    )
    for (const { indicator, published } of golden.expected) {
      const found = values.find(({ indicatorId }) => indicatorId === indicator)
      assert.ok(found && found.value !== null, `${indicator}: ${found?.refused ?? 'no figure'}`)
      assert.ok(
        Math.abs(found.value - published) <= tolerance,
        `${indicator}: ${found.value}, published ${published}`,
      )
    }
  })
}

/** The published rows as books of a county of their own. */
async function enter(countyId: number, golden: GoldenCase): Promise<void> {
  await writeCounties(database.db.pool, [
    { countyId, code: String(countyId), name: golden.zh, kind: 'county', cityId },
  ])
  await database.db.transaction({ counties: [countyId] }, async (tx) => {
    await beginWriting(tx, countyId)
    const day = censusDay(golden.schoolYear)
    const by = { docNumber: golden.source, decidedOn: day, effectiveOn: day, recordedBy: '测试' }
    const act = await recordAct(tx, { countyId, kind: 'load', ...by })
    const from = censusDay(golden.schoolYear - 10)
    await writeUnits(tx, act, [
      { countyId, unitId: countyId, kind: 'county', code: String(countyId), name: golden.zh, from },
    ])
    for (const [at, school] of golden.institutions.entries())
      await enterSchool(tx, act, golden, institutionOf(countyId, at, school, from))
    await writePopulation(
      tx,
      act,
      (golden.people ?? []).map((band) => ({
        ...band,
        countyId,
        unitId: countyId,
        onDay: day,
        basis: 'resident' as const,
        vintage: day,
        source: golden.source,
      })),
    )
  })
}

function institutionOf(
  countyId: number,
  at: number,
  { name, kind, sector, publicInterest = false }: GoldenCase['institutions'][number],
  from: string,
): Institution {
  const institutionId = countyId * 100 + at
  const code = `1141${String(institutionId % 1_000_000).padStart(6, '0')}`
  const where = { townshipCentral: false, boarding: false, urbanRural: '111' as const, unitId: countyId }
  return {
    countyId,
    institutionId,
    code,
    name,
    kind: kind as InstitutionKind,
    stages: ['preschool'],
    sector,
    publicInterest,
    ...where,
    from,
  }
}

async function enterSchool(tx: Tx, act: number, golden: GoldenCase, institution: Institution): Promise<void> {
  const { countyId, institutionId, name } = institution
  const {
    pupils = {},
    pupilsOf = golden.schoolYear,
    classes = {},
  } = golden.institutions.find((school) => school.name === name)!
  await writeInstitutions(tx, act, [institution])
  const year = { countyId, institutionId, schoolYear: golden.schoolYear }
  await writeEnrolment(
    tx,
    act,
    Object.entries(pupils).map(([grade, count]) => ({
      ...year,
      schoolYear: pupilsOf,
      grade: grade as Grade,
      pupils: count,
    })),
  )
  await writeSchoolClasses(
    tx,
    act,
    Object.entries(classes).flatMap(([grade, sizes]) =>
      sizes.map((size, no) => ({ ...year, grade: grade as Grade, classNo: no + 1, pupils: size })),
    ),
  )
}
