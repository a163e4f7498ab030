import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Institution } from '../../records/registry/institution.ts'
import type { InstitutionHistory } from '../../records/registry/reads/institution-history.ts'
import { entryOn, factsOf, historyOf, whyNotOpen } from './tell-history.ts'

const first: Institution = {
  countyId: 410_422,
  institutionId: 7,
  code: '1141000007',
  name: '叶县蓓蕾幼儿园',
  kind: 'kindergarten',
  stages: ['preschool'],
  sector: 'private',
  profitStatus: 'non-profit',
  publicInterest: false,
  townshipCentral: false,
  boarding: false,
  urbanRural: '121',
  unitId: 410_422_002,
  from: '2016-09-01',
  to: '2020-09-01',
}
const second: Institution = { ...first, publicInterest: true, from: '2020-09-01', to: '2022-03-01' }
const third: Institution = {
  ...second,
  sector: 'public',
  profitStatus: null,
  from: '2022-03-01',
  to: '2025-07-01',
}
const act = (kind: 'open' | 'convert' | 'close', effectiveOn: string, docNumber: string) => ({
  countyId: 410_422,
  actId: 1,
  kind,
  docNumber,
  decidedOn: effectiveOn,
  effectiveOn,
  recordedBy: '叶县教体局',
  recordedAt: effectiveOn,
})
const history: InstitutionHistory = {
  entries: [first, second, third],
  acts: [
    act('open', '2016-09-01', '一号'),
    act('convert', '2020-09-01', '二号'),
    act('convert', '2022-03-01', '三号'),
    act('close', '2025-07-01', '四号'),
  ],
  successions: [],
}

test('the entry of a day holds from its first day up to the day before the next', () => {
  assert.equal(entryOn(history.entries, '2020-08-31'), first)
  assert.equal(entryOn(history.entries, '2020-09-01'), second)
  assert.equal(entryOn(history.entries, '2025-07-01'), undefined)
})

test('why it is not open: not yet, or no longer', () => {
  assert.equal(whyNotOpen(history.entries, '2016-08-31'), '定于 2016-09-01 开办')
  assert.match(whyNotOpen(history.entries, '2025-07-01') ?? '', /2025-07-01 停办/)
  assert.equal(whyNotOpen(history.entries, '2024-01-01'), undefined)
})

test('each fact names the day since which it is so, across changes of other facts', () => {
  const facts = new Map(factsOf(history, third).map((fact) => [fact.zh, fact]))
  assert.deepEqual([facts.get('名称')?.since, facts.get('名称')?.docNumber], ['2016-09-01', '一号'])
  assert.deepEqual([facts.get('普惠认定')?.value, facts.get('普惠认定')?.since], ['普惠性', '2020-09-01'])
  assert.deepEqual([facts.get('办学性质')?.value, facts.get('办学性质')?.docNumber], ['公办', '三号'])
  assert.equal(facts.has('营利性质'), false, 'a public kindergarten has none')
  assert.equal(facts.has('乡镇中心'), false)
})

test('what is older than the books rests on the act that first entered it', () => {
  const loaded = { ...history, acts: [{ ...act('open', '2018-01-01', '建库'), kind: 'load' as const }] }
  assert.equal(factsOf(loaded, first)[0]?.docNumber, '建库')
  assert.equal(factsOf({ ...history, acts: [] }, first)[0]?.docNumber, null)
})

test('the history tells what became different by each act, the latest first, coming ones marked', () => {
  const told = historyOf(history, '2024-09-01')
  assert.deepEqual(
    told.map(({ act: word, ahead }) => [word, ahead]),
    [
      ['停办', true],
      ['转制', false],
      ['转制', false],
      ['开办', false],
    ],
  )
  assert.deepEqual(told[1]?.changes, ['办学性质：民办 → 公办', '营利性质：非营利性 → 无'])
  assert.deepEqual(told[3]?.changes, [])
})
