import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { copiedPlan } from './written-plan.ts'

const asOf = ['--as-of', '2026-11-24']

function planCheck(...args: string[]) {
  return spawnSync(process.execPath, ['src/app/cli.ts', 'plan', 'check', ...args], { encoding: 'utf8' })
}

test('the shipped plan passes and says so in figures', () => {
  const { status, stdout, stderr } = planCheck(...asOf)
  assert.equal(stderr, '')
  assert.equal(status, 0)
  assert.match(stdout, /目标值复核：T5 要到 2027-12-31 才判断，而“.*”的复核日是 2027-08-31/)
  assert.match(stdout, /197\/197 条任务项有引文并归位.*，0 句未归位/)
})

test('--json gives the same to a program', () => {
  const { status, stdout } = planCheck('plan/pingdingshan', '--json', ...asOf)
  assert.equal(status, 0)
  const [check] = JSON.parse(stdout)
  assert.equal(check.layer, 'pingdingshan')
  assert.equal(check.carried + check.laterRoom + check.tracked, 197)
  assert.equal(check.without, 0)
  assert.deepEqual(
    check.linesToReview.map(({ target }: { target: string }) => target),
    ['T5', 'T9', 'T10', 'T12'],
  )
  assert.deepEqual(check.problems, [])
})

test('another city’s folder is checked against the shipped upper layers', () => {
  const { status, stdout } = planCheck('test/plan/fictional/yunling', ...asOf)
  assert.equal(status, 0)
  assert.match(stdout, /8\/8 条任务项/)
})

test('each problem is one sentence on stderr and the exit code is 1', (t) => {
  const files = copiedPlan(t)
  files.change(
    'pingdingshan/measures/m05-supervise-private-fees.yaml',
    '必要时可开展成本调查',
    '必要时应开展成本调查',
  )
  const { status, stderr, stdout } = planCheck(join(files.root, 'pingdingshan'), ...asOf)
  assert.equal(status, 1)
  assert.match(stdout, /196\/197/)
  const sentences = stderr.trim().split('\n')
  assert.equal(sentences.length, 3)
  assert.match(sentences[0] ?? '', /M5\.3 的引文“必要时应开展成本调查”/)
})

test('a folder without a plan, and a day that is none, are refused in a sentence', () => {
  const nowhere = planCheck('src/kernel')
  assert.equal(nowhere.status, 1)
  assert.match(nowhere.stderr, /没有规划层/)
  const noDay = planCheck('--as-of', '明天')
  assert.equal(noDay.status, 2, 'wrong use, as of every command')
  assert.match(noDay.stderr, /--as-of/)
})

test('--help says how to use it', () => {
  const { status, stdout } = planCheck('--help')
  assert.equal(status, 0)
  assert.match(stdout, /kuoyou plan check/)
})
