import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { HostileFile } from './hostile-files/hostile-file.for-tests.ts'
import { hostileFiles } from './hostile-files.for-tests.ts'

interface Told {
  readonly ms: number
  /** Absent when the file was not read. */
  readonly rows?: number
  readonly told: readonly { readonly code: string; readonly text: string }[]
}

const limitMb = 300
const folder = mkdtempSync(join(tmpdir(), 'kuoyou-hostile-'))
const answers = new Map<string, Told>()
let files: readonly HostileFile[]
let mostMb = 0

/** Small files are read by one process in a row; for each large one a fresh process is measured, as its reader alone. */
const largeBytes = 20_000

before(async () => {
  files = await hostileFiles()
  const small = join(folder, 'small')
  mkdirSync(small)
  const folders = [small]
  for (const [index, { bytes }] of files.entries()) {
    const own = bytes.length > largeBytes ? join(folder, fileAt(index).slice(0, 3)) : small
    if (own !== small) {
      mkdirSync(own)
      folders.push(own)
    }
    writeFileSync(join(own, fileAt(index)), bytes)
  }
  await Promise.all([readFolders(folders), readFolders(folders)])
})
after(() => rmSync(folder, { recursive: true, force: true }))

/** Two of these at a time share the list. */
async function readFolders(folders: string[]): Promise<void> {
  for (let next = folders.pop(); next; next = folders.pop()) {
    const { stdout } = await promisify(execFile)(process.execPath, [program, next], {
      maxBuffer: 100_000_000,
    })
    for (const line of stdout.trim().split('\n')) {
      const { name, ...told } = JSON.parse(line)
      if (name) answers.set(name, told)
      else mostMb = Math.max(mostMb, told.maxRssMb)
    }
  }
}

const program = fileURLToPath(new URL('./read-files.for-tests.ts', import.meta.url))

function fileAt(index: number): string {
  return `${String(index).padStart(3, '0')}.xlsx`
}

test('sixty hostile files and more: none ends the reader, each is refused or read with its own reason', (t) => {
  assert.ok(files.length >= 60, `${files.length} files`)
  assert.equal(new Set(files.map(({ name }) => name)).size, files.length)
  for (const [index, file] of files.entries()) {
    const answer = answers.get(fileAt(index))
    assert.ok(answer, `${file.name}: no answer`)
    assert.equal(
      answer.rows !== undefined,
      file.read === true,
      `${file.name}: ${JSON.stringify(answer.told[0])}`,
    )
    const problem = file.code && answer.told.find(({ code }) => code === file.code)
    if (file.code) {
      assert.ok(problem, `${file.name}: told ${answer.told.map(({ code }) => code)} instead of ${file.code}`)
      assert.match(problem.text, file.words ?? /./, file.name)
    }
    for (const { text } of answer.told) assert.match(text, /[一-龥].*—.*—.*[请无]/, `${file.name}: ${text}`)
  }
  const slowest = Math.max(...[...answers.values()].map(({ ms }) => ms))
  t.diagnostic(
    `F1 ${files.length} 个恶意文件，最慢 ${Math.round(slowest)} 毫秒，内存最多 ${Math.round(mostMb)} MB`,
  )
})

test('all of them are decided with little memory', () => {
  assert.ok(mostMb > 0 && mostMb <= limitMb, `${Math.round(mostMb)} MB`)
})
