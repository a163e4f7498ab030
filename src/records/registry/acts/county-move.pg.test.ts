import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { TestDatabase } from '../../../../test/house/database-for-tests.ts'
import type { Tx } from '../../../platform/db/transaction-client.ts'
import { institutionHistory } from '../reads/institution-history.ts'
import { findInstitution } from '../reads/list-institutions.ts'
import { listMemberships } from '../reads/list-memberships.ts'
import { findUnit } from '../reads/list-units.ts'
import { readBirths } from '../reads/read-births.ts'
import { readCapacity } from '../reads/read-capacity.ts'
import { readEnrolmentPanel } from '../reads/read-enrolment-panel.ts'
import { readEnrolment } from '../reads/read-filings.ts'
import { unitTree } from '../reads/unit-tree.ts'
import {
  all,
  baoan,
  basis,
  city,
  done,
  kunyang,
  lufeng,
  lushan,
  pupilsFiled,
  qianying,
  readAsOf,
  refusedWith,
  rendian,
  school,
  smallWorld,
  undone,
  yexian,
} from '../small-world.for-tests.ts'
import { writeBoundaries } from '../write-boundaries.ts'
import { closeInstitution } from './close-institution.ts'
import { mergeInstitutions } from './merge-institutions.ts'
import { moveInstitution } from './move-institution.ts'
import { moveTownship } from './move-township.ts'
import { regroupUnits } from './regroup-units.ts'

let world: TestDatabase
before(async () => {
  world = await smallWorld()
})
after(() => world.close())

async function pupilsIn(tx: Tx, unitKind: 'county' | 'township' | 'city', year: number) {
  const sums = new Map<number, number>()
  for (const row of await readEnrolmentPanel(tx, { unitKind })) {
    if (row.schoolYear === year) sums.set(row.unitId, (sums.get(row.unitId) ?? 0) + row.pupils)
  }
  return Object.fromEntries(sums)
}

const filed = (ids: readonly number[], year: number) =>
  ids
    .flatMap((id) => ['1', '2'].map((grade) => pupilsFiled(id, year, `P${grade}`)))
    .reduce((a, b) => a + b, 0)

test('a township goes to another county with its whole past; earlier days still read in the old one', () =>
  undone(world, all, async (tx) => {
    const before = await pupilsIn(tx, 'county', 2019)
    const outline = { geometry: { type: 'Polygon', coordinates: [] }, datum: 'WGS-84' as const }
    await writeBoundaries(tx, [
      { countyId: yexian, unitId: rendian, ...outline, indicative: true, source: 's' },
    ])
    const move = { townshipId: rendian, toCountyId: lushan, codes: { [rendian]: '410423002' } }
    done(await moveTownship(tx, basis('2024-08-01'), move))

    assert.equal((await findUnit(tx, rendian))?.countyId, lushan)
    assert.equal((await findUnit(tx, rendian))?.code, '410423002')
    assert.equal((await findUnit(tx, qianying))?.countyId, lushan)
    assert.equal((await unitTree(tx, 'administrative')).parentOf.get(rendian), lushan)
    assert.equal((await findInstitution(tx, school.rendianCentral))?.countyId, lushan)
    const moved = filed([2, 3, 5, 7], 2019)
    assert.deepEqual(await pupilsIn(tx, 'county', 2019), {
      [yexian]: before[yexian]! - moved,
      [lushan]: before[lushan]! + moved,
    })
    assert.equal((await pupilsIn(tx, 'township', 2019))[rendian], moved)
    const births = (await readBirths(tx, 'county')).filter((row) => row.year === 2018)
    assert.deepEqual(
      births.map((row) => [row.unitId, row.births, row.origin]),
      [
        [yexian, 103 + 303, 'summed'],
        [lushan, 103 + 203, 'summed'],
      ],
    )
    assert.deepEqual(
      (await institutionHistory(tx, school.rendianCentral)).entries.map((one) => [one.countyId, one.from]),
      [[lushan, '2010-09-01']],
    )
    const capacity = await readCapacity(tx, [2019])
    assert.equal(capacity.find((one) => one.institutionId === 2)?.countyId, lushan)

    await readAsOf(tx, '2024-07-31')
    assert.deepEqual(await pupilsIn(tx, 'county', 2019), before)
    assert.equal((await findUnit(tx, rendian))?.code, '410422002')
    assert.equal((await findInstitution(tx, school.rendianCentral))?.countyId, yexian)
  }))

test('on any day each filing stands in one county only', () =>
  undone(world, all, async (tx) => {
    const before = (await readEnrolment(tx)).length
    done(await moveTownship(tx, basis('2022-08-01'), { townshipId: rendian, toCountyId: lushan }))
    assert.equal((await readEnrolment(tx)).length, before)
    await readAsOf(tx, '2022-07-31')
    const filings = await readEnrolment(tx, { schoolYears: [2019] })
    assert.equal(new Set(filings.map((one) => `${one.institutionId}/${one.grade}`)).size, filings.length)
  }))

test('there and back again', () =>
  undone(world, all, async (tx) => {
    const before = await pupilsIn(tx, 'county', 2019)
    done(await moveTownship(tx, basis('2022-08-01'), { townshipId: rendian, toCountyId: lushan }))
    const back = basis('2023-08-01', { countyId: lushan })
    done(await moveTownship(tx, back, { townshipId: rendian, toCountyId: yexian }))
    assert.deepEqual(await pupilsIn(tx, 'county', 2019), before)
    await readAsOf(tx, '2023-01-01')
    assert.equal((await findUnit(tx, rendian))?.countyId, lushan)
    assert.equal((await pupilsIn(tx, 'county', 2019))[lushan], before[lushan]! + filed([2, 3, 5, 7], 2019))
  }))

test('a county that sees only itself sees what came and not what left', async () => {
  await undone(world, all, async (tx) => {
    done(await moveTownship(tx, basis('2024-08-01'), { townshipId: rendian, toCountyId: lushan }))
    for (const [county, seen] of [
      [yexian, undefined],
      [lushan, lushan],
    ] as const) {
      await setCounties(tx, county)
      assert.equal((await findUnit(tx, rendian))?.countyId, seen)
      assert.equal((await findInstitution(tx, 2))?.countyId, seen)
    }
  })
})

async function setCounties(tx: Tx, countyId: number) {
  const { sql } = await import('kysely')
  await sql`set local app.counties = ${sql.lit(String(countyId))}`.execute(tx)
}

test('what was merged into the movers goes along, closed schools whose heirs stay do not', () =>
  undone(world, all, async (tx) => {
    const merge = { survivorId: 2, closingIds: [4], premises: 'given-up' as const }
    done(await mergeInstitutions(tx, basis('2024-02-01'), merge))
    const mergeAway = { survivorId: 1, closingIds: [3], premises: 'given-up' as const }
    done(await mergeInstitutions(tx, basis('2024-02-01'), mergeAway))
    done(await moveTownship(tx, basis('2024-08-01'), { townshipId: rendian, toCountyId: lushan }))
    const townships = await pupilsIn(tx, 'township', 2019)
    assert.equal(townships[rendian], filed([2, 4, 5, 7], 2019))
    assert.equal(townships[baoan], undefined)
    assert.equal(townships[kunyang], filed([1, 3, 6], 2019))
  }))

test('a township merged into the moving one goes along with its births', () =>
  undone(world, all, async (tx) => {
    const mergedUnits = [{ fromId: baoan, toId: rendian }]
    done(await regroupUnits(tx, basis('2024-02-01'), { mergedUnits }))
    done(await moveTownship(tx, basis('2024-08-01'), { townshipId: rendian, toCountyId: lushan }))
    const births = (await readBirths(tx, 'township')).filter((row) => row.year === 2018)
    assert.deepEqual(
      births.map((row) => [row.unitId, row.births]),
      [
        [kunyang, 103],
        [rendian, 203 + 303],
        [lufeng, 103],
      ],
    )
    assert.equal((await pupilsIn(tx, 'township', 2019))[rendian], filed([2, 3, 4, 5, 7], 2019))
  }))

test('one school goes to another county, leaves its group, and can close there', () =>
  undone(world, all, async (tx) => {
    const removal = { institutionId: school.baoanPrimary, toUnitId: lufeng, toCountyId: lushan }
    done(await moveInstitution(tx, basis('2024-08-01'), removal))
    assert.equal((await pupilsIn(tx, 'township', 2019))[lufeng], filed([4, 8], 2019))
    assert.equal((await pupilsIn(tx, 'township', 2019))[baoan], undefined)
    assert.deepEqual(
      (await listMemberships(tx, 'school-group')).map((one) => one.institutionId),
      [1],
    )
    done(await closeInstitution(tx, basis('2025-02-01', { countyId: lushan }), 4))
    assert.equal((await pupilsIn(tx, 'township', 2019))[lufeng], filed([4, 8], 2019))
  }))

test('a move is refused ahead of its day, to the same or an unknown county, and for what is no township', () =>
  undone(world, all, async (tx) => {
    const move = (day: string, townshipId: number, toCountyId: number) =>
      moveTownship(tx, basis(day), { townshipId, toCountyId })
    refusedWith(await move('2999-01-01', rendian, lushan), 'registry.move-ahead-of-day')
    refusedWith(await move('2024-08-01', rendian, yexian), 'registry.same-county')
    refusedWith(await move('2024-08-01', rendian, 410499), 'registry.county-unknown')
    refusedWith(await move('2024-08-01', qianying, lushan), 'registry.unit-of-other-kind')
    refusedWith(await move('2024-08-01', lufeng, lushan), 'registry.unit-not-there')
    const withPoint = { institutionId: 2, toUnitId: lufeng, toCountyId: lushan }
    refusedWith(await moveInstitution(tx, basis('2024-08-01'), withPoint), 'registry.has-teaching-points')
    assert.equal((await findUnit(tx, city))?.name, '平顶山市')
  }))
