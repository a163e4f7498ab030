import { createHmac, hash, randomBytes, timingSafeEqual } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { canonicalJson } from '../../kernel/canonical-json.ts'
import { Fault } from '../../kernel/fault.ts'

/** 锚点去处 — two folders, best on different machines, and the key that signs: none of them in the database. */
export interface AnchorPlaces {
  readonly folders: readonly [string, string]
  readonly keyFile: string
}

/** 锚点 — the head of the chain on a day, signed; `previous` is the signature of the anchor before. */
export interface Anchor {
  readonly at: string
  readonly day: string
  readonly batch: number
  readonly seq: number
  /** Entries sealed up to here, purged ones included. */
  readonly count: number
  readonly hash: string
  readonly previous: string
  readonly mac: string
}

/** 锚点册 — one copy as it lies on disk; a line that is no anchor is `undefined`. */
export interface AnchorCopy {
  readonly file: string
  readonly exists: boolean
  readonly lines: readonly (Anchor | undefined)[]
}

/** 锚点册 — reads both copies. */
export function readAnchors(places: AnchorPlaces): [AnchorCopy, AnchorCopy] {
  return places.folders.map(readCopy) as [AnchorCopy, AnchorCopy]
}

function readCopy(folder: string): AnchorCopy {
  const file = join(folder, 'audit-anchors.jsonl')
  if (!existsSync(file)) return { file, exists: false, lines: [] }
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1).map(parseAnchor)
  return { file, exists: true, lines }
}

function parseAnchor(line: string): Anchor | undefined {
  try {
    const anchor = JSON.parse(line) as Anchor
    return canonicalJson(anchor) === line ? anchor : undefined
  } catch {
    return undefined
  }
}

/** 写锚点 — signs it and appends it to both copies, on disk before this returns; refuses before writing when a place is closed. */
export function writeAnchor(places: AnchorPlaces, head: Omit<Anchor, 'previous' | 'mac'>): Anchor {
  const copies = readAnchors(places)
  const key = keyFor(places, copies)
  const longer = copies[0].lines.length >= copies[1].lines.length ? copies[0] : copies[1]
  const unsigned = { ...head, previous: longer.lines.findLast((line) => line !== undefined)?.mac ?? '' }
  const anchor = { ...unsigned, mac: signed(key, unsigned) }
  const files = copies.map(({ file }) => openToAppend(file))
  for (const file of files) {
    writeSync(file, `${canonicalJson(anchor)}\n`)
    fsyncSync(file)
    closeSync(file)
  }
  return anchor
}

function openToAppend(file: string): number {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    return openSync(file, 'a', 0o600)
  } catch (error) {
    throw new Fault(
      `审计锚点写不进 ${file}：${(error as Error).message}。请检查该目录是否存在、可写，或用 KUOYOU_AUDIT_ANCHORS 换一处。`,
    )
  }
}

/** 签名密钥 — undefined when there is none. */
export function readKey(places: AnchorPlaces): Buffer | undefined {
  if (!existsSync(places.keyFile)) return undefined
  const key = Buffer.from(readFileSync(places.keyFile, 'utf8').trim(), 'hex')
  if (key.length < 32) throw new Fault(`审计签名密钥 ${places.keyFile} 不完整。请从备份恢复它。`)
  return key
}

/** A new key is made only where nothing was ever signed: a lost one must be brought back, not replaced. */
export function keyFor(places: AnchorPlaces, copies = readAnchors(places)): Buffer {
  const key = readKey(places)
  if (key) return key
  if (copies.some(({ exists }) => exists))
    throw new Fault(
      `审计签名密钥 ${places.keyFile} 不见了，已有的锚点却在。请从备份恢复密钥；换新密钥会使旧锚点无法核验。`,
    )
  const fresh = randomBytes(32)
  mkdirSync(dirname(places.keyFile), { recursive: true, mode: 0o700 })
  const file = openSync(places.keyFile, 'wx', 0o600)
  writeSync(file, `${fresh.toString('hex')}\n`)
  fsyncSync(file)
  closeSync(file)
  return fresh
}

/** 签名 — HMAC-SHA256 of the value's canonical text. */
export function signed(key: Buffer, value: object): string {
  return createHmac('sha256', key).update(canonicalJson(value)).digest('hex')
}

/** 签名相符 — is `mac` the signature of the rest? */
export function signatureHolds(key: Buffer, { mac, ...rest }: { readonly mac: string }): boolean {
  const right = Buffer.from(signed(key, rest), 'hex')
  const given = Buffer.from(String(mac), 'hex')
  return given.length === right.length && timingSafeEqual(given, right)
}

/** 密钥指纹 — tells keys apart without telling them. */
export function keyName(key: Buffer): string {
  return hash('sha256', key).slice(0, 16)
}
