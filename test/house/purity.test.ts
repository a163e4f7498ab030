import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { root } from '../../src/app/data-folder.ts'

const planted = join(root, 'test/house/planted/src/engines/draw/feels-time.ts')

function outputOf(program: string, args: string[]): string {
  try {
    return execFileSync(join(root, 'node_modules/.bin', program), args, {
      cwd: root,
      encoding: 'utf8',
      stdio: 'pipe',
    })
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string }
    return stdout + stderr
  }
}

test('the compiler stops an engine that reaches for console or process', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kuoyou-engines-'))
  const config = join(folder, 'tsconfig.json')
  writeFileSync(
    config,
    JSON.stringify({
      extends: join(root, 'src/engines/tsconfig.json'),
      include: [planted],
      files: [planted],
      exclude: [],
    }),
  )
  const said = outputOf('tsc', ['-p', config])
  assert.match(said, /Cannot find name 'console'/)
  assert.match(said, /Cannot find name 'process'/)
})

test('the engines themselves compile without console, process or the browser', () => {
  assert.equal(outputOf('tsc', ['-p', 'src/engines']), '')
})

test('the linter stops an engine that feels time or luck', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kuoyou-lint-'))
  const plugin = join(root, 'test/house/no-clock-or-chance.grit')
  writeFileSync(
    join(folder, 'biome.json'),
    JSON.stringify({ root: true, plugins: [plugin], files: { includes: ['**'] } }),
  )
  const said = outputOf('biome', ['lint', '--config-path', folder, planted])
  assert.equal(said.match(/no clock and no luck/g)?.length, 2)
})
