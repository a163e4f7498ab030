import { aesSuite } from './aes-suite.ts'
import { smSuite } from './sm-suite.ts'
import type { Suite } from './suite.ts'

/** 可选套件 — international by default, 国密 where a site is assessed under GB/T 39786. */
export const suites: readonly Suite[] = [aesSuite, smSuite]

/** 套件 — by its name in the key table or its byte in a sealed value; undefined when it is none of ours. */
export function findSuite(nameOrCode: string | number): Suite | undefined {
  return suites.find(({ name, code }) => name === nameOrCode || code === nameOrCode)
}
