import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { Fault } from '../../kernel/fault.ts'
import type { KeyKeeper } from './key-keeper.ts'
import type { Suite } from './suite.ts'
import { findSuite } from './suites.ts'

interface MasterKey {
  readonly name: string
  readonly suite: Suite
  readonly key: Buffer
}

/**
 * 密钥文件 — the master keys of a site: one a line, `名称 套件 base64`, the first wraps, older ones still unwrap.
 *
 * It lies outside the database and its backups: who steals either alone can read nothing. Others than its
 * owner may not read it.
 */
export function openKeyFile(path: string): KeyKeeper {
  let keys = readMasterKeys(path)
  return {
    get current() {
      return keys[0].name
    },
    wrap: async (key, about) => keys[0].suite.seal(keys[0].key, key, Buffer.from(about)),
    unwrap: async (wrapped, about, by) => {
      const held = () => keys.find(({ name }) => name === by)
      // The master key may have been renewed while this process runs.
      if (!held()) keys = readMasterKeys(path)
      const holder = held()
      return holder?.suite.open(holder.key, wrapped, Buffer.from(about))
    },
  }
}

/** 新建密钥文件 — with one random master key, readable by its owner only; leaves an existing file as it is. */
export function createKeyFile(path: string, suite: Suite): void {
  if (existsSync(path)) return
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  writeFileSync(path, lineOf(suite), { mode: 0o600, flag: 'wx' })
}

/** 更换主密钥 — puts a new master key before the old ones; what is wrapped anew uses it. */
export function renewMasterKey(path: string, suite: Suite): void {
  const before = readFileSync(path, 'utf8')
  const draft = `${path}.new`
  writeFileSync(draft, lineOf(suite) + before, { mode: 0o600 })
  renameSync(draft, path)
  chmodSync(path, 0o600)
}

/** 密钥文件位置 — `KUOYOU_KEY_FILE`, or `keys/` beside the database in the data folder, never inside its directory. */
export function keyFilePath(dataFolder: string): string {
  return resolve(process.env.KUOYOU_KEY_FILE ?? `${dataFolder}/keys/master.key`)
}

function lineOf(suite: Suite): string {
  return `${randomBytes(4).toString('hex')} ${suite.name} ${randomBytes(32).toString('base64')}\n`
}

function readMasterKeys(path: string): [MasterKey, ...MasterKey[]] {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    throw new Fault(
      `读不到密钥文件 ${path}（${(error as NodeJS.ErrnoException).code}）。没有它，加密的个人信息打不开；请把备份的密钥文件放回原处，或用 KUOYOU_KEY_FILE 指明位置。`,
    )
  }
  if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0)
    throw new Fault(`密钥文件 ${path} 别的用户也能读。请先执行 chmod 600 ${path}，再启动。`)
  const [first, ...older] = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line, index) => masterKey(line, `${path} 第 ${index + 1} 行`))
  if (!first) throw new Fault(`密钥文件 ${path} 是空的。请放回原来的密钥文件，不要新建。`)
  return [first, ...older]
}

function masterKey(line: string, where: string): MasterKey {
  const [name, suiteName, encoded] = line.trim().split(/\s+/)
  const suite = findSuite(suiteName ?? '')
  const key = Buffer.from(encoded ?? '', 'base64')
  if (!name || !suite || key.length !== 32)
    throw new Fault(`密钥文件 ${where} 不是“名称 套件 密钥”。文件可能被改动过，请换回备份的密钥文件。`)
  return { name, suite, key }
}
