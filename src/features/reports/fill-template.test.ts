import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadPlan } from '../../plan/index.ts'
import { boundFields, plainText } from '../../platform/print/official-document.ts'
import { fillTemplate } from './fill-template.ts'
import type { PaperFacts, PaperValue } from './paper-facts.ts'

const template = {
  ...loadPlan('plan', 'pingdingshan').templates.get('monthly-report')!,
  title: '{city}报告',
  addressee: '{city}',
  body: [
    { text: '全市{findings.open}个。' },
    {
      each: 'county' as const,
      columns: [
        { head: '县', cell: '{county}' },
        { head: '数', cell: '{findings.open}' },
      ],
    },
    { each: 'overdue' as const, text: '{county}未报{missing}份', none: '没有。' },
  ],
}
const value = (where: string, text: string | null): PaperValue => ({
  zh: '未销号',
  text,
  source: '台账',
  definition: '计数',
  asOf: '2024-09-01',
  where,
})
const facts: PaperFacts = {
  asOf: '2024-09-01',
  knownAt: '2024-09-01 08:00:00+08',
  planVersion: 'v',
  place: { unitId: 4104, name: '某市' },
  words: { city: '某市' },
  values: new Map([
    ['findings.open@4104', value('某市', '3')],
    ['findings.open@1', value('甲县', '0')],
    ['findings.open@2', value('乙县', null)],
  ]),
  rows: {
    county: [
      { key: '1', unitId: 1, cells: { county: '甲县' } },
      { key: '2', unitId: 2, cells: { county: '乙县' } },
    ],
    'not-submitted': [],
    overdue: [],
    finding: [],
    'overdue-finding': [],
    'closed-finding': [],
    violation: [],
    duty: [],
    'duty-gap': [],
  },
}

test('each figure is bound with where it comes from; what is missing is printed by whose it is, and 0 stays 0', () => {
  const { document, missing } = fillTemplate(template, facts)
  const table = document.body[1]
  assert.deepEqual(table?.kind === 'table' && table.rows.map((row) => row.map(plainText)), [
    ['甲县', '0'],
    ['乙县', '〔待补：乙县〕'],
  ])
  assert.deepEqual(missing, [{ of: '未销号', where: '乙县' }])
  assert.deepEqual(
    boundFields(document).map(({ id, text }) => [id, text]),
    [
      ['findings.open@4104', '3'],
      ['findings.open@1', '0'],
      ['findings.open@2', '〔待补：乙县〕'],
    ],
  )
})

test('without rows the sentence stands, with rows a paragraph for each', () => {
  const printed = (given: PaperFacts) =>
    fillTemplate(template, given)
      .document.body.slice(2)
      .map((block) => 'text' in block && plainText(block.text))
  assert.deepEqual(printed(facts), ['没有。'])
  const row = { key: 'f.1', unitId: 1, cells: { county: '甲县', missing: value('甲县', '2') } }
  assert.deepEqual(printed({ ...facts, rows: { ...facts.rows, overdue: [row] } }), ['甲县未报2份'])
})

test('a place nothing answers to is a fault of the template, never a blank', () => {
  assert.throws(() => fillTemplate({ ...template, title: '{nothing}' }, facts), /\{nothing\}/)
})
