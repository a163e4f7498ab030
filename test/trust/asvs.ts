import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { root } from '../../src/app/data-folder.ts'

/** ASVS 对照 — the requirements looked at, and the tests that show each. */
export interface AsvsMap {
  readonly tests: Readonly<Record<string, { readonly file: string; readonly name: string }>>
  readonly requirements: Readonly<Record<string, readonly string[]>>
}

/** 读对照表. */
export function readAsvs(): AsvsMap {
  return parse(readFileSync(join(root, 'test/trust/asvs.yaml'), 'utf8'))
}

/** What in the map leads nowhere: a test that is not in its file under its name, or a word for none. */
export function lostTests({ tests, requirements }: AsvsMap): string[] {
  const lost = Object.entries(tests).flatMap(([word, { file, name }]) => {
    const path = join(root, file)
    const text = existsSync(path) ? readFileSync(path, 'utf8') : ''
    return ["'", '`'].some((quote) => text.includes(`test(${quote}${name}${quote}`))
      ? []
      : [`${word}: ${file} › ${name}`]
  })
  const unknown = Object.entries(requirements).flatMap(([id, words]) =>
    words.filter((word) => !Object.hasOwn(tests, word)).map((word) => `${id}: ${word}`),
  )
  return [...lost, ...unknown]
}

/** Every requirement with its tests, and how many have one. */
export function tellAsvs({ tests, requirements }: AsvsMap): string[] {
  const all = Object.entries(requirements)
  const shown = all.filter(([, words]) => words.length > 0)
  const missing = all.filter(([, words]) => words.length === 0).map(([id]) => id)
  return [
    ...shown.map(
      ([id, words]) =>
        `${id}  ${words.map((word) => `${tests[word]!.file} › ${tests[word]!.name}`).join('；')}`,
    ),
    `ASVS 5.0.0：对照 ${all.length} 条，有测试证明 ${shown.length} 条；还没有的 ${missing.length} 条：${missing.join('、')}`,
  ]
}
