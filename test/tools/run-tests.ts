import { spawn } from 'node:child_process'
import { globSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../src/app/data-folder.ts'

/** Test files that need nothing: rules, engines, the plan, the house itself. */
export function pureTests(): string[] {
  return globSync(['src/**/*.test.ts', 'src/**/*.test.tsx', 'test/{house,plan}/**/*.test.ts'], {
    cwd: root,
  }).filter((file) => !/\.(pg|slow)\.test\.ts$/.test(file))
}

/** Test files that need a database, and those too slow to wait for at every change. */
export function databaseTests(): string[] {
  return globSync(['src/**/*.{pg,slow}.test.ts', 'test/{house,plan,routes,trust}/**/*.pg.test.ts'], {
    cwd: root,
  })
}

/** Paths in the browser. */
export function journeyTests(): string[] {
  return globSync('test/journeys/**/*.test.ts', { cwd: root })
}

/** What these show is the same whatever the database: once is enough. */
const whateverTheDatabase =
  /\.slow\.test\.ts$|\/(container\.pg|content-policy|golden-names|home|injection|load\.pg|nothing-kept-in-the-browser|papers|personal-numbers\.pg|photographed-list|rule-change|security-headers\.pg|start|start\.pg|tour)\.test\.ts$/

/** Those of the files whose outcome may differ from one database to another. */
export function onAnotherDatabase(files: readonly string[]): string[] {
  return files.filter((file) => !whateverTheDatabase.test(file))
}

/** Runs test files with Node's runner; true when all passed. No files at all is a failure, not a success. */
export function runTests(
  title: string,
  files: readonly string[],
  environment: Record<string, string> = {},
  concurrency = 2,
): Promise<boolean> {
  process.stdout.write(`\n── ${title}：${files.length} 个测试文件\n`)
  if (files.length === 0) return Promise.resolve(false)
  return runProgram(
    process.execPath,
    [
      '--test',
      `--test-concurrency=${concurrency}`,
      '--test-reporter=./test/tools/failures-only.ts',
      ...files,
    ],
    environment,
  )
}

/** Each of some three hundred processes loads the same modules: compiled once they are there in half the time. */
const compiled = join(root, 'node_modules/.cache/compiled')

/** Runs a program with its output shown; true when it succeeded. */
export function runProgram(
  program: string,
  args: readonly string[],
  environment: Record<string, string> = {},
): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { NODE_COMPILE_CACHE: compiled, ...process.env, ...environment },
    })
    child.on('error', () => resolve(false))
    child.on('exit', (code) => resolve(code === 0))
  })
}
