import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { test } from 'node:test'
import { itemTypes, ownerKinds } from '../../src/plan/duty.ts'
import { checkPlan, loadPlan, overdueParameters } from '../../src/plan/index.ts'
import { standardStatus } from '../../src/plan/standard.ts'

const plan = loadPlan('plan', 'pingdingshan')
const report = checkPlan(plan)[0]

test('the paper is held whole: text, number, issuers, dates', () => {
  const paper = plan.papers.get('pds-2024-35')
  assert.equal(paper?.docNumber, '平教体基〔2024〕35号')
  assert.equal(paper?.issuers.length, 3)
  assert.deepEqual([paper?.issuedOn, paper?.publishedOn], ['2024-08-22', '2024-08-23'])
  assert.deepEqual(report?.problems, [])
})

test('197 items: 12 targets, 175 measure items, 10 organisation items, every quotation found', () => {
  assert.deepEqual(report?.counts, [
    { kind: 'target', placed: 12, total: 12 },
    { kind: 'measure', placed: 175, total: 175 },
    { kind: 'organisation', placed: 10, total: 10 },
  ])
  assert.equal(plan.items.size, 197)
  const perMeasure = plan.measures.map(({ items }) => items.length)
  assert.deepEqual(perMeasure, [8, 8, 5, 5, 6, 4, 8, 7, 6, 7, 7, 3, 6, 7, 2, 6, 9, 15, 8, 8, 10, 5, 5, 11, 9])
  assert.deepEqual(
    plan.organisation.map(({ items }) => items.length),
    [1, 4, 4, 1],
  )
})

test('no sentence of the three chapters is unplaced, and the no-act list is no dump', () => {
  assert.deepEqual(
    report?.chapters.map(({ heading }) => heading),
    ['二、目标要求', '三、具体行动', '三、组织实施'],
  )
  for (const chapter of report?.chapters ?? []) {
    assert.deepEqual(chapter.unplaced, [], chapter.heading)
    assert.equal(chapter.quoted + chapter.headings + chapter.noAct, chapter.characters, chapter.heading)
    assert.ok(chapter.noAct / chapter.characters < 0.15, chapter.heading)
  }
})

test('the groups of the paper hold each measure once, in order', () => {
  const grouped = plan.papers.get('pds-2024-35')?.groups?.flatMap(({ measures }) => measures)
  assert.deepEqual(
    grouped,
    plan.measures.map(({ id }) => id),
  )
})

test('each item is carried by a feature that exists, or tracked', () => {
  for (const { id, carriedBy } of plan.items.values()) {
    for (const feature of carriedBy === 'tracked' ? [] : carriedBy) {
      assert.ok(existsSync(`src/features/${feature}`), `${id} names the feature '${feature}'`)
    }
  }
})

test('each target has its indicator and, where it has a line, a parameter that can be asked for', () => {
  assert.equal(plan.targets.length, 12)
  for (const target of plan.targets) {
    assert.ok(plan.indicators.has(target.indicator), target.id)
    assert.equal(target.path.endYear, 2027, target.id)
    if (target.path.kind === 'linear') assert.ok(target.path.assumption, target.id)
  }
  for (const { id, sources, direction, evidence } of plan.indicators.values()) {
    assert.ok(
      sources.every(({ owedBy }) => owedBy.length > 0),
      id,
    )
    if (direction === 'steps') assert.ok(evidence, `${id} is no figure: it must say what counts as evidence`)
  }
})

test('every parameter has a review day ahead, and every value a status and a source', () => {
  assert.deepEqual(overdueParameters(plan, '2026-11-24'), [])
  for (const { standard, file } of [...plan.standards.values()].flat()) {
    if (standard.notEntered) continue
    for (const value of standard.values ?? []) {
      assert.ok(value.status === 'own' ? standard.rationale : value.cite, file)
    }
  }
})

test('what was searched for and not found is held open, not invented', () => {
  const open = [...plan.standards.values()].flat().filter(({ standard }) => standard.notEntered)
  assert.deepEqual(open.map(({ standard }) => standard.id).sort(), [
    'class-size.special',
    'class-size.vocational',
    'complaint.answer-working-days',
    'complaint.keep-years',
    'kindergarten.comprehensive-appropriation',
    'kindergarten.public-interest-subsidy',
    'programme.kindergarten-1235',
    'programme.senior-high-1256',
    'programme.study-tour-five-ones',
    'senior-public-share.watch-line',
  ])
})

test('the ambiguous words of the paper have their readings, at least two each', () => {
  const readings = new Map<string, Set<string>>()
  for (const item of plan.items.values()) {
    const own = Map.groupBy(item.readings ?? [], (reading) => reading.of)
    for (const [of, each] of own) {
      assert.ok(each.length >= 2, `${item.id}: ${of}`)
      readings.set(of, new Set([...(readings.get(of) ?? []), ...each.map(({ id }) => id)]))
    }
  }
  for (const words of ['力争', '鼓励', '2025年前', '20万人口', '大班额', '600元']) {
    assert.ok((readings.get(words)?.size ?? 0) >= 2, words)
  }
  for (const item of plan.items.values()) {
    if (/鼓励/.test([item.quote].flat().join('')) && item.id !== 'O3.1') assert.ok(item.readings, item.id)
  }
})

test('owner kinds, item types and status marks have their words in the glossary', () => {
  const ids = [
    ...ownerKinds.map((kind) => `owner-${kind}`),
    ...itemTypes.map((letter) => `type-${letter}`),
    ...standardStatus.map((status) => `status-${status}`),
  ]
  assert.deepEqual(
    ids.filter((id) => !plan.terms.has(id)),
    [],
  )
})
