import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { root } from '../../src/app/data-folder.ts'
import { cruiseHouse } from './cruise-house.ts'

const house = await cruiseHouse()
const planted = await cruiseHouse(join(root, 'test/house/planted'))

function sourceFiles(folder: string): number {
  return readdirSync(folder, { withFileTypes: true, recursive: true }).filter(
    (entry) => entry.isFile() && /(?<!\.d)\.tsx?$/.test(entry.name),
  ).length
}

test('no import breaks the rule and nothing goes in a circle', () => {
  const broken = house.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)
  assert.deepEqual(broken, [])
})

test('every source file was looked at', () => {
  const seen = house.modules.filter(({ source }) => /^src\/.*(?<!\.d)\.tsx?$/.test(source)).length
  assert.equal(seen, sourceFiles(join(root, 'src')))
})

const rules = new Set<string>((house.summary.ruleSetUsed?.forbidden ?? []).map(({ name }) => name ?? ''))

test('there are rules to break', () => assert.ok(rules.size >= 14, `only ${rules.size} rules were read`))

for (const rule of rules) {
  test(`the planted fault against "${rule}" fires`, () => {
    assert.ok(
      planted.summary.violations.some(({ rule: { name } }) => name === rule),
      'nothing under test/house/planted breaks this rule: plant a fault, or the rule cannot fail',
    )
  })
}
