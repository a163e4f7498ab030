import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import type { TestDatabase } from '../../../test/house/database-for-tests.ts'
import { Fault } from '../../kernel/fault.ts'
import { beginWriting } from './begin-writing.ts'
import { readBirths } from './reads/read-births.ts'
import { readEnrolment } from './reads/read-filings.ts'
import { recordAct } from './record-act.ts'
import { readSite, writeSite } from './site.ts'
import {
  all,
  basis,
  city,
  done,
  kunyang,
  lushan,
  readAsOf,
  refusedWith,
  smallWorld,
  undone,
  yexian,
} from './small-world.for-tests.ts'
import { writeBirths } from './write-births.ts'
import { correctEnrolment, fileEnrolment } from './write-enrolment.ts'
import { writeInstitutions } from './write-institutions.ts'
import { writeUnits } from './write-units.ts'

let world: TestDatabase
before(async () => {
  world = await smallWorld()
})
after(() => world.close())

const correction = { ...basis('2024-09-10'), kind: 'correct' as const }

test('the book holds one truth per day', () =>
  undone(world, all, async (tx) => {
    await beginWriting(tx, yexian)
    const act = await recordAct(tx, correction)
    const twice = { countyId: yexian, unitId: kunyang, kind: 'township' as const, code: 'x', name: '昆阳镇' }
    await assert.rejects(writeUnits(tx, act, [{ ...twice, from: '2023-01-01' }]), /unit_one_truth/)
  }))

test('a code of another county is a fault when it slips through', () =>
  undone(world, all, async (tx) => {
    await beginWriting(tx, yexian)
    const act = await recordAct(tx, correction)
    const stranger = {
      countyId: yexian,
      institutionId: 99,
      code: '2141000008',
      name: '某小学',
      kind: 'primary-school' as const,
      stages: ['primary' as const],
      sector: 'public' as const,
      publicInterest: false,
      townshipCentral: false,
      boarding: false,
      urbanRural: '111' as const,
      unitId: kunyang,
      from: '2024-09-01',
    }
    await assert.rejects(writeInstitutions(tx, act, [stranger]), Fault)
  }))

test('nothing is written without the lock of its county', () =>
  undone(world, all, async (tx) => {
    await assert.rejects(recordAct(tx, correction), Fault)
    await beginWriting(tx, lushan)
    await assert.rejects(recordAct(tx, correction), Fault)
  }))

test('a county neither sees nor writes another, and an empty scope sees nothing', async () => {
  await undone(world, { counties: [yexian] }, async (tx) => {
    const { rows } = await sql<{ county: number }>`select distinct county_id as county from registry.enrolment
      union select county_id from registry.institution union select county_id from registry.act`.execute(tx)
    assert.deepEqual(rows, [{ county: yexian }])
    await beginWriting(tx, lushan)
    await assert.rejects(recordAct(tx, { ...correction, countyId: lushan }), /row-level security/)
  })
  await undone(world, { counties: [] }, async (tx) => {
    assert.deepEqual(await readEnrolment(tx), [])
  })
})

test('a bulk load is held to the scope as well', () =>
  undone(world, all, async (tx) => {
    await beginWriting(tx, [yexian, lushan])
    const act = await recordAct(tx, { ...correction, countyId: lushan })
    await sql`set local app.counties = ${sql.lit(String(yexian))}`.execute(tx)
    const birth = {
      countyId: lushan,
      unitId: lushan,
      year: 2020,
      births: 1,
      vintage: '2021-03-01',
      source: 's',
    }
    await assert.rejects(writeBirths(tx, act, [birth]), /row-level security/)
  }))

test('the application may neither write counties nor site, nor delete or overwrite an entry', async () => {
  for (const statement of [
    sql`insert into registry.county values (410499, '410499', 'x', 'county', ${city})`,
    sql`update registry.county set name = 'x'`,
    sql`update registry.site set synthetic = false`,
    sql`update registry.institution_code set institution_id = 1`,
    sql`delete from registry.enrolment`,
    sql`update registry.enrolment set pupils = 0`,
    sql`update registry.unit set county_id = ${lushan}`,
    sql`update registry.act set doc_number = 'x'`,
  ]) {
    await undone(world, all, async (tx) => {
      await assert.rejects(statement.execute(tx), /permission denied/)
    })
  }
})

test('the site says whether its data are generated', async () => {
  await writeSite(world.db.pool, {
    cityId: city,
    planLayer: 'pingdingshan',
    synthetic: true,
    size: 'hamlet',
    seed: 7,
  })
  const site = await readSite(world.db.pool)
  assert.deepEqual([site?.cityName, site?.synthetic, site?.size, site?.seed], ['平顶山市', true, 'hamlet', 7])
})

test('filing adds, corrects and leaves alone; what the book said before stays readable', () =>
  undone(world, all, async (tx) => {
    const [first, second] = await readEnrolment(tx, { institutionIds: [1], schoolYears: [2023] })
    const before = (await sql<{ now: string }>`select clock_timestamp() as now`.execute(tx)).rows[0]!.now
    await beginWriting(tx, yexian)
    const act = await recordAct(tx, correction)
    const added = { ...first!, schoolYear: 2024 }
    const filed = await fileEnrolment(tx, act, [{ ...first!, pupils: 500 }, second!, added])
    assert.deepEqual(filed, { added: 1, corrected: 1, unchanged: 1 })
    const read = () => readEnrolment(tx, { institutionIds: [1], schoolYears: [2023, 2024] })
    assert.deepEqual(
      (await read()).map((one) => [one.schoolYear, one.grade, one.pupils]),
      [
        [2023, 'P1', 500],
        [2023, 'P2', second!.pupils],
        [2024, 'P1', first!.pupils],
      ],
    )
    await sql`set local app.known_at = ${sql.lit(before)}`.execute(tx)
    assert.deepEqual(await read(), [first, second])
  }))

test('a correction needs something to correct, and is done whole or not at all', () =>
  undone(world, all, async (tx) => {
    const [first] = await readEnrolment(tx, { institutionIds: [1], schoolYears: [2023] })
    await beginWriting(tx, yexian)
    const act = await recordAct(tx, correction)
    const unknown = { ...first!, schoolYear: 2030 }
    refusedWith(
      await correctEnrolment(tx, act, [{ ...first!, pupils: 1 }, unknown]),
      'registry.nothing-to-correct',
    )
    assert.deepEqual((await readEnrolment(tx, { institutionIds: [1], schoolYears: [2023] }))[0], first)
    assert.equal(done(await correctEnrolment(tx, act, [{ ...first!, pupils: 1 }])).corrected, 1)
  }))

test('a new vintage of births replaces the figure from the day it was published, not before', () =>
  undone(world, all, async (tx) => {
    await beginWriting(tx, yexian)
    const act = await recordAct(tx, correction)
    const later = {
      countyId: yexian,
      unitId: kunyang,
      year: 2020,
      births: 777,
      vintage: '2023-05-01',
      source: '县统计局',
    }
    await writeBirths(tx, act, [later])
    const of2020 = async () =>
      (await readBirths(tx, 'township')).find((row) => row.unitId === kunyang && row.year === 2020)?.births
    assert.equal(await of2020(), 777)
    await readAsOf(tx, '2023-04-30')
    assert.equal(await of2020(), 105)
  }))
