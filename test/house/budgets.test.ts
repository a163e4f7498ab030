import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { test } from 'node:test'
import { root } from '../../src/app/data-folder.ts'

const files = execFileSync('git', ['ls-files', 'src', 'test', 'bench', 'bootstrap'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => /\.(ts|tsx|mjs)$/.test(file) && !file.startsWith('test/house/planted'))

test('no source file is longer than 300 lines', () => {
  const long = files
    .filter((file) => !/\.test\.tsx?$/.test(file))
    .map((file) => ({ file, lines: readFileSync(join(root, file), 'utf8').split('\n').length }))
    .filter(({ lines }) => lines > 301)
  assert.deepEqual(long, [])
})

test('no file is named after its kind or after nothing', () => {
  const named = files.filter((file) =>
    /^(utils?|helpers?|common|misc|types|service|constants)\.tsx?$/.test(basename(file)),
  )
  assert.deepEqual(named, [])
})

test('nothing in the repository reaches outside it', () => {
  const reaching = files.filter(
    (file) =>
      /\.\.\/shared\//.test(readFileSync(join(root, file), 'utf8')) && !file.endsWith('budgets.test.ts'),
  )
  assert.deepEqual(reaching, [])
})
