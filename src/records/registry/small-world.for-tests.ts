import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { databaseForTests, type TestDatabase } from '../../../test/house/database-for-tests.ts'
import type { Result } from '../../kernel/result.ts'
import type { Grade } from '../../kernel/stage.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { ActBasis } from './acts/act-basis.ts'
import { beginWriting } from './begin-writing.ts'
import type { Institution } from './institution.ts'
import { recordAct } from './record-act.ts'
import type { Unit } from './unit.ts'
import { writeBirths } from './write-births.ts'
import { writeCounties } from './write-counties.ts'
import { writeEnrolment } from './write-enrolment.ts'
import { writeInstitutions } from './write-institutions.ts'
import { writeMemberships } from './write-memberships.ts'
import { writePremises } from './write-premises.ts'
import { writeUnitLinks } from './write-unit-links.ts'
import { writeUnits } from './write-units.ts'

/** Two counties of a city, made by hand: 叶县 with three townships and seven institutions, 鲁山县 with one and one. */
export const city = 410400
export const yexian = 410422
export const lushan = 410423
export const all = { counties: [city, yexian, lushan] }
export const kunyang = 410422001
export const rendian = 410422002
export const baoan = 410422003
export const lufeng = 410423001
export const qianying = 410422002001
export const laozhuang = 410422002002
export const group = 1e15 + 1

/** Their ids; the codes are type, province and the id in six digits. */
export const school = {
  yexianFirst: 1,
  rendianCentral: 2,
  qianyingPoint: 3,
  baoanPrimary: 4,
  rendianKindergarten: 5,
  kunyangJunior: 6,
  laozhuangPrimary: 7,
  lushanFirst: 8,
} as const

export const firstYear = 2018
export const lastYear = 2023

/** What the world's institutions filed, so that a test can say what it expects. */
export function pupilsFiled(institutionId: number, schoolYear: number, grade: string): number {
  return 100 * institutionId + 10 * (schoolYear - firstYear) + Number(grade.slice(1))
}

export function basis(effectiveOn: string, more: Partial<ActBasis> = {}): ActBasis {
  return {
    countyId: yexian,
    docNumber: '叶教体〔2024〕1号',
    decidedOn: effectiveOn,
    effectiveOn,
    recordedBy: '测试',
    ...more,
  }
}

const from = '2010-09-01'

function unit(unitId: number, kind: Unit['kind'], name: string, countyId = yexian): Unit {
  return { countyId, unitId, kind, code: String(unitId), name, from }
}

function institution(
  institutionId: number,
  name: string,
  unitId: number,
  more: Partial<Institution> = {},
): Institution {
  const type = { kindergarten: 11, 'junior-school': 31 }[more.kind as string] ?? 21
  return {
    countyId: yexian,
    institutionId,
    code: `${type}41${String(institutionId).padStart(6, '0')}`,
    name,
    kind: 'primary-school',
    stages: ['primary'],
    sector: 'public',
    publicInterest: false,
    townshipCentral: false,
    boarding: false,
    urbanRural: '220',
    unitId,
    from,
    ...more,
  }
}

const institutions: readonly Institution[] = [
  institution(1, '叶县第一小学', kunyang),
  institution(2, '任店镇中心小学', rendian),
  institution(3, '前营教学点', qianying, { kind: 'teaching-point', parentInstitutionId: 2 }),
  institution(4, '保安镇小学', baoan),
  institution(5, '任店镇阳光幼儿园', rendian, {
    kind: 'kindergarten',
    stages: ['preschool'],
    sector: 'private',
    profitStatus: 'non-profit',
  }),
  institution(6, '昆阳初级中学', kunyang, { kind: 'junior-school', stages: ['junior'] }),
  institution(7, '老庄小学', laozhuang, { to: '2020-09-01' }),
  institution(8, '鲁山县第一小学', lufeng, { countyId: lushan }),
]

const gradesFiled: Readonly<Record<string, readonly Grade[]>> = {
  kindergarten: ['K1', 'K2'],
  'junior-school': ['J1', 'J2'],
}

function* enrolment(countyId: number) {
  for (const { institutionId, kind, to, ...other } of institutions) {
    for (let schoolYear = firstYear; schoolYear <= lastYear; schoolYear++) {
      if (other.countyId !== countyId || (to && `${schoolYear}-09-01` >= to)) continue
      for (const grade of gradesFiled[kind] ?? (['P1', 'P2'] as const)) {
        const pupils = pupilsFiled(institutionId, schoolYear, grade)
        yield { countyId, institutionId, schoolYear, grade, classes: 2, pupils }
      }
    }
  }
}

function* births(units: readonly number[], countyId: number) {
  for (const unitId of units) {
    for (let year = 2015; year <= 2022; year++) {
      yield {
        countyId,
        unitId,
        year,
        births: (unitId % 1000) * 100 + year - 2015,
        vintage: `${year + 1}-03-01`,
        source: '县卫生健康委',
      }
    }
  }
}

async function load(tx: Tx, countyId: number, units: readonly Unit[], links: readonly [number, number][]) {
  await beginWriting(tx, countyId)
  const act = await recordAct(tx, { ...basis('2018-01-01', { countyId }), kind: 'load' })
  const mine = institutions.filter((one) => one.countyId === countyId)
  await writeUnits(tx, act, units)
  await writeUnitLinks(
    tx,
    act,
    links.map(([childId, parentId]) => ({ countyId, tree: 'administrative', childId, parentId, from })),
  )
  await writeInstitutions(tx, act, mine)
  await writePremises(
    tx,
    act,
    mine.flatMap(({ institutionId, stages, to }) =>
      stages.map((stage) => ({
        countyId,
        institutionId,
        campusNo: 1,
        campusName: '本部',
        stage,
        rooms: 10 + institutionId,
        approvedCapacity: 1000,
        from,
        to,
      })),
    ),
  )
  await writeEnrolment(tx, act, enrolment(countyId))
  const townships = units.filter((one) => one.kind === 'township').map((one) => one.unitId)
  await writeBirths(tx, act, births(townships, countyId))
  return act
}

/** The world in a database of its own. */
export async function smallWorld(): Promise<TestDatabase> {
  const test = await databaseForTests()
  const named = [
    { countyId: city, code: '410400', name: '平顶山市', kind: 'city' as const, cityId: city },
    { countyId: yexian, code: '410422', name: '叶县', kind: 'county' as const, cityId: city },
    { countyId: lushan, code: '410423', name: '鲁山县', kind: 'county' as const, cityId: city },
  ]
  await writeCounties(test.db.pool, named)
  await test.db.transaction(all, async (tx) => {
    await load(tx, city, [unit(city, 'city', '平顶山市', city)], [])
    const yexianUnits = [
      unit(yexian, 'county', '叶县'),
      unit(kunyang, 'township', '昆阳街道'),
      unit(rendian, 'township', '任店镇'),
      unit(baoan, 'township', '保安镇'),
      unit(qianying, 'village', '前营村'),
      unit(laozhuang, 'village', '老庄村'),
      unit(group, 'school-group', '昆阳教育集团'),
    ]
    const act = await load(tx, yexian, yexianUnits, [
      [yexian, city],
      [kunyang, yexian],
      [rendian, yexian],
      [baoan, yexian],
      [qianying, rendian],
      [laozhuang, rendian],
    ])
    const member = { countyId: yexian, tree: 'school-group' as const, unitId: group, from }
    await writeMemberships(tx, act, [
      { ...member, institutionId: 1, role: 'core' },
      { ...member, institutionId: 4, role: 'member' },
    ])
    const lushanUnits = [
      unit(lushan, 'county', '鲁山县', lushan),
      unit(lufeng, 'township', '露峰街道', lushan),
    ]
    await load(tx, lushan, lushanUnits, [
      [lushan, city],
      [lufeng, lushan],
    ])
  })
  return test
}

class Undone extends Error {}

/** Runs `work` and takes everything back, so that each test finds the world as it was. */
export async function undone(
  { db }: TestDatabase,
  scope: { counties: readonly number[]; asOf?: string },
  work: (tx: Tx) => Promise<void>,
): Promise<void> {
  await db
    .transaction(scope, async (tx) => {
      await work(tx)
      throw new Undone()
    })
    .catch((error: unknown) => {
      if (!(error instanceof Undone)) throw error
    })
}

/** Everything, as of a day. */
export function asOf(day: string) {
  return { ...all, asOf: day }
}

/** The value of a granted act; its refusal's sentence otherwise. */
export function done<T>(result: Result<T>): T {
  assert.ok(result.ok, result.ok ? '' : result.refusal.text)
  return result.value
}

/** The act was refused for this reason, in a sentence without gaps. */
export function refusedWith(result: Result<unknown>, code: string): void {
  assert.equal(result.ok ? 'granted' : result.refusal.code, code)
  assert.doesNotMatch(result.ok ? '' : result.refusal.text, /[{}]|undefined/)
}

/** Reads the books as of another day for the rest of the transaction. */
export async function readAsOf(tx: Tx, day: string): Promise<void> {
  await sql`set local app.as_of = ${sql.lit(day)}`.execute(tx)
}
