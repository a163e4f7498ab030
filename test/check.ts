import { join } from 'node:path'
import { root } from '../src/app/data-folder.ts'
import { pureTests, runProgram, runTests } from './tools/run-tests.ts'

/** Format, lint, types, arrows, pure tests: what every change must pass before anything slower is tried. */
export async function check(): Promise<boolean> {
  const program = (name: string) => join(root, 'node_modules/.bin', name)
  const format = await runProgram(program('biome'), ['ci', '--error-on-warnings', '.'])
  const types = await runProgram(process.execPath, [program('tsc'), '-p', '.'])
  const tests = await runTests('纯函数、规划与架构', pureTests())
  return format && types && tests
}

if (import.meta.main) process.exitCode = (await check()) ? 0 : 1
