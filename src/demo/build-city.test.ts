import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { type Stage, stageOfGrade, stages } from '../kernel/stage.ts'
import type { Entries } from './act-book.ts'
import { buildCity, type City, divisionsOf } from './build-city.ts'
import { readCitySource } from './city-source.ts'

const seed = 20240822
const city = buildCity({ size: 'city', seed })
const source = readCitySource(fileURLToPath(new URL('../../data', import.meta.url)))
const day = '2021-09-01'

function entries<K extends keyof Entries>(kind: K, from: City = city): Entries[K][number][] {
  return from.counties.flatMap(({ acts }) => acts.flatMap((act) => act[kind] as Entries[K][number][]))
}

function running(on: string, from: City = city) {
  return entries('institutions', from).filter((one) => one.from <= on && (!one.to || on < one.to))
}

const sum = (values: readonly number[]) => values.reduce((one, other) => one + other, 0)
const hash = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex')

test('12 units, 148 townships, 2,828 villages', () => {
  const { counties } = divisionsOf(city)
  const townships = counties.flatMap((county) => county.townships)
  assert.equal(counties.length, 12)
  assert.equal(townships.length, 148)
  assert.equal(townships.flatMap(({ villages }) => villages).length, 2828)
})

test('institutions by kind in 2021 are the bulletin’s, to the last one', () => {
  const count = (...kinds: string[]) => running(day).filter(({ kind }) => kinds.includes(kind)).length
  assert.equal(count('kindergarten'), 1659)
  assert.equal(count('primary-school'), 1148)
  assert.equal(count('teaching-point'), 730)
  assert.equal(count('junior-school', 'nine-year-school'), 238)
  assert.equal(count('senior-high', 'complete-secondary'), 47)
  assert.equal(count('vocational-school'), 22)
  assert.equal(count('special-school'), 9)
})

test('pupils, entrants and teachers by stage in 2021 are the bulletin’s', () => {
  const bulletin: Record<Stage, [number, number]> = {
    preschool: [214_500, 13_100],
    primary: [527_800, 30_200],
    junior: [257_600, 17_600],
    senior: [124_600, 8322],
    vocational: [48_400, 1840],
    special: [4255, 226],
  }
  const enrolment = entries('enrolment').filter(({ schoolYear }) => schoolYear === 2021)
  const teachers = entries('staffCounts').filter(({ schoolYear }) => schoolYear === 2021)
  for (const stage of stages) {
    const pupils = enrolment.filter(({ grade }) => stageOfGrade(grade) === stage).map((row) => row.pupils)
    const staff = teachers.filter((row) => row.stage === stage).map((row) => row.teachers)
    assert.deepEqual([sum(pupils), sum(staff)], bulletin[stage], stage)
  }
  const entrants = (grade: string) =>
    sum(enrolment.filter((row) => row.grade === grade).map((row) => row.pupils))
  assert.deepEqual(
    [entrants('P1'), entrants('J1'), entrants('S1'), entrants('V1')],
    [83_900, 93_900, 47_300, 19_400],
  )
})

test('resident people of every county add up to its census, group by group', () => {
  const residents = entries('population').filter(({ basis }) => basis === 'resident')
  for (const [code, census] of source.census) {
    const county = residents.filter((row) => row.unitId === code)
    const townships = residents.filter((row) => row.countyId === code && row.unitId !== code)
    for (const group of census.groups) {
      for (const rows of [county, townships]) {
        const within = rows.filter(({ ageFrom, ageTo }) => ageFrom >= group.from && ageTo <= group.to)
        assert.equal(sum(within.map((row) => row.male!)), group.male, `${code} ${group.from} male`)
        assert.equal(sum(within.map((row) => row.female!)), group.female, `${code} ${group.from} female`)
      }
    }
  }
})

test('ages that targets divide by are bands of their own, for 2020 only', () => {
  const bands = entries('population').filter(({ unitId }) => unitId === 410422)
  assert.equal(bands.filter(({ ageFrom, ageTo }) => ageFrom === 15 && ageTo === 17).length, 2)
  assert.ok(bands.every(({ onDay }) => onDay.startsWith('2020')))
})

test('births of villages add up to townships and county in every release; one county lacks 2023 below itself', () => {
  const births = entries('births')
  const lacking = new Set<number>()
  for (const [key, rows] of Map.groupBy(births, (row) => `${row.countyId}/${row.year}/${row.vintage}`)) {
    const at = (digits: number) => rows.filter(({ unitId }) => String(unitId).length === digits)
    const total = (digits: number) => sum(at(digits).map((row) => row.births))
    assert.equal(at(6).length, 1, key)
    if (at(9).length === 0) lacking.add(rows[0]!.countyId)
    else assert.deepEqual([total(9), total(12)], [total(6), total(6)], key)
  }
  assert.deepEqual([...lacking], [410423])
})

test('births fall after 2020 as in the province, and some were revised', () => {
  const births = entries('births').filter(({ unitId }) => String(unitId).length === 6)
  const latest = (year: number) => {
    const rows = births.filter((row) => row.year === year)
    const last = rows
      .map(({ vintage }) => vintage)
      .sort()
      .at(-1)
    return sum(rows.filter(({ vintage }) => vintage === last).map((row) => row.births))
  }
  const province = (year: number) => source.provinceBirths.get(year)!
  assert.ok(Math.abs(latest(2023) / latest(2022) - province(2023) / province(2022)) < 0.02)
  assert.ok(latest(2023) < 0.5 * latest(2016))
  assert.equal(new Set(births.filter(({ year }) => year === 2015).map(({ vintage }) => vintage)).size, 2)
})

test('every institution stands in one village of its county, under a code of its own', () => {
  const villageCounty = new Map(
    divisionsOf(city).counties.flatMap((county) =>
      county.townships.flatMap(({ villages }) => villages.map(({ code }) => [code, county.code] as const)),
    ),
  )
  const codes = new Map<string, number>()
  for (const one of entries('institutions')) {
    assert.equal(villageCounty.get(one.unitId), one.countyId)
    assert.match(one.code, /^(11|21|31|34|36|51)41\d{6}$/)
    assert.equal(codes.get(one.code) ?? one.institutionId, one.institutionId)
    codes.set(one.code, one.institutionId)
  }
  const names = running(day).map(({ name, countyId }) => `${countyId}${name}`)
  assert.equal(new Set(names).size, names.length)
})

test('kindergartens: public share short of 60 %, public-interest coverage that of the bulletin, most townships served', () => {
  const children = Map.groupBy(
    entries('enrolment').filter(({ schoolYear, grade }) => schoolYear === 2021 && grade.startsWith('K')),
    ({ institutionId }) => institutionId,
  )
  const own = (id: number) => sum((children.get(id) ?? []).map(({ pupils }) => pupils))
  const kindergartens = running(day).filter(({ kind }) => kind === 'kindergarten')
  const share = (some: typeof kindergartens) => sum(some.map((one) => own(one.institutionId))) / 214_500
  const publicShare = share(kindergartens.filter(({ sector }) => sector === 'public'))
  assert.ok(publicShare > 0.45 && publicShare < 0.52, String(publicShare))
  assert.ok(Math.abs(share(kindergartens.filter(({ publicInterest }) => publicInterest)) - 0.8306) < 0.001)
  const central = kindergartens.filter(({ townshipCentral }) => townshipCentral)
  assert.ok(central.length >= 70 && central.length < 86, String(central.length))
  assert.ok(central.every(({ sector }) => sector === 'public'))
})

test('of the nine counties with 200,000 people one has no special school', () => {
  const large = [...source.census].filter(([, census]) => census.urban + census.rural >= 200_000)
  const served = new Set(
    running(day)
      .filter(({ kind }) => kind === 'special-school')
      .map(({ countyId }) => countyId),
  )
  assert.equal(large.length, 9)
  assert.equal(large.filter(([code]) => !served.has(code)).length, 1)
})

test('rooms are short in town and spare in the villages', () => {
  const pupils = Map.groupBy(
    entries('enrolment').filter(
      ({ schoolYear, grade }) => schoolYear === 2021 && stageOfGrade(grade) === 'primary',
    ),
    ({ institutionId }) => institutionId,
  )
  const setting = new Map(running(day).map((one) => [one.institutionId, one.urbanRural]))
  const perRoom = (urban: (code: string) => boolean) => {
    const rows = entries('premises').filter(
      ({ stage, institutionId, rooms }) =>
        stage === 'primary' && rooms && pupils.has(institutionId) && urban(setting.get(institutionId) ?? ''),
    )
    const all = rows.flatMap(({ institutionId }) => pupils.get(institutionId)!).map((row) => row.pupils)
    return sum(all) / sum(rows.map(({ rooms }) => rooms!))
  }
  assert.ok(perRoom((code) => code === '111') > 45)
  assert.ok(perRoom((code) => code === '220') < 30)
})

test('seats of 2024 look like a real city: short in its districts, spare in the countryside, no stage short or spare throughout', () => {
  const standard: Record<Stage, number> = {
    preschool: 30,
    primary: 45,
    junior: 50,
    senior: 50,
    vocational: 50,
    special: 10,
  }
  const onDay = '2024-09-01'
  const points = new Set(
    running(onDay).flatMap(({ kind, institutionId }) => (kind === 'teaching-point' ? [institutionId] : [])),
  )
  const spare = (stage: Stage, counties: readonly number[]) => {
    const inside = ({ countyId }: { countyId: number }) => counties.includes(countyId)
    const pupils = entries('enrolment').filter(
      (row) => inside(row) && row.schoolYear === 2024 && stageOfGrade(row.grade) === stage,
    )
    const premises = entries('premises').filter(
      (row) => inside(row) && row.stage === stage && row.from <= onDay && (!row.to || onDay < row.to),
    )
    const perRoom = (id: number) => (points.has(id) ? 30 : standard[stage])
    const seats = premises.map(({ rooms, institutionId }) => (rooms ?? 0) * perRoom(institutionId))
    return sum(seats) / sum(pupils.map((row) => row.pupils)) - 1
  }
  const all = city.counties.map(({ division }) => division.code)
  const within = (stage: Stage, least: number, most: number) => {
    const found = spare(stage, all)
    assert.ok(least <= found && found <= most, `${stage}: ${found}`)
  }
  within('preschool', 0.2, 0.5)
  within('primary', 0.1, 0.3)
  within('junior', -0.05, 0.15)
  within('senior', -0.1, 0.1)
  within('vocational', 0, 0.25)
  within('special', -0.1, 0.2)
  assert.ok(spare('primary', [410_402, 410_403]) < 0 && spare('primary', [410_422, 410_423]) > 0.2)
  const shortOf = (stage: Stage) => all.filter((code) => spare(stage, [code]) < 0).length
  for (const stage of ['primary', 'junior', 'senior'] as const)
    assert.ok(shortOf(stage) >= 2 && shortOf(stage) <= 10, `${stage} short in ${shortOf(stage)}`)
})

test('the hamlet is small, has every kind of change, and the same seed gives the same hamlet', () => {
  const hamlet = buildCity({ size: 'hamlet', seed })
  const { counties } = divisionsOf(hamlet)
  const townships = counties.flatMap((county) => county.townships)
  assert.deepEqual([counties.length, townships.length], [2, 6])
  assert.equal(townships.flatMap(({ villages }) => villages).length, 24)
  assert.equal(running(day, hamlet).length, 39)
  const kinds = new Set(hamlet.counties.flatMap(({ acts }) => acts.map(({ act }) => act.kind)))
  for (const kind of ['load', 'open', 'close', 'merge', 'convert', 'rename', 'regroup'] as const) {
    assert.ok(kinds.has(kind), kind)
  }
  assert.equal(hash(buildCity({ size: 'hamlet', seed })), hash(hamlet))
  assert.notEqual(hash(buildCity({ size: 'hamlet', seed: seed + 1 })), hash(hamlet))
})

test('a hamlet of any seed has the same counts and a merge and a conversion in its past', () => {
  for (let other = 0; other < 12; other++) {
    const hamlet = buildCity({ size: 'hamlet', seed: other })
    assert.equal(running(day, hamlet).length, 39)
    assert.ok(entries('successions', hamlet).some(({ effectiveOn }) => effectiveOn < '2024-09-01'))
    const acts = hamlet.counties.flatMap((county) => county.acts.map(({ act }) => act))
    assert.ok(acts.some(({ kind, note }) => kind === 'convert' && note?.includes('转为公办园')))
  }
})

test('the same seed gives the same city', () => {
  assert.equal(hash(buildCity({ size: 'city', seed })), hash(city))
})
