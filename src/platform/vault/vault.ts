import type pg from 'pg'
import { Fault } from '../../kernel/fault.ts'
import { type DataKey, type DataKeys, openDataKeys } from './data-keys.ts'
import type { KeyKeeper } from './key-keeper.ts'
import type { Suite } from './suite.ts'
import { findSuite } from './suites.ts'

/** 封存对象 — which class of data, in which column and row: bound to the sealed value. */
export interface About {
  readonly dataClass: string
  /** schema.table.column */
  readonly place: string
  /** The row's key, e.g. `410422/17`. */
  readonly row: string
  /** Of the person it tells of: once the salt is gone, no copy of the value can be opened. */
  readonly salt: Buffer
}

/** 索引对象 — values are only ever compared within one class and one kind of thing. */
export type IndexAbout = Pick<About, 'dataClass' | 'place'>

/** 保险库 — seals single fields, opens them, and makes blind indexes by which an exact value is found again. */
export interface Vault {
  seal(plain: string, about: About): Promise<Buffer>
  /** A fault when the key is wrong, the value was changed or belongs to another row. */
  open(sealed: Buffer, about: About): Promise<string>
  blindIndex(value: string, about: IndexAbout): Promise<Buffer>
  /** Under every key still in use: during a rotation a value may be indexed under the old or the new one. */
  blindIndexes(value: string, about: IndexAbout): Promise<Buffer[]>
  /** The bytes with which everything sealed under the newest key begins. */
  newestHead(dataClass: string): Promise<Buffer>
  readonly keys: DataKeys
}

/** Format byte, suite byte, four bytes of key version. */
export const headBytes = 6
const format = 1

/** 开保险库 — over the wrapped keys in the database; new keys are made for `suite`. */
export function openVault(pool: pg.Pool, keeper: KeyKeeper, suite: Suite): Vault {
  const keys = openDataKeys(pool, keeper, suite)
  const subjectKey = subjectKeys()
  const newest = async (dataClass: string, purpose: 'seal' | 'index') =>
    (await keys.live(dataClass, purpose))[0] as DataKey
  const index = ({ suite: by, key }: DataKey, value: string, { place }: IndexAbout) =>
    by.digest(key, Buffer.from(`${place}\0${value}`))
  return {
    keys,
    async seal(plain, about) {
      const key = await newest(about.dataClass, 'seal')
      const head = headOf(key)
      return Buffer.concat([
        head,
        key.suite.seal(subjectKey(key, about), Buffer.from(plain), bound(head, about)),
      ])
    },
    async open(sealed, about) {
      const head = sealed.subarray(0, headBytes)
      const key = await keys.find(
        about.dataClass,
        'seal',
        sealed.length < headBytes ? 0 : head.readUInt32BE(2),
      )
      const fits = key && head[0] === format && findSuite(head[1] as number) === key.suite
      const plain =
        fits && key.suite.open(subjectKey(key, about), sealed.subarray(headBytes), bound(head, about))
      if (!plain)
        throw new Fault(
          `加密字段打不开：${about.place} 第 ${about.row} 行的内容与密钥或位置不符。可能被改动过，或密钥已更换；请运行 kuoyou doctor，并从备份恢复这一行。`,
        )
      return plain.toString()
    },
    blindIndex: async (value, about) => index(await newest(about.dataClass, 'index'), value, about),
    blindIndexes: async (value, about) =>
      (await keys.live(about.dataClass, 'index')).map((key) => index(key, value, about)),
    newestHead: async (dataClass) => headOf(await newest(dataClass, 'seal')),
  }
}

function headOf({ suite, version }: DataKey): Buffer {
  const head = Buffer.alloc(headBytes)
  head.writeUInt8(format, 0)
  head.writeUInt8(suite.code, 1)
  head.writeUInt32BE(version, 2)
  return head
}

const rememberedSubjects = 1_000

/** Each person's values have a key of their own, made from the class's key and the person's salt; the last ones used are remembered. */
function subjectKeys(): (by: DataKey, about: About) => Buffer {
  const made = new Map<string, Buffer>()
  return ({ suite, key, version }, { dataClass, salt }) => {
    const name = `${dataClass} ${version} ${salt.toString('hex')}`
    const known = made.get(name)
    if (known) return known
    if (made.size >= rememberedSubjects) made.clear()
    const subject = suite.digest(key, salt)
    made.set(name, subject)
    return subject
  }
}

function bound(head: Buffer, { dataClass, place, row }: About): Buffer {
  return Buffer.concat([head, Buffer.from([dataClass, place, row].join('\0'))])
}
