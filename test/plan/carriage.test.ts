import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { house } from '../../src/app/house.ts'
import { laterRooms } from '../../src/plan/duty.ts'
import { carriageOf, fieldsOf, loadPlan, readPlan } from '../../src/plan/index.ts'
import { copiedPlan } from './written-plan.ts'

const plan = loadPlan('plan', 'pingdingshan')

function planCheck(...args: string[]) {
  return spawnSync(process.execPath, ['src/app/cli.ts', 'plan', 'check', '--carried', ...args], {
    encoding: 'utf8',
  })
}

interface Line {
  readonly item: string
  readonly status: string
  readonly by: readonly { readonly kind: string; readonly file: string }[]
}

test('each of the 197 items is carried, tracked or waits for a room, and every file named is there', () => {
  const { status, stdout, stderr } = planCheck('--json')
  assert.equal(stderr, '')
  assert.equal(status, 0)
  const lines: Line[] = JSON.parse(stdout)
  assert.equal(lines.length, 197)
  assert.equal(new Set(lines.map(({ item }) => item)).size, 197)
  for (const { item, status, by } of lines) {
    assert.ok(['carried', 'later-room', 'tracked'].includes(status), `${item} ${status}`)
    assert.ok(by.length > 0, item)
    for (const { file } of by) assert.ok(existsSync(file), `${item}: ${file}`)
  }
})

test('every item that says that every X has a Y has its coverage duty', () => {
  const owed = [...plan.items.values()].filter(({ type }) => type.includes('C')).map(({ id }) => id)
  assert.equal(owed.length, 21)
  const judged = new Set([...plan.coverage.values()].map(({ item }) => item))
  assert.deepEqual(
    owed.filter((id) => !judged.has(id)),
    [],
  )
})

test('for people it is one line an item, with the sums at the end', () => {
  const { stdout } = planCheck('plan/pingdingshan')
  assert.match(stdout, /^M8\.7\t已承载/m)
  assert.match(
    stdout,
    /覆盖任务“每所乡村学校都有城镇学校对口帮扶” plan\/pingdingshan\/coverage\/rural-school-helped\.yaml/,
  )
  assert.match(stdout, /任务项 197 条，已承载 \d+，待建功能 \d+，仅跟踪 \d+，无着落 0/)
})

test('without the progress book every item that was only tracked is named, and the exit code is 1', (t) => {
  const files = copiedPlan(t)
  const tracked = carriageOf(plan).filter(({ status }) => status === 'tracked')
  rmSync(join(files.root, 'pingdingshan/returns/item-progress.yaml'))
  for (const check of ['done-with-paper', 'past-due'])
    rmSync(join(files.root, `pingdingshan/checks/item-progress-${check}.yaml`))
  const { status, stderr } = planCheck(join(files.root, 'pingdingshan'))
  assert.equal(status, 1)
  const named = stderr
    .trim()
    .split('\n')
    .map((sentence) => sentence.split(' ')[0])
  assert.ok(named.length > 0)
  assert.deepEqual(
    named,
    tracked.map(({ item }) => item.id),
  )
})

test('the figure of every target is counted', () => {
  const uncounted = plan.targets
    .filter(
      ({ indicator }) => !plan.indicators.get(indicator)?.sql && !plan.indicators.get(indicator)?.boards,
    )
    .map(({ id }) => id)
  assert.deepEqual(uncounted, [])
})

test('the file of a target whose figure nothing counts carries nothing', (t) => {
  const files = copiedPlan(t)
  const form = 'pingdingshan/indicators/disabled-compulsory-enrolment-rate.yaml'
  files.change(form, /^filed:[\s\S]*/m.exec(readFileSync(join(files.root, form), 'utf8'))![0], '')
  files.change('pingdingshan/targets/t12-disabled-enrolment-rate.yaml', '[targets]', 'tracked')
  const stands = new Map(
    carriageOf(loadPlan(files.root, 'pingdingshan')).map(({ item, by }) => [
      item.id,
      by.map(({ kind }) => kind),
    ]),
  )
  assert.deepEqual(stands.get('T12'), ['form'])
  assert.deepEqual(stands.get('T9'), ['room', 'target', 'indicator'])
})

test('the progress book takes a line for every item there is', () => {
  const form = plan.forms.get('item-progress')!
  const item = fieldsOf(form).find(({ id }) => id === form.tracks)
  assert.deepEqual(
    item?.codes?.map(({ code }) => code),
    [...plan.items.keys()].map((id) => id.toLowerCase()),
  )
})

test('no item is left to a county’s progress book that only the city could report on', () => {
  const strange = carriageOf(plan).filter(
    ({ status, item }) => status === 'tracked' && item.owners.every((owner) => owner === 'city'),
  )
  assert.deepEqual(
    strange.map(({ item }) => item.id),
    [],
  )
})

test('a room that stands in the house is no later room any more', () => {
  const built = house.map(({ name }) => name).filter((name) => name in laterRooms)
  assert.deepEqual(built, [])
})

test('an unknown later room, and a rule or figure for an item that is none, are refused', (t) => {
  const files = copiedPlan(t)
  files.change(
    'pingdingshan/measures/m02-share-preschool-cost.yaml',
    'laterRoom: funding',
    'laterRoom: treasury',
  )
  files.change(
    'pingdingshan/checks/kindergarten-floor-area.yaml',
    'severity: doubt',
    'severity: doubt\nserves: [M3.9]',
  )
  const said = readPlan(files.root, 'pingdingshan').problems.map(({ text }) => text)
  assert.ok(
    said.some((text) => /m02-share-preschool-cost\.yaml#.*laterRoom/.test(text)),
    said.join('\n'),
  )
  assert.ok(said.some((text) => /kindergarten-floor-area\.yaml#\/serves 没有任务项 M3\.9/.test(text)))
})
