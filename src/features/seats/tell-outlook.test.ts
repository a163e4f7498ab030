import assert from 'node:assert/strict'
import { test } from 'node:test'
import { missing } from '../../kernel/missing.ts'
import { judgeGap } from './judge-gap.ts'
import { type JudgedYear, readOutlook } from './outlook.ts'
import { inTenths, inWan, rangeWords, tellOutlook } from './tell-outlook.ts'

const judged = (year: number, mean: number, half: number, supply: number): JudgedYear => {
  const demand = { mean, lo80: mean - half, hi80: mean + half }
  return { year, demand, supply, gap: judgeGap(demand, supply, 1) }
}
const told = { subject: '叶县小学', until: 2030, bandLevel: 0.8, missing: [] }

test('what happens, when it is largest, how sure it is, when it peaked', () => {
  const years = [
    judged(2026, 62_000, 3_000, 62_000),
    judged(2027, 55_000, 3_000, 62_000),
    judged(2028, 52_000, 3_000, 62_000),
    judged(2029, 49_000, 3_000, 62_000),
    judged(2030, 46_000, 3_000, 62_000),
  ]
  const outlook = readOutlook(years, [{ year: 2023, pupils: 67_000 }], 2025, 6)
  assert.equal(
    tellOutlook({ ...told, outlook }),
    '叶县小学：2027 年起学位富余，2030 年约余 1.6 万个学位（八成把握在 1.3 万—1.9 万之间）；在校生 2023 年已到峰值 6.7 万人。',
  )
})

test('a short shortage is called temporary, and a later surplus follows', () => {
  const years = [judged(2026, 120, 5, 100), judged(2027, 100, 5, 100), judged(2028, 80, 5, 100)]
  const outlook = readOutlook(years, [], 2026, 6)
  assert.equal(
    tellOutlook({ ...told, until: 2028, outlook }),
    '叶县小学：2026 年暂时学位不足，2026 年约缺 20 个学位（八成把握在 15—25 之间）；2028 年起学位富余，2028 年约余 20 个学位（八成把握在 15—25 之间）；在校生预计 2026 年到峰值，约 120 人。',
  )
})

test('no band crosses the seats: no warning is spoken', () => {
  const outlook = readOutlook([judged(2026, 100, 9, 100)], [], 2026, 6)
  assert.match(tellOutlook({ ...told, outlook }), /到 2030 年需求区间一直跨过现有学位，暂不预警/)
})

test('what is missing is named with who owes it, and no shortage is claimed', () => {
  const outlook = readOutlook([judged(2026, 200, 9, 100)], [], 2026, 6)
  const text = tellOutlook({
    ...told,
    outlook,
    missing: [missing('教室数', '甲校', { owedBy: '学校（园）' })],
  })
  assert.match(text, /缺甲校的教室数（由学校（园）提供），不能判断余缺/)
  assert.doesNotMatch(text, /不足|富余/)
})

test('wide bands and far horizons say so', () => {
  const outlook = readOutlook([judged(2026, 10, 9, 10)], [], 2026, 6)
  const text = tellOutlook({ ...told, outlook, wideFrom: 2026, hintBeyond: 2029 })
  assert.match(text, /2026 年起区间比预测值还宽，只宜看方向/)
  assert.match(text, /2029 年以后的校级数字只作提示/)
})

test('figures in words', () => {
  assert.equal(inWan(16_432), '1.6 万')
  assert.equal(inWan(9_999), '9,999')
  assert.equal(rangeWords(13_000, 19_400), '1.3 万—1.9 万')
  assert.equal(rangeWords(1_204, 107_000), '0.1 万—10.7 万')
  assert.equal(rangeWords(204, 10_204), '204—10,204')
  assert.equal(rangeWords(15, 25), '15—25')
  assert.equal(inTenths(0.8), '八成')
  assert.equal(inTenths(0.85), '85%')
})
