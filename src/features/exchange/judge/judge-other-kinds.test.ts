import assert from 'node:assert/strict'
import { test } from 'node:test'
import { births } from '../tables/births.ts'
import type { ImportKind } from '../tables/import-table.ts'
import { fileOf, goodRow, judgeBytes, known, primary, problemsOf, type Row } from './known-world.for-tests.ts'
import { readCount } from './read-number.ts'

type Cases = Readonly<Record<string, readonly [Row, string]>>

const cases: Readonly<Partial<Record<ImportKind, Cases>>> = {
  // A code B name C kind D stage E sector F profit … J urban–rural K unit L unit name M parent N opened
  // O campus P campus name Q rooms R capacity S beds T lng U lat V datum
  institutions: {
    'a code that does not fit the kind': [
      { kind: '幼儿园', stage: '学前' },
      'institution.code-kind A2 doubt',
    ],
    'a stage the kind does not run': [{ stage: '初中' }, 'institution.stage-kind D2 error'],
    'a public school for profit': [{ profitStatus: '营利性' }, 'institution.public-profit F2 error'],
    'a new school without opening day': [{ openedOn: null }, 'institution.no-opening N2 error'],
    'a school that opens in the future': [{ openedOn: '2025-09-01' }, 'institution.opening-future N2 error'],
    'a code of another county': [{ code: '2141000099' }, 'institution.code-taken A2 error'],
    'a code of a closed school': [{ code: '2141000002' }, 'institution.closed A2 error'],
    'another kind than the book says': [
      { code: primary, name: '叶县第一小学', kind: '教学点' },
      'institution.kind-change C2 error',
    ],
    'a county not one’s own': [{ unitCode: '410423001' }, 'unit.out-of-scope K2 error'],
    'a township that does not exist': [{ unitCode: '410422999' }, 'unit.unknown K2 error'],
    'a unit whose name differs': [{ unitName: '任店镇' }, 'unit.name-mismatch L2 doubt'],
    'a name registered under another code': [{ name: '叶县第一小学' }, 'institution.name-taken B2 doubt'],
    'a parent that does not exist': [{ parentCode: '2141888888' }, 'institution.parent M2 error'],
    'coordinates without datum': [{ datum: null }, 'place.no-datum V2 error'],
    'GCJ-02': [{ datum: 'GCJ-02' }, 'place.datum-refused V2 error'],
    'BD-09': [{ datum: '百度坐标' }, 'place.datum-refused V2 error'],
    'half a place': [{ lat: null }, 'place.half U2 error'],
    'a point in another county': [{ lng: 114.5 }, 'place.outside-county T2 error'],
    'a point just over a simplified border': [{ lng: 114.005 }, 'place.near-border T2 doubt'],
    'longitude and latitude swapped': [{ lng: 33.5, lat: 113.5 }, 'place.swapped T2 error'],
    'a date that is none': [{ openedOn: '2024-02-30' }, 'day.impossible N2 error'],
    'an opening before there were schools': [{ openedOn: '1000-01-01' }, 'institution.opening-old N2 doubt'],
    'more rooms than any school': [{ rooms: 5000 }, 'number.implausible Q2 error'],
    'more seats than any school': [{ approvedCapacity: 9_999_999 }, 'number.implausible R2 error'],
    'a date in American order': [{ openedOn: '9/1/2024' }, 'day.form N2 error'],
    'a date kept as a number': [{ openedOn: 45536 }, 'day.as-number N2 error'],
    'neither yes nor no': [{ boarding: '部分' }, 'choice.yes-no I2 error'],
  },
  // A unit B name C year D births E published F source
  births: {
    'a county not one’s own': [{ unitCode: '410423' }, 'unit.out-of-scope A2 error'],
    'a code of seven digits': [{ unitCode: '4104220' }, 'code.length A2 error'],
    'a year to come': [{ year: 2025, vintage: '2024-03-01' }, 'year.future C2 error'],
    'a year too old': [{ year: 1950 }, 'year.too-old C2 error'],
    'a year that is none': [{ year: '前年' }, 'year.form C2 error'],
    'published tomorrow': [{ vintage: '2024-11-02' }, 'vintage.future E2 error'],
    'published before it happened': [{ vintage: '2022-12-31' }, 'vintage.too-early E2 error'],
    'more births than any city has': [{ births: 99_999_999 }, 'number.implausible D2 error'],
    'too many to be one number': [{ births: 5_000_000_000 }, 'number.too-large D2 error'],
  },
  // A unit B name C day D basis E from F to G male H female I people J published K source
  population: {
    'a band turned round': [{ ageTo: 4 }, 'population.band-reversed F2 error'],
    'a band over one in the book': [{ ageFrom: 3 }, 'population.bands-overlap E2 error'],
    'a year of birth for an age': [{ ageTo: 2015 }, 'population.age F2 error'],
    'a day to come': [{ onDay: '2024-12-31', vintage: '2024-12-31' }, 'day.future C2 error'],
    'an unknown basis': [{ basis: '流动' }, 'choice.unknown D2 error'],
    'sexes that do not add up': [{ male: 31 }, 'figures.sum I2 error'],
  },
  // A year B code C name D grade E class F boys G girls H pupils
  'enrolment-by-class': {
    'a class number that is a year': [{ classNo: 2024 }, 'class.number E2 error'],
    'class number nought': [{ classNo: 0 }, 'class.number E2 error'],
    'a class too full to be true': [{}, 'enrolment.class-size H2 warning'],
  },
}

for (const [kind, ofKind] of Object.entries(cases) as [ImportKind, Cases][])
  for (const [name, [change, expected]] of Object.entries(ofKind))
    test(`${kind}, ${name}: ${expected}`, async () => {
      const told = await problemsOf(kind, change)
      assert.ok(told.includes(expected), `${expected} not among ${told}`)
      const { entries } = await judgeBytes(kind, await fileOf(kind, [{ ...goodRow[kind], ...change }]))
      assert.equal(entries.length, expected.endsWith('error') ? 0 : 1)
    })

test('another opening day than the book’s is told and not taken; a school is not moved to another county by import', async () => {
  const own = { code: primary, name: '叶县第一小学' }
  assert.deepEqual(await problemsOf('institutions', own), ['institution.opened-on N2 warning'])
  const lushan = { unitId: 410_423, countyId: 410_423, kind: 'county', code: '410423001', name: '露峰街道' }
  const row = {
    ...goodRow.institutions,
    ...own,
    openedOn: null,
    unitCode: '410423001',
    lng: null,
    lat: null,
    datum: null,
  }
  const { problems } = await judgeBytes('institutions', await fileOf('institutions', [row]), {
    ...known,
    units: new Map([...known.units, [lushan.code, lushan]]),
  })
  assert.deepEqual(
    problems.map(({ code, path }) => `${code} ${path}`),
    ['institution.county-change K2'],
  )
})

test('births far from the book’s nearest year are doubted, also as a correction; a usual fall is not', async () => {
  const booked = { ...goodRow.births, countyId: 410_422, unitId: 410_422, year: 2022, births: 500 }
  const world = { ...known, births: new Map([['x', booked as never]]) }
  const told = async (births: number, year: number) => {
    const file = await fileOf('births', [{ ...goodRow.births, births, year }])
    return (await judgeBytes('births', file, world)).problems.map(
      ({ code, severity }) => `${code} ${severity}`,
    )
  }
  assert.deepEqual(await told(5000, 2023), ['births.change doubt'])
  assert.deepEqual(await told(200, 2022), ['births.change doubt'])
  assert.deepEqual(await told(400, 2023), [])
  assert.deepEqual(await told(5000, 2019), [])
})

test('a good row of every kind passes', async () => {
  for (const kind of ['institutions', 'births', 'population'] as const)
    assert.deepEqual(await problemsOf(kind, {}), [], kind)
})

test('dates are understood however officials write them', async () => {
  for (const vintage of [
    '2024-03-01',
    '2024/3/1',
    '2024.3.1',
    '2024年3月1日',
    '20240301',
    '2024-03-01 00:00:00',
  ])
    assert.deepEqual(await problemsOf('births', { vintage }), [], vintage)
})

test('a date where a school year belongs is shown as a date, whatever its format; what is no number is not called a fraction', async () => {
  for (const schoolYear of [new Date('2024-09-01T00:00:00Z'), 45_536]) {
    const { problems } = await judgeBytes(
      'enrolment-by-grade',
      await fileOf('enrolment-by-grade', [{ ...goodRow['enrolment-by-grade'], schoolYear }]),
    )
    assert.match(problems.map(({ text }) => text).join(), /A2 是日期 2024-09-01—学年用开始的年份表示/)
  }
  assert.equal(
    (readCount(births.columns[3]!, { kind: 'number', text: 'NaN' }) as { code: string }).code,
    'number.textual',
  )
})

test('bands within one file may not overlap', async () => {
  assert.deepEqual(await problemsOf('population', {}, { ageFrom: 8, ageTo: 12 }), [
    'population.bands-overlap E3 error',
  ])
})

test('the rows of one institution say the same of it, and stand or fall together', async () => {
  const stage = { kind: '九年一贯制学校', code: '3141000010' }
  assert.deepEqual(await problemsOf('institutions', stage, { ...stage, stage: '初中' }), [])
  assert.deepEqual(await problemsOf('institutions', stage, { ...stage, stage: '初中', sector: '民办' }), [
    'row.with-others A2 error',
    'institution.rows-differ E3 error',
  ])
})

const branch = { code: '2141000011', name: '叶县新建小学河湾教学点', parentCode: '2141000010' }

test('a teaching point may name a main school of the same file, above or below it, and rests on it', async () => {
  const main = goodRow.institutions
  for (const rows of [
    [main, { ...main, ...branch }],
    [{ ...main, ...branch }, main],
  ]) {
    const { entries, problems } = await judgeBytes('institutions', await fileOf('institutions', rows))
    assert.deepEqual([entries.length, problems], [2, []])
  }
  assert.deepEqual(await problemsOf('institutions', { sector: '集体' }, branch), [
    'choice.unknown E2 error',
    'row.rests-on A3 error',
  ])
  assert.deepEqual(await problemsOf('institutions', { parentCode: branch.code }, branch), [
    'institution.parent M2 error',
    'institution.parent M3 error',
  ])
})

test('a grade’s classes come whole: one at fault keeps the others out, one left out is told', async () => {
  const smaller = { boys: 20, girls: 20, pupils: 40 }
  const told = await problemsOf('enrolment-by-class', smaller, { ...smaller, classNo: 2, pupils: 41 })
  assert.ok(told.includes('row.with-others B2 error') && told.includes('figures.sum H3 error'))
  const second = {
    ...smaller,
    countyId: 410_422,
    institutionId: Number(primary),
    schoolYear: 2024,
    grade: 'P1' as const,
  }
  const world = { ...known, classes: new Map([['2141000001|2024|P1|2', { ...second, classNo: 2 }]]) }
  const { problems } = await judgeBytes(
    'enrolment-by-class',
    await fileOf('enrolment-by-class', [{ ...goodRow['enrolment-by-class'], ...smaller }]),
    world,
  )
  assert.ok(problems.some(({ code, path }) => code === 'class.left-out' && path === 'E2'))
})

test('the grade’s figure that follows from its classes is shown as a correction too', async () => {
  const rows = [1, 2].map((classNo) => ({
    ...goodRow['enrolment-by-class'],
    grade: '六年级',
    classNo,
    boys: 20,
    girls: 20,
    pupils: 40,
  }))
  const { corrections } = await judgeBytes('enrolment-by-class', await fileOf('enrolment-by-class', rows))
  assert.ok(corrections.some(({ what, from, to }) => what === '在校生数' && from === '90' && to === '80'))
})
