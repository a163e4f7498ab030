import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import type { TestDatabase } from '../../../../test/house/database-for-tests.ts'
import { institutionHistory } from '../reads/institution-history.ts'
import { findInstitution, listComingOpenings } from '../reads/list-institutions.ts'
import { listMemberships } from '../reads/list-memberships.ts'
import { listPremises } from '../reads/list-premises.ts'
import { findUnit } from '../reads/list-units.ts'
import { readBirths } from '../reads/read-births.ts'
import { readCapacity } from '../reads/read-capacity.ts'
import { readEnrolmentPanel } from '../reads/read-enrolment-panel.ts'
import { unitTree } from '../reads/unit-tree.ts'
import {
  all,
  asOf,
  baoan,
  basis,
  done,
  group,
  kunyang,
  laozhuang,
  lufeng,
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
import { closeInstitution } from './close-institution.ts'
import { convertInstitution } from './convert-institution.ts'
import { mergeInstitutions } from './merge-institutions.ts'
import { moveInstitution } from './move-institution.ts'
import { type Opening, openInstitution } from './open-institution.ts'
import { regroupUnits } from './regroup-units.ts'
import { renameInstitution } from './rename-institution.ts'
import { splitInstitution } from './split-institution.ts'

let world: TestDatabase
before(async () => {
  world = await smallWorld()
})
after(() => world.close())

function opening(code: string, unitId: number = kunyang): Opening {
  return {
    institution: {
      code,
      name: '叶县第九小学',
      kind: 'primary-school',
      stages: ['primary'],
      sector: 'public',
      publicInterest: false,
      townshipCentral: false,
      boarding: false,
      urbanRural: '111',
      unitId,
    },
    premises: [{ campusNo: 1, campusName: '本部', stage: 'primary', rooms: 24, approvedCapacity: 1080 }],
  }
}

test('an opening ahead is known as coming, counts in the capacity of its years, and is open from its day', () =>
  undone(world, asOf('2024-10-01'), async (tx) => {
    const { institutionId } = done(await openInstitution(tx, basis('2026-09-01'), opening('2141999999')))
    assert.equal(institutionId, 2141999999)
    assert.equal(await findInstitution(tx, institutionId), undefined)
    assert.deepEqual(
      (await listComingOpenings(tx)).map((one) => [one.name, one.from]),
      [['叶县第九小学', '2026-09-01']],
    )
    const capacity = (await readCapacity(tx, [2025, 2026])).filter(
      (one) => one.institutionId === institutionId,
    )
    assert.deepEqual(
      capacity.map((one) => [one.schoolYear, one.rooms, one.approvedCapacity]),
      [[2026, 24, 1080]],
    )
    await readAsOf(tx, '2026-09-01')
    assert.equal((await findInstitution(tx, institutionId))?.name, '叶县第九小学')
  }))

test('an opening is refused a code ever given, an unknown unit, and a missing document', () =>
  undone(world, all, async (tx) => {
    const open = (more: object, what: Opening) => openInstitution(tx, basis('2024-09-01', more), what)
    refusedWith(await open({}, opening('2141000007')), 'registry.code-in-use')
    refusedWith(await open({}, opening('2141000008')), 'registry.code-in-use')
    refusedWith(await open({}, opening('2141999999', lufeng)), 'registry.unit-not-there')
    refusedWith(await open({ docNumber: ' ' }, opening('2141999999')), 'registry.document-missing')
    done(await open({}, opening('2141999999')))
    refusedWith(await open({}, opening('2141999999')), 'registry.already-open')
  }))

test('a closed institution keeps its past where it stood and leaves capacity from its day', () =>
  undone(world, all, async (tx) => {
    const past = await readEnrolmentPanel(tx, { unitKind: 'township' })
    done(await closeInstitution(tx, basis('2024-07-01'), school.qianyingPoint))
    assert.equal(await findInstitution(tx, school.qianyingPoint), undefined)
    assert.deepEqual(await readEnrolmentPanel(tx, { unitKind: 'township' }), past)
    const years = (await readCapacity(tx, [2023, 2024])).filter((one) => one.institutionId === 3)
    assert.deepEqual(
      years.map((one) => one.schoolYear),
      [2023],
    )
  }))

test('a closing is refused when not open, with teaching points, or before filed pupils', () =>
  undone(world, all, async (tx) => {
    const close = (day: string, id: number) => closeInstitution(tx, basis(day), id)
    refusedWith(await close('2024-07-01', school.laozhuangPrimary), 'registry.not-open-on-day')
    refusedWith(await close('2024-07-01', school.rendianCentral), 'registry.has-teaching-points')
    refusedWith(await close('2022-07-01', school.baoanPrimary), 'registry.pupils-after-day')
  }))

test('a merger: the survivor counts the past of both, keeps its code and takes campuses and teaching points', () =>
  undone(world, all, async (tx) => {
    const { yexianFirst, rendianCentral, qianyingPoint } = school
    const merger = {
      survivorId: yexianFirst,
      closingIds: [rendianCentral],
      premises: 'kept-as-campuses' as const,
    }
    done(await mergeInstitutions(tx, basis('2024-08-01'), merger))
    assert.equal((await findInstitution(tx, yexianFirst))?.code, '2141000001')
    assert.equal(await findInstitution(tx, rendianCentral), undefined)
    assert.equal((await findInstitution(tx, qianyingPoint))?.parentInstitutionId, yexianFirst)
    assert.deepEqual(
      (await listPremises(tx, [yexianFirst])).map((one) => [one.campusNo, one.rooms]),
      [
        [1, 11],
        [2, 12],
      ],
    )
    const panel = await readEnrolmentPanel(tx, { unitKind: 'institution' })
    const of = (id: number) => panel.find((r) => r.unitId === id && r.schoolYear === 2020 && r.grade === 'P1')
    assert.equal(of(yexianFirst)?.pupils, pupilsFiled(1, 2020, 'P1') + pupilsFiled(2, 2020, 'P1'))
    assert.equal(of(rendianCentral), undefined)
    await readAsOf(tx, '2024-07-31')
    assert.equal((await findInstitution(tx, rendianCentral))?.name, '任店镇中心小学')
    const before = await readEnrolmentPanel(tx, { unitKind: 'institution' })
    assert.equal(
      before.find((r) => r.unitId === 2 && r.schoolYear === 2020 && r.grade === 'P1')?.pupils,
      pupilsFiled(2, 2020, 'P1'),
    )
  }))

test('a merger is refused with itself, with a stage that is lost, and before filed pupils', () =>
  undone(world, all, async (tx) => {
    const merge = (day: string, survivorId: number, closingIds: number[]) =>
      mergeInstitutions(tx, basis(day), { survivorId, closingIds, premises: 'given-up' })
    refusedWith(await merge('2024-08-01', 1, [1]), 'registry.merge-with-itself')
    refusedWith(await merge('2024-08-01', 1, [6]), 'registry.stages-not-run')
    refusedWith(await merge('2021-08-01', 1, [2]), 'registry.pupils-after-day')
    refusedWith(await merge('2024-08-01', 1, [99]), 'registry.not-open-on-day')
  }))

test('a split shares the past in whole pupils that add up', () =>
  undone(world, all, async (tx) => {
    const split = {
      institutionId: school.yexianFirst,
      keepsShare: 0.6,
      opens: [{ ...opening('2141999999', baoan), share: 0.4 }],
    }
    done(await splitInstitution(tx, basis('2024-08-01'), split))
    const panel = await readEnrolmentPanel(tx, { unitKind: 'institution' })
    const parts = [school.yexianFirst, 2141999999].map((id) =>
      panel.filter((row) => row.unitId === id && row.schoolYear === 2019).map((row) => row.pupils),
    )
    // 111 and 112 pupils: 66.6 / 44.4 and 67.2 / 44.8
    assert.deepEqual(parts, [
      [67, 67],
      [44, 45],
    ])
    const unequal = { ...split, keepsShare: 0.5 }
    refusedWith(await splitInstitution(tx, basis('2024-08-01'), unequal), 'registry.shares-not-whole')
  }))

test('a conversion: type needs a new code, terms keep it, and the past keeps the old', () =>
  undone(world, all, async (tx) => {
    const convert = (id: number, change: object) => convertInstitution(tx, basis('2024-08-01'), id, change)
    const toPublic = { sector: 'public', publicInterest: true }
    done(await convert(school.rendianKindergarten, toPublic))
    const now = await findInstitution(tx, school.rendianKindergarten)
    assert.deepEqual([now?.sector, now?.profitStatus, now?.code], ['public', null, '1141000005'])
    const nineYear = { kind: 'nine-year-school', stages: ['primary', 'junior'] }
    refusedWith(await convert(school.baoanPrimary, nineYear), 'registry.kind-change-needs-new-code')
    refusedWith(await convert(4, { ...nineYear, code: '3141000006' }), 'registry.code-in-use')
    refusedWith(await convert(4, { code: '2141777777' }), 'registry.code-change-without-kind-change')
    refusedWith(await convert(4, { boarding: false }), 'registry.nothing-changes')
    done(await convert(4, { ...nineYear, code: '3141777777' }))
    assert.deepEqual((await findInstitution(tx, 4))?.stages, ['primary', 'junior'])
    refusedWith(await openInstitution(tx, basis('2024-09-01'), opening('2141000004')), 'registry.code-in-use')
    await readAsOf(tx, '2024-07-31')
    assert.equal((await findInstitution(tx, 5))?.sector, 'private')
    assert.equal((await findInstitution(tx, 4))?.code, '2141000004')
  }))

test('a renamed school keeps its code and its history names every act', () =>
  undone(world, all, async (tx) => {
    done(await renameInstitution(tx, basis('2022-08-01'), school.baoanPrimary, '保安镇中心小学'))
    refusedWith(
      await renameInstitution(tx, basis('2023-08-01'), school.baoanPrimary, '保安镇中心小学'),
      'registry.nothing-changes',
    )
    const history = await institutionHistory(tx, school.baoanPrimary)
    assert.deepEqual(
      history.entries.map((one) => [one.name, one.from, one.to, one.code]),
      [
        ['保安镇小学', '2010-09-01', '2022-08-01', '2141000004'],
        ['保安镇中心小学', '2022-08-01', null, '2141000004'],
      ],
    )
    assert.deepEqual(
      history.acts.map((act) => act.kind),
      ['load', 'rename'],
    )
  }))

test('a village goes to another township and its institutions past and present with it', () =>
  undone(world, all, async (tx) => {
    const sumOf = async (unitId: number) =>
      (await readEnrolmentPanel(tx, { unitKind: 'township' }))
        .filter((row) => row.unitId === unitId && row.schoolYear === 2019 && row.grade === 'P1')
        .map((row) => row.pupils)
    assert.deepEqual(await sumOf(baoan), [pupilsFiled(4, 2019, 'P1')])
    const links = [{ tree: 'administrative' as const, childId: laozhuang, parentId: baoan }]
    done(await regroupUnits(tx, basis('2024-08-01'), { links }))
    assert.equal((await unitTree(tx, 'administrative')).parentOf.get(laozhuang), baoan)
    assert.deepEqual(await sumOf(baoan), [pupilsFiled(4, 2019, 'P1') + pupilsFiled(7, 2019, 'P1')])
    await readAsOf(tx, '2024-07-31')
    assert.deepEqual(await sumOf(baoan), [pupilsFiled(4, 2019, 'P1')])
  }))

test('two townships become one: villages, institutions, pupils and births follow', () =>
  undone(world, all, async (tx) => {
    const mergedUnits = [{ fromId: rendian, toId: baoan }]
    done(await regroupUnits(tx, basis('2024-08-01'), { mergedUnits }))
    assert.equal(await findUnit(tx, rendian), undefined)
    assert.equal((await findInstitution(tx, school.rendianCentral))?.unitId, baoan)
    assert.equal((await unitTree(tx, 'administrative')).parentOf.get(qianying), baoan)
    const panel = await readEnrolmentPanel(tx, { unitKind: 'township' })
    const p1 = panel.find((row) => row.unitId === baoan && row.schoolYear === 2019 && row.grade === 'P1')
    assert.equal(
      p1?.pupils,
      [2, 3, 4, 7].reduce((sum, id) => sum + pupilsFiled(id, 2019, 'P1'), 0),
    )
    const births = (await readBirths(tx, 'township')).filter((row) => row.year === 2018)
    assert.deepEqual(
      births.filter((row) => row.unitId === baoan).map((row) => row.births),
      [203 + 303],
    )
    assert.equal(
      births.some((row) => row.unitId === rendian),
      false,
    )
  }))

test('a school joins and leaves a group; circles and strangers are refused', () =>
  undone(world, all, async (tx) => {
    const regroup = (what: object) => regroupUnits(tx, basis('2024-08-01'), what)
    const join = { tree: 'school-group', institutionId: 2, unitId: group, role: 'member' }
    done(await regroup({ memberships: [join, { ...join, institutionId: 4, unitId: null }] }))
    assert.deepEqual(
      (await listMemberships(tx, 'school-group')).map((one) => one.institutionId),
      [1, 2],
    )
    refusedWith(await regroup({ memberships: [{ ...join, institutionId: 7 }] }), 'registry.not-open-on-day')
    const under = (childId: number, parentId: number) => ({
      links: [{ tree: 'administrative', childId, parentId }],
    })
    refusedWith(await regroup(under(rendian, qianying)), 'registry.circle')
    refusedWith(await regroup(under(rendian, 410422999)), 'registry.unit-not-there')
    refusedWith(
      await regroup({ mergedUnits: [{ fromId: qianying, toId: rendian }] }),
      'registry.unit-of-other-kind',
    )
  }))

test('a school moves within its county and its past is counted where it stands now', () =>
  undone(world, all, async (tx) => {
    done(await moveInstitution(tx, basis('2024-08-01'), { institutionId: 4, toUnitId: kunyang }))
    const panel = await readEnrolmentPanel(tx, { unitKind: 'township' })
    assert.equal(
      panel.some((row) => row.unitId === baoan),
      false,
    )
    const missing = { institutionId: 4, toUnitId: 410422999 }
    refusedWith(await moveInstitution(tx, basis('2024-08-01'), missing), 'registry.unit-not-there')
    const { rows } = await sql<{ count: number }>`
      select count(*) from registry.institution where institution_id = 4 and county_id = ${yexian}`.execute(
      tx,
    )
    assert.equal(rows[0]?.count, 3, 'nothing is overwritten: the first entry and its two successors')
  }))
