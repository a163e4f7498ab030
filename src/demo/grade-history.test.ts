import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { type Grade, gradesOf, type Stage, stageOfGrade } from '../kernel/stage.ts'
import type { Entries } from './act-book.ts'
import { buildCity, type City } from './build-city.ts'
import { childrenOn31August, together } from './child-years.ts'
import { schoolYears } from './city-rolls.ts'
import { readCitySource } from './city-source.ts'
import { peopleOf } from './village-people.ts'

const seed = 7
const city = buildCity({ size: 'city', seed })
const hamlet = buildCity({ size: 'hamlet', seed })

function entries<K extends keyof Entries>(from: City, kind: K): Entries[K][number][] {
  return from.counties.flatMap(({ acts }) => acts.flatMap((act) => act[kind] as Entries[K][number][]))
}

const enrolment = entries(city, 'enrolment')
const byGrade = new Map<string, number>()
for (const { grade, schoolYear, pupils } of enrolment) {
  byGrade.set(`${grade}/${schoolYear}`, (byGrade.get(`${grade}/${schoolYear}`) ?? 0) + pupils)
}
const inGrade = (grade: Grade, year: number) => byGrade.get(`${grade}/${year}`)!
const inStage = (stage: Stage, year: number) =>
  gradesOf[stage].reduce((sum, grade) => sum + inGrade(grade, year), 0)

for (const [name, from] of [
  ['city', city],
  ['hamlet', hamlet],
] as const) {
  test(`${name}: flows explain every change of the rolls, but for the one doubtful filing`, () => {
    const rolls = new Map<string, number>()
    for (const { institutionId, grade, schoolYear, pupils } of entries(from, 'enrolment')) {
      const key = `${institutionId}/${stageOfGrade(grade)}/${schoolYear}`
      rolls.set(key, (rolls.get(key) ?? 0) + pupils)
    }
    const explained = new Set<string>()
    const contradictions: unknown[] = []
    for (const flow of entries(from, 'pupilFlows')) {
      const key = (year: number) => `${flow.institutionId}/${flow.stage}/${year}`
      const before = rolls.get(key(flow.schoolYear - 1)) ?? 0
      const now = rolls.get(key(flow.schoolYear)) ?? 0
      explained.add(key(flow.schoolYear))
      assert.ok([flow.entrants, flow.graduates, flow.movedIn, flow.movedOut].every((count) => count! >= 0))
      const expected = before + flow.entrants! - flow.graduates! + flow.movedIn! - flow.movedOut!
      if (expected !== now) {
        const { institutionId, schoolYear } = flow
        contradictions.push({ institutionId, schoolYear, excess: expected - now })
      }
    }
    assert.deepEqual(contradictions, [from.doubtful])
    for (const key of rolls.keys()) assert.ok(key.endsWith('/2016') || explained.has(key), key)
  })

  test(`${name}: pupils only where and while an institution runs and has the stage`, () => {
    const states = Map.groupBy(entries(from, 'institutions'), ({ institutionId }) => institutionId)
    for (const { institutionId, schoolYear, grade, boys, girls, pupils, classes, largestClass } of entries(
      from,
      'enrolment',
    )) {
      const day = `${schoolYear}-09-01`
      const state = states.get(institutionId)!.filter((one) => one.from <= day && (!one.to || day < one.to))
      assert.equal(state.length, 1, `${institutionId} on ${day}`)
      assert.ok(state[0]!.stages.includes(stageOfGrade(grade)!))
      assert.equal(boys! + girls!, pupils)
      assert.ok(classes! > 0 && largestClass! * classes! >= pupils)
    }
  })

  test(`${name}: single classes of the last two years add up to their grade`, () => {
    const key = (row: { institutionId: number; schoolYear: number; grade: string }) =>
      `${row.institutionId}/${row.schoolYear}/${row.grade}`
    const classes = Map.groupBy(entries(from, 'schoolClasses'), key)
    const lastTwo = entries(from, 'enrolment').filter(({ schoolYear }) => schoolYear >= 2023)
    assert.equal(classes.size, lastTwo.length)
    for (const row of lastTwo) {
      const own = classes.get(key(row))!
      assert.equal(own.length, row.classes)
      assert.equal(
        own.reduce((sum, one) => sum + one.pupils, 0),
        row.pupils,
      )
      assert.equal(
        own.reduce((sum, one) => sum + one.boys!, 0),
        row.boys,
      )
      assert.equal(Math.max(...own.map(({ pupils }) => pupils)), row.largestClass)
    }
  })
}

test('pupils of a grade stay within the children of its age', () => {
  const source = readCitySource(fileURLToPath(new URL('../../data', import.meta.url)))
  const people = source.divisions.counties.map((county) => peopleOf(county, source, seed))
  const children = together(people.map((county) => county.children))
  const ages = [...gradesOf.preschool, ...gradesOf.primary, ...gradesOf.junior]
  for (const year of schoolYears) {
    for (const [i, grade] of ages.entries()) {
      const share = inGrade(grade, year) / childrenOn31August(children, year, 3 + i)
      const least = i < 3 ? 0.7 : 0.8
      assert.ok(share > least && share < 1.08, `${grade} ${year}: ${share.toFixed(3)}`)
    }
  }
  for (const county of people) {
    const own = enrolment.filter(({ countyId }) => countyId === county.county.code)
    const primary = (year: number) =>
      own
        .filter(({ grade, schoolYear }) => schoolYear === year && stageOfGrade(grade) === 'primary')
        .reduce((sum, { pupils }) => sum + pupils, 0)
    for (const year of schoolYears) {
      const around = [6, 7, 8, 9, 10, 11].reduce(
        (sum, age) => sum + childrenOn31August(county.children, year, age),
        0,
      )
      const share = primary(year) / around
      assert.ok(share > 0.8 && share < 1.2, `${county.county.name} ${year}: ${share.toFixed(3)}`)
    }
  }
})

test('kindergartens peak about 2019–2020, primary rolls about 2019, junior and senior rolls rise', () => {
  const peak = (stage: Stage) =>
    schoolYears.reduce((best, year) => (inStage(stage, year) > inStage(stage, best) ? year : best))
  assert.ok([2019, 2020].includes(peak('preschool')))
  assert.ok([2019, 2020].includes(peak('primary')))
  assert.equal(peak('junior'), 2023)
  assert.equal(peak('senior'), 2024)
  assert.ok(inStage('preschool', 2024) < 0.7 * inStage('preschool', 2021))
})

test('cohorts stay together: from one grade to the next a city year group changes by less than 5 %', () => {
  for (const stage of ['primary', 'junior', 'senior', 'vocational'] as const) {
    const grades: readonly Grade[] = gradesOf[stage]
    for (const year of schoolYears.slice(1)) {
      for (const [i, grade] of grades.slice(1).entries()) {
        const ratio = inGrade(grade, year) / inGrade(grades[i]!, year - 1)
        assert.ok(Math.abs(ratio - 1) < 0.05, `${grade} ${year}: ${ratio.toFixed(3)}`)
      }
    }
  }
})

test('urban schools are crowded, teaching points small and emptying', () => {
  const states = new Map(entries(city, 'institutions').map((one) => [one.institutionId, one]))
  const primary = (year: number) =>
    enrolment.filter(({ schoolYear, grade }) => schoolYear === year && stageOfGrade(grade) === 'primary')
  const urban = primary(2021).filter(({ institutionId }) => states.get(institutionId)!.urbanRural === '111')
  const sum = (values: readonly number[]) => values.reduce((one, other) => one + other, 0)
  const perClass = sum(urban.map(({ pupils }) => pupils)) / sum(urban.map(({ classes }) => classes!))
  assert.ok(perClass > 46 && perClass < 60, String(perClass))
  const points = (year: number) => {
    const own = Map.groupBy(
      primary(year).filter(({ institutionId }) => states.get(institutionId)!.kind === 'teaching-point'),
      ({ institutionId }) => institutionId,
    )
    return [...own.values()].map((rows) => sum(rows.map(({ pupils }) => pupils))).sort((a, b) => a - b)
  }
  const middle = (values: number[]) => values[Math.floor(values.length / 2)]!
  const in2021 = points(2021)
  assert.ok(middle(in2021) >= 15 && middle(in2021) <= 35, String(middle(in2021)))
  assert.ok(in2021.filter((pupils) => pupils >= 5 && pupils <= 60).length > 0.9 * in2021.length)
  assert.ok(middle(points(2024)) < middle(in2021))
})

test('a merge names its heir, and what is decided for later has no pupils yet', () => {
  const merges = entries(city, 'successions')
  assert.ok(merges.length > 10)
  const states = new Map(entries(city, 'institutions').map((one) => [one.institutionId, one]))
  for (const { fromId, toId, effectiveOn } of merges) {
    assert.equal(states.get(fromId)!.to, effectiveOn)
    assert.ok(!states.get(toId)!.to)
  }
  const future = [...states.values()].filter(({ from }) => from > '2024-09-01')
  assert.ok(future.length > 0)
  const filed = new Set(enrolment.map(({ institutionId }) => institutionId))
  assert.ok(future.every(({ institutionId }) => !filed.has(institutionId)))
  assert.ok([...states.values()].some(({ to }) => to && to > '2025-01-01'))
})
