import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { TestDatabase } from '../../../../test/house/database-for-tests.ts'
import { Fault } from '../../../kernel/fault.ts'
import { openInstitution } from '../acts/open-institution.ts'
import { beginWriting } from '../begin-writing.ts'
import { recordAct } from '../record-act.ts'
import {
  all,
  asOf,
  basis,
  city,
  done,
  group,
  kunyang,
  laozhuang,
  lufeng,
  lushan,
  pupilsFiled,
  qianying,
  readAsOf,
  rendian,
  smallWorld,
  undone,
  yexian,
} from '../small-world.for-tests.ts'
import { writeBoundaries } from '../write-boundaries.ts'
import { writePopulation } from '../write-population.ts'
import { writePremises } from '../write-premises.ts'
import { writePupilFlows } from '../write-pupil-flows.ts'
import { writeSchoolClasses } from '../write-school-classes.ts'
import { writeStaffCounts } from '../write-staff-counts.ts'
import { writeUnitLinks } from '../write-unit-links.ts'
import { writeUnits } from '../write-units.ts'
import { listBoundaries } from './list-boundaries.ts'
import { findInstitution, getInstitution, listInstitutions } from './list-institutions.ts'
import { listPremises } from './list-premises.ts'
import { findUnit, listCounties, listUnits } from './list-units.ts'
import { placeInstitutions } from './place-institutions.ts'
import { readBirths } from './read-births.ts'
import { readCapacity } from './read-capacity.ts'
import { readEnrolmentPanel } from './read-enrolment-panel.ts'
import { readFlows, readSchoolClasses, readStaff } from './read-filings.ts'
import { readPopulation } from './read-population.ts'
import { searchRegistry } from './search-registry.ts'
import { unitTree } from './unit-tree.ts'

let world: TestDatabase
before(async () => {
  world = await smallWorld()
})
after(() => world.close())

const load = { ...basis('2024-09-10'), kind: 'import' as const }

test('units, counties and the tree', () =>
  undone(world, all, async (tx) => {
    assert.deepEqual(
      (await listUnits(tx, 'township')).map((unit) => unit.name),
      ['昆阳街道', '任店镇', '保安镇', '露峰街道'],
    )
    assert.equal((await listUnits(tx)).length, 10)
    assert.equal((await findUnit(tx, qianying))?.from, '2010-09-01')
    assert.equal(await findUnit(tx, 1), undefined)
    const { parentOf, childrenOf } = await unitTree(tx, 'administrative')
    assert.equal(parentOf.get(qianying), rendian)
    assert.deepEqual(childrenOf.get(rendian), [qianying, laozhuang])
    assert.deepEqual(childrenOf.get(city), [yexian, lushan])
    assert.deepEqual(
      (await listCounties(tx)).map((county) => county.name),
      ['平顶山市', '叶县', '鲁山县'],
    )
    await readAsOf(tx, '2009-01-01')
    assert.deepEqual(await listUnits(tx), [])
  }))

test('institutions are filtered, found and fetched as of the day', () =>
  undone(world, all, async (tx) => {
    const ids = async (filter: object) => (await listInstitutions(tx, filter)).map((one) => one.institutionId)
    assert.deepEqual(await ids({}), [1, 2, 3, 4, 5, 6, 8])
    assert.deepEqual(await ids({ countyId: lushan }), [8])
    assert.deepEqual(await ids({ unitIds: [rendian, kunyang], stage: 'primary' }), [1, 2])
    assert.deepEqual(await ids({ kinds: ['teaching-point', 'kindergarten'] }), [3, 5])
    assert.deepEqual(await ids({ sector: 'private' }), [5])
    assert.deepEqual((await getInstitution(tx, 5)).stages, ['preschool'])
    assert.equal(await findInstitution(tx, 7), undefined)
    await assert.rejects(getInstitution(tx, 7), Fault)
    await readAsOf(tx, '2020-08-31')
    assert.equal((await findInstitution(tx, 7))?.to, '2020-09-01')
  }))

test('the panel sums by any kind of unit, and a year nobody filed has no row', () =>
  undone(world, all, async (tx) => {
    const panel = async (unitKind: Parameters<typeof readEnrolmentPanel>[1]['unitKind']) =>
      readEnrolmentPanel(tx, { unitKind })
    const at = (rows: Awaited<ReturnType<typeof panel>>, unitId: number, year: number, grade = 'P1') =>
      rows.find((row) => row.unitId === unitId && row.schoolYear === year && row.grade === grade)?.pupils
    const sum = (ids: number[], year: number) =>
      ids.reduce((total, id) => total + pupilsFiled(id, year, 'P1'), 0)
    assert.equal(at(await panel('village'), laozhuang, 2019), sum([7], 2019))
    assert.equal(at(await panel('village'), laozhuang, 2020), undefined)
    assert.equal(at(await panel('township'), rendian, 2019), sum([2, 3, 7], 2019))
    assert.equal(at(await panel('township'), rendian, 2021), sum([2, 3], 2021))
    assert.equal(at(await panel('county'), yexian, 2023), sum([1, 2, 3, 4], 2023))
    assert.equal(at(await panel('city'), city, 2023), sum([1, 2, 3, 4, 8], 2023))
    assert.equal(at(await panel('school-group'), group, 2023), sum([1, 4], 2023))
    assert.equal(at(await panel('township'), rendian, 2023, 'K1'), pupilsFiled(5, 2023, 'K1'))
    assert.deepEqual(await panel('catchment'), [])
    await readAsOf(tx, '2022-06-01')
    assert.equal(at(await panel('county'), yexian, 2022), undefined, 'not yet filed on that day')
    const total = (await panel('institution')).reduce((all, row) => all + row.pupils, 0)
    assert.equal(
      total,
      (await panel('county')).reduce((all, row) => all + row.pupils, 0),
    )
  }))

test('the panel needs no statistics of the planner and does not depend on the scope of others', async () => {
  const alone = await world.db.transaction({ counties: [lushan] }, (tx) =>
    readEnrolmentPanel(tx, { unitKind: 'county' }),
  )
  const together = await world.db.transaction(all, (tx) => readEnrolmentPanel(tx, { unitKind: 'county' }))
  assert.deepEqual(
    alone,
    together.filter((row) => row.unitId === lushan),
  )
})

test('an institution that will open is placed where it will stand', () =>
  undone(world, asOf('2024-10-01'), async (tx) => {
    const opening = {
      institution: {
        code: '2141999999',
        name: '新校',
        kind: 'primary-school' as const,
        stages: ['primary' as const],
        sector: 'public' as const,
        publicInterest: false,
        townshipCentral: false,
        boarding: false,
        urbanRural: '111' as const,
        unitId: qianying,
      },
      premises: [],
    }
    done(await openInstitution(tx, basis('2026-09-01'), opening))
    const places = await placeInstitutions(tx, 'township')
    assert.equal(places.find((place) => place.institutionId === 2141999999)?.unitId, rendian)
    assert.equal(places.find((place) => place.institutionId === 7)?.unitId, rendian)
  }))

test('births: the stated figure first, a sum only without a gap', () =>
  undone(world, asOf('2023-06-01'), async (tx) => {
    const births = await readBirths(tx, 'county')
    assert.deepEqual(
      births.filter((row) => row.year === 2020).map((row) => [row.unitId, row.births, row.origin]),
      [
        [yexian, 105 + 205 + 305, 'summed'],
        [lushan, 105, 'summed'],
      ],
    )
    assert.equal((await readBirths(tx, 'city')).find((row) => row.year === 2020)?.births, 720)
    assert.deepEqual(await readBirths(tx, 'village'), [])
    await readAsOf(tx, '2022-06-01')
    assert.equal(
      (await readBirths(tx, 'township')).some((row) => row.year === 2022),
      false,
    )
  }))

test('births of a county are missing when one township has none', () =>
  undone(world, all, async (tx) => {
    await beginWriting(tx, yexian)
    const act = await recordAct(tx, load)
    const fresh = 410422099
    const since = { countyId: yexian, from: '2024-01-01' }
    await writeUnits(tx, act, [
      { ...since, unitId: fresh, kind: 'township', code: String(fresh), name: '新乡' },
    ])
    await writeUnitLinks(tx, act, [{ ...since, tree: 'administrative', childId: fresh, parentId: yexian }])
    const births = await readBirths(tx, 'county')
    assert.deepEqual([...new Set(births.map((row) => row.unitId))], [lushan])
  }))

test('capacity sums the campuses of a day and is unknown when one has not stated it', () =>
  undone(world, all, async (tx) => {
    await beginWriting(tx, yexian)
    const act = await recordAct(tx, load)
    const campus = { countyId: yexian, institutionId: 1, campusName: '东校区', stage: 'primary' as const }
    await writePremises(tx, act, [
      { ...campus, campusNo: 2, rooms: 6, approvedCapacity: null, from: '2025-09-01' },
    ])
    const rows = (await readCapacity(tx, [2024, 2025])).filter((row) => row.institutionId === 1)
    assert.deepEqual(
      rows.map((row) => [row.schoolYear, row.rooms, row.approvedCapacity]),
      [
        [2024, 11, 1000],
        [2025, 17, null],
      ],
    )
    assert.equal((await listPremises(tx, [1])).length, 2)
    assert.equal((await listPremises(tx)).length, 8)
    assert.deepEqual(await readCapacity(tx, []), [])
  }))

test('classes, flows, teachers, people and outlines are read as they were written', () =>
  undone(world, all, async (tx) => {
    await beginWriting(tx, yexian)
    const act = await recordAct(tx, load)
    const of = { countyId: yexian, institutionId: 1, schoolYear: 2023 }
    const schoolClass = { ...of, grade: 'P1' as const, classNo: 1, boys: 20, girls: 21, pupils: 41 }
    const flow = { ...of, stage: 'primary' as const, entrants: 90, graduates: 80, movedIn: 3, movedOut: null }
    const staff = { ...of, stage: 'primary' as const, subject: '语文', teachers: 12 }
    const people = {
      countyId: yexian,
      unitId: kunyang,
      onDay: '2020-11-01',
      basis: 'resident' as const,
      ageFrom: 0,
      ageTo: 4,
      male: 5,
      female: 6,
      people: 11,
      vintage: '2021-06-01',
      source: '第七次全国人口普查',
    }
    const outline = {
      countyId: yexian,
      unitId: kunyang,
      geometry: { type: 'Point', coordinates: [113.35, 33.62] },
      datum: 'WGS-84' as const,
      indicative: true,
      source: '示意',
    }
    await writeSchoolClasses(tx, act, [schoolClass])
    await writePupilFlows(tx, act, [flow])
    await writeStaffCounts(tx, act, [staff])
    await writePopulation(tx, act, [people])
    await writeBoundaries(tx, [outline])
    assert.deepEqual(await readSchoolClasses(tx, { schoolYears: [2023] }), [schoolClass])
    assert.deepEqual(await readFlows(tx, { institutionIds: [1] }), [flow])
    assert.deepEqual(await readStaff(tx), [staff])
    assert.deepEqual(await readPopulation(tx, 'resident'), [people])
    assert.deepEqual(await readPopulation(tx, 'registered'), [])
    await writeBoundaries(tx, [{ ...outline, indicative: false }])
    assert.deepEqual(await listBoundaries(tx, 'township'), [{ ...outline, indicative: false }])
    assert.deepEqual(await listBoundaries(tx, 'county'), [])
  }))

test('search by name, initials and code, the closest first', () =>
  undone(world, all, async (tx) => {
    const names = async (text: string, limit?: number) =>
      (await searchRegistry(tx, text, limit)).map((found) => found.name)
    assert.deepEqual(await names('叶县'), ['叶县', '叶县第一小学'])
    assert.deepEqual(await names('叶县一小'), ['叶县第一小学'])
    assert.deepEqual(await names('yxdyxx'), ['叶县第一小学'])
    assert.deepEqual(
      (await names('RDZ')).toSorted(),
      ['任店镇', '任店镇中心小学', '任店镇阳光幼儿园'].toSorted(),
    )
    assert.deepEqual(await names('2141000002'), ['任店镇中心小学'])
    assert.deepEqual((await names('410423')).slice(0, 2), ['鲁山县', '露峰街道'])
    assert.deepEqual(await names('小学', 2), (await names('小学')).slice(0, 2))
    for (const nothing of ['', '  ', '%', '_', '老庄小学', "'; drop"])
      assert.deepEqual(await names(nothing), [])
    const [found] = await searchRegistry(tx, '露峰')
    assert.deepEqual(
      [found?.subject, found?.id, found?.countyId, found?.kind],
      ['unit', lufeng, lushan, 'township'],
    )
    assert.equal((await searchRegistry(tx, '鲁山县第一'))[0]?.within, '露峰街道')
  }))
