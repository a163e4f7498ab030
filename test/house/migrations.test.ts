import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { migrationFolders } from '../../src/app/migration-folders.ts'
import { inPhases, migrationsIn } from '../../src/platform/db/migration-files.ts'

const migrations = migrationFolders.flatMap(migrationsIn)

test('every migration can be taken back', () => {
  assert.ok(migrations.length >= 9)
  assert.deepEqual(
    migrations.filter(({ down }) => down === undefined).map(({ name }) => name),
    [],
  )
})

test('every down script belongs to a migration', () => {
  const orphans = migrationFolders.flatMap((folder) =>
    readdirSync(folder)
      .filter((file) => file.endsWith('.down.sql'))
      .filter((file) => !existsSync(join(folder, file.replace('.down.sql', '.sql')))),
  )
  assert.deepEqual(orphans, [])
})

test('every migration reads as phases', () => {
  for (const { name, text } of migrations) assert.ok(inPhases(name, text).size > 0, name)
})

/** What breaks a copy of the version before, still serving while the schema is already new (docs/decisions/0005). */
const narrowing =
  /\bdrop\s+(table|column|view|schema|function|sequence)\b|\brename\s+(to|column)\b|\balter\s+column\s+\w+\s+(set\s+not\s+null|type\b|set\s+data)|\badd\s+column\s+(?:if\s+not\s+exists\s+)?\S+\s+(?![^,;]*\bdefault\b)[^,;]*\bnot\s+null\b/i

/** Says of its whole file that it narrows, and since which version nothing reads what goes. */
const announced = /^-- contract: .{10,}$/m

/** Written before the rule; all of them came before the first version was installed anywhere. */
const beforeTheRule = new Set(['access/0003-identity'])

function narrows(text: string): boolean {
  const statements = text.replace(/--.*$/gm, '')
  return narrowing.test(statements) && !announced.test(text)
}

test('a migration widens; one that narrows says so and stands a version later', () => {
  const found = migrations
    .filter(({ name, text }) => !beforeTheRule.has(name) && narrows(text))
    .map(({ name }) => name)
  assert.deepEqual(found, [])
})

for (const [statement, isNarrowing] of [
  ['alter table a.b drop column c;', true],
  ['alter table a.b rename column c to d;', true],
  ['drop view a.b;', true],
  ['alter table a.b alter column c set not null;', true],
  ['alter table a.b alter column c type bigint;', true],
  ['alter table a.b add column c text not null;', true],
  ["alter table a.b add column c text not null default '';", false],
  ['alter table a.b add column c text;', false],
  ['create table a.b (c text not null);', false],
  ['drop policy p on a.b;', false],
  ['-- contract: no version since 0.2 reads a.b.c\nalter table a.b drop column c;', false],
] as const)
  test(`${isNarrowing ? 'narrows' : 'widens'}: ${statement}`, () =>
    assert.equal(narrows(statement), isNarrowing))

test('the rule is written down', () => {
  const note = readFileSync(
    new URL('../../docs/decisions/0005-migrations-go-both-ways.md', import.meta.url),
    'utf8',
  )
  assert.match(note, /-- contract:/)
})
