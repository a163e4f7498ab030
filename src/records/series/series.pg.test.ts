import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import type { TestDatabase } from '../../../test/house/database-for-tests.ts'
import { Fault } from '../../kernel/fault.ts'
import { missing } from '../../kernel/missing.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { convertInstitution } from '../registry/acts/convert-institution.ts'
import { mergeInstitutions } from '../registry/acts/merge-institutions.ts'
import { moveTownship } from '../registry/acts/move-township.ts'
import { holdBooksStill } from '../registry/begin-writing.ts'
import { listInstitutions } from '../registry/reads/list-institutions.ts'
import { readEnrolmentPanel } from '../registry/reads/read-enrolment-panel.ts'
import {
  all,
  basis,
  city,
  done,
  lushan,
  rendian,
  school,
  smallWorld,
  undone,
  yexian,
} from '../registry/small-world.for-tests.ts'
import { findPublished, latestPublished, type Published, readValues } from './find-published.ts'
import { type Publication, publishSeries } from './publish-series.ts'
import type { PublishedValue } from './published-value.ts'
import { recomputeMatches } from './recompute-matches.ts'

let world: TestDatabase
before(async () => {
  world = await smallWorld()
})
after(() => world.close())

const asOf = '2024-10-01'

/** A small computation on the books: pupils by county and in all, the share of each county, and the public schools. */
async function figures(tx: Tx): Promise<PublishedValue[]> {
  const panel = (await readEnrolmentPanel(tx, { unitKind: 'county' })).filter(
    (row) => row.schoolYear === 2023,
  )
  const total = panel.reduce((sum, row) => sum + row.pupils, 0)
  const common = { stage: 'primary', year: 2023, scenario: 'mid' }
  const values: PublishedValue[] = panel.map((row) => {
    const share = row.pupils / total
    const place = { countyId: row.unitId, unitId: row.unitId, measure: 'share', grade: row.grade }
    return { ...common, ...place, mean: share, lo80: share / 3, hi80: share * 1.1 }
  })
  for (const countyId of [yexian, lushan]) {
    const mean = (await listInstitutions(tx, { countyId, sector: 'public' })).length
    values.push({ ...common, countyId, unitId: countyId, measure: 'public', grade: 'ALL', mean })
  }
  const place = { countyId: city, unitId: city, grade: 'ALL' }
  values.push({ ...common, ...place, measure: 'pupils', mean: total })
  values.push({ ...common, ...place, measure: 'unknown', missing: missing('毕业去向', '平顶山市') })
  return values
}

function publication(knownAt: string, values: readonly PublishedValue[]): Publication {
  return {
    kind: 'seats',
    title: '学位供需',
    planVersion: 'plan-1',
    engineVersion: 'engine-1',
    asOf,
    knownAt,
    inputs: { year: 2023, counties: [yexian, lushan] },
    request: { year: 2023 },
    saidBy: '市规划员',
    values,
  }
}

function publish() {
  return world.db.transaction({ ...all, asOf }, async (tx) => {
    const knownAt = await holdBooksStill(tx, all.counties)
    return publishSeries(tx, publication(knownAt, await figures(tx)))
  })
}

const again = ({ asOf: day, knownAt }: Published) =>
  world.db.transaction({ ...all, asOf: day, knownAt }, figures)

test('what was published recomputes equal after a merger, a conversion and a county move; what is new follows the new tree', async () => {
  const first = await publish()
  const read = (seriesId: number) => world.db.transaction(all, (tx) => readValues(tx, seriesId))
  const before = await read(first)
  await world.db.transaction({ ...all, asOf }, async (tx) => {
    const merger = { survivorId: school.yexianFirst, closingIds: [school.baoanPrimary] }
    done(await mergeInstitutions(tx, basis('2024-08-01'), { ...merger, premises: 'given-up' }))
    const toPublic = { sector: 'public' as const }
    done(await convertInstitution(tx, basis('2024-08-01'), school.rendianKindergarten, toPublic))
    done(await moveTownship(tx, basis('2024-08-01'), { townshipId: rendian, toCountyId: lushan }))
  })
  const compared = await world.db.transaction(all, (tx) => recomputeMatches(tx, first, again))
  assert.deepEqual(
    compared.map((part) => [part.countyId, part.matches]),
    [
      [city, true],
      [yexian, true],
      [lushan, true],
    ],
  )
  assert.deepEqual(await read(first), before)

  const second = await publish()
  const publicIn = (values: PublishedValue[], countyId: number) =>
    values.find((value) => value.countyId === countyId && value.measure === 'public')?.mean
  assert.deepEqual([publicIn(before, yexian), publicIn(before, lushan)], [5, 1])
  const after = await read(second)
  assert.deepEqual([publicIn(after, yexian), publicIn(after, lushan)], [2, 4])
  const pupils = (values: PublishedValue[]) => values.find((value) => value.measure === 'pupils')?.mean
  assert.equal(pupils(after), pupils(before), 'no child is lost or counted twice')
  const latest = await world.db.transaction(all, (tx) => latestPublished(tx, 'seats', asOf))
  assert.deepEqual(
    latest.map((part) => part.seriesId),
    [second, second, second],
  )
})

test('one bit more, one value less or a changed input is noticed', async () => {
  const seriesId = await publish()
  const altered = (change: (values: PublishedValue[]) => PublishedValue[]) =>
    world.db.transaction(all, (tx) =>
      recomputeMatches(tx, seriesId, async (published) => change(await again(published))),
    )
  const inLushan = (parts: Awaited<ReturnType<typeof altered>>) =>
    parts.find((part) => part.countyId === lushan)!.matches
  const nudge = (value: PublishedValue) =>
    value.countyId === lushan && value.measure === 'share'
      ? { ...value, mean: value.mean! + Number.EPSILON }
      : value
  assert.equal(inLushan(await altered((values) => values.map(nudge))), false)
  assert.equal(inLushan(await altered((values) => values.filter((one) => one.measure !== 'public'))), false)
  assert.equal(inLushan(await altered((values) => values.toReversed())), true)
})

test('a county sees its own part of a city publication and no other', async () => {
  const seriesId = await publish()
  await undone(world, { counties: [lushan] }, async (tx) => {
    assert.deepEqual(
      (await findPublished(tx, seriesId)).map((part) => [part.countyId, part.title, part.saidBy]),
      [[lushan, '学位供需', '市规划员']],
    )
    const values = await readValues(tx, seriesId)
    assert.deepEqual([...new Set(values.map((value) => value.countyId))], [lushan])
  })
  await undone(world, all, async (tx) => {
    const share = await readValues(tx, seriesId, { measures: ['unknown'], unitIds: [city] })
    assert.deepEqual(share[0]?.missing, { kind: 'missing', of: '毕业去向', where: '平顶山市' })
    assert.equal(share[0]?.mean, null)
  })
})

test('a publication can be neither changed nor deleted, and is never empty', async () => {
  const seriesId = await publish()
  for (const statement of [
    sql`update series.value set mean = 0 where series_id = ${seriesId}`,
    sql`delete from series.published where series_id = ${seriesId}`,
  ]) {
    await undone(world, all, (tx) => assert.rejects(statement.execute(tx), /permission denied/))
  }
  await undone(world, all, async (tx) => {
    const knownAt = await holdBooksStill(tx, [yexian])
    await assert.rejects(publishSeries(tx, publication(knownAt, [])), Fault)
    assert.deepEqual(await findPublished(tx, 999_999), [])
    await assert.rejects(recomputeMatches(tx, 999_999, again), Fault)
  })
})
