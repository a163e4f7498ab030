import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { InstitutionPageAnswer, InstitutionRow } from '../contract.ts'
import { tellList } from './tell-list.ts'

const row = (kind: InstitutionRow['kind'], pupils: number | null): InstitutionRow => ({
  institutionId: 1,
  code: '1',
  name: '某校',
  kind,
  sector: 'public',
  publicInterest: false,
  county: '叶县',
  township: null,
  pupils,
  classes: null,
  teachers: null,
})
const answer = (rows: InstitutionRow[]): InstitutionPageAnswer => ({
  total: rows.length,
  page: 1,
  pageSize: 5000,
  year: 2024,
  unit: null,
  rows,
  mayAct: false,
})

test('counts kinds and pupils, the most frequent kind first', () => {
  const rows = [row('primary-school', 300), row('kindergarten', 120), row('kindergarten', 80)]
  assert.equal(tellList(answer(rows)), '共 3 所机构（幼儿园 2 所、小学 1 所），2024 年秋季在校生 500 人。')
})

test('an institution that has not filed is told, not counted as 0', () => {
  const told = tellList({
    ...answer([row('kindergarten', 12_000), row('kindergarten', null)]),
    unit: '昆阳街道',
  })
  assert.equal(told, '昆阳街道：共 2 所机构（幼儿园 2 所），2024 年秋季在校生 12,000 人，另有 1 所没有登记。')
})

test('without any returns it says so; an empty list says nothing', () => {
  assert.match(tellList({ ...answer([row('kindergarten', null)]), year: null }), /还没有任何一年/)
  assert.equal(tellList(answer([])), '')
})
