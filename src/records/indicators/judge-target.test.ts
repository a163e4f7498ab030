import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Figure } from './figure.ts'
import { expectedAt, judgeTarget, type Path } from './judge-target.ts'

const rate = (year: number, value: number | null): Figure => ({
  unitId: 410_422,
  year,
  day: `${year}-09-01`,
  numerator: value === null ? null : Math.round(value * 10_000),
  denominator: 10_000,
  missing: [],
})
const share: Path = { kind: 'linear', baselineYear: 2023, endYear: 2027, line: 0.6 }
const judge = (path: Path, ...values: (number | null)[]) => {
  const figures = values.map((value, at) => rate(path.baselineYear + at, value))
  return judgeTarget(path, figures, figures.at(-1))
}

test('the straight line from 50 % in 2023 to 60 % in 2027 asks for 52.5 % in 2024', () => {
  assert.equal(expectedAt(share, 0.5, 2023), 0.5)
  assert.equal(expectedAt(share, 0.5, 2024), 0.525)
  assert.equal(expectedAt(share, 0.5, 2027), 0.6)
  assert.equal(expectedAt(share, 0.5, 2030), 0.6)
})

test('who began above the line has to stay above it', () => {
  assert.equal(expectedAt(share, 0.7, 2025), 0.6)
})

test('without a baseline there is no path, but the last year still asks for the line', () => {
  assert.equal(expectedAt(share, null, 2025), null)
  assert.equal(expectedAt(share, null, 2027), 0.6)
})

test('the path never leaves the span between baseline and line and never turns back', () => {
  const ratio = fc.double({ min: 0, max: 1, noNaN: true })
  fc.assert(
    fc.property(ratio, ratio, (baseline, line) => {
      const path: Path = { ...share, line }
      const values = [2023, 2024, 2025, 2026, 2027].map((year) => expectedAt(path, baseline, year)!)
      assert.ok(values.every((value) => value <= Math.max(baseline, line) + 1e-12))
      assert.ok(values.every((value, at) => at === 0 || value >= values[at - 1]! - 1e-12))
      assert.equal(values.at(-1), line)
    }),
  )
})

test('a share is reached, on the path, behind it, or missed at the end', () => {
  assert.equal(judge(share, 0.5, 0.61).sign, 'reached')
  assert.equal(judge(share, 0.5, 0.53).sign, 'on-path')
  const behind = judge(share, 0.5, 0.51)
  assert.equal(behind.sign, 'behind')
  assert.equal(behind.sentence, '51.00%，距 60.00% 差 9.00 个百分点，比路径值 52.50% 低 1.50 个百分点')
  assert.equal(judge(share, 0.5, 0.5, 0.5, 0.5, 0.59).sign, 'missed')
})

test('missing is 缺数据, never behind; a missing baseline leaves the path open', () => {
  assert.deepEqual(judge(share, 0.5, null), {
    sign: 'missing',
    words: '缺数据',
    sentence: '缺数据，不能判断',
  })
  assert.equal(judge(share, null, 0.5).sign, 'open')
  assert.equal(judgeTarget(share, [], undefined).sign, 'missing')
})

test('a day without a line gives no verdict', () => {
  assert.equal(judge({ kind: 'linear', baselineYear: 2023, endYear: 2027 }, 0.5, 0.7).sign, 'open')
})

test('rising means above the year before, every year since the baseline', () => {
  const rise: Path = { kind: 'rise', baselineYear: 2023, endYear: 2027 }
  assert.equal(judge(rise, 0.83).sign, 'open')
  assert.equal(judge(rise, 0.83, 0.84, 0.85).sign, 'on-path')
  assert.equal(judge(rise, 0.83, 0.84, 0.84).sign, 'behind')
  assert.equal(judge(rise, 1, 1, 1).sign, 'on-path')
  assert.match(judge(rise, 0.83, 0.8, 0.85).sentence, /2024 年没有高于上年/)
  assert.equal(judge(rise, 0.83, null, 0.85).sign, 'missing')
})

test('a rate to be held is held every year', () => {
  const hold: Path = { kind: 'hold', baselineYear: 2023, endYear: 2027, line: 0.97 }
  assert.equal(judge(hold, 0.97).sign, 'reached')
  assert.equal(judge(hold, 0.98, 0.96).sign, 'behind')
})

const coverage: Path = { kind: 'end', baselineYear: 2023, endYear: 2027, line: 1 }
const counted = (numerator: number, denominator: number, year = 2024): Figure => ({
  ...rate(year, 0),
  numerator,
  denominator,
})

test('coverage: no duty, covered, not covered, and missed once the end year is there', () => {
  const sign = (figure: Figure) => judgeTarget(coverage, [], figure).sign
  assert.equal(sign(counted(0, 0)), 'idle')
  assert.equal(sign(counted(1, 1)), 'reached')
  assert.equal(sign(counted(0, 1)), 'behind')
  assert.equal(sign(counted(0, 1, 2027)), 'missed')
  assert.equal(judgeTarget(coverage, [], counted(8, 10)).words, '8/10')
})

test('a line past its review judges nobody, and says so', () => {
  const refused = '参数“目标”已过复核日'
  const { line: _, ...path } = share
  const { sign, sentence } = judge({ ...path, refused }, 0.5, 0.61)
  assert.deepEqual([sign, sentence], ['open', `61.00%；不能与目标值比较：${refused}`])
  const { line: __, ...end } = coverage
  assert.equal(judgeTarget({ ...end, refused }, [], counted(1, 1)).sign, 'open')
  assert.equal(judgeTarget({ ...end, refused }, [], counted(0, 0)).sign, 'idle')
})

test('steps are told as steps', () => {
  const steps: Path = { kind: 'steps', baselineYear: 2023, endYear: 2027 }
  assert.deepEqual(judgeTarget(steps, [], counted(2, 5)), {
    sign: 'open',
    words: '2/5',
    sentence: '应有 5 项，已有 2 项',
  })
  assert.equal(judgeTarget(steps, [], counted(5, 5)).sign, 'reached')
})

test('a refused figure says why', () => {
  const refused = { ...rate(2024, null), refused: '参数已过复核日' }
  assert.deepEqual(judgeTarget(share, [], refused), {
    sign: 'missing',
    words: '不能算',
    sentence: '参数已过复核日',
  })
})
