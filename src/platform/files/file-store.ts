import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { Fault } from '../../kernel/fault.ts'
import { granted, type Result } from '../../kernel/result.ts'
import { clientOf, type Tx } from '../db/transaction-client.ts'
import type { Vault } from '../vault/vault.ts'
import { type ContentStore, openContentStore, StorageFull, sha256Of } from './content-store.ts'
import { fileRefused } from './refusals.ts'
import type { Scanner } from './scan-for-viruses.ts'
import { openContent, sealContent } from './seal-content.ts'

/** 文件 — what is known of a stored file. */
export interface StoredFile {
  readonly fileId: string
  /** Of the content as received, sealed or not. */
  readonly sha256: string
  readonly name: string
  readonly mediaType: string
  readonly bytes: number
  readonly owner: string
  readonly countyId: number | null
  /** What it is kept for, such as `exchange.import`. */
  readonly purpose: string
  readonly state: 'kept' | 'quarantined' | 'infected'
  readonly createdAt: string
  readonly expiresAt: string | null
}

/** 新文件 — content that was inspected, or made by the platform itself. */
export interface NewFile {
  readonly bytes: Buffer
  readonly name: string
  readonly mediaType: string
  readonly owner: string
  readonly countyId?: number | undefined
  readonly purpose: string
  /** Kept for good when absent. */
  readonly keptDays?: number | undefined
  /** Content the platform made itself is not looked at for viruses. */
  readonly ownMaking?: true
  /** True for content that holds personal data: it lies on the disk sealed. */
  readonly personal?: boolean
}

/** 打开的文件 — with its content. */
export interface OpenedFile {
  readonly file: StoredFile
  readonly bytes: Buffer
}

/** 写好的内容 — on disk and looked at, but not yet entered: enter it in the transaction it belongs to. */
export interface WrittenFile extends Omit<NewFile, 'bytes'> {
  readonly fileId: string
  readonly sha256: string
  readonly sealed?: { readonly sha256: string; readonly keySealed: Buffer }
  readonly bytes: number
  readonly state: 'kept' | 'quarantined'
}

/** 文件库 — content by hash in the data folder, what is known of it in the database. */
export interface Files {
  /** Writes the content; refused when it holds a virus or the disk is full. What is never entered is cleared a day later. */
  write(file: NewFile): Promise<Result<WrittenFile>>
  /** Enters written content; returns the file's id. */
  enter(on: Tx | pg.Pool, file: WrittenFile): Promise<string>
  /** Opens a file for whoever `may`; undefined when it is not there or not theirs. */
  open(fileId: string, may: (file: StoredFile) => boolean): Promise<Result<OpenedFile> | undefined>
  /** Asks the scanner again about what it did not answer; for a regular chore. */
  scanAgain(): Promise<void>
  /** Removes what has come to its end, and content nobody refers to; returns how many files. For a regular chore. */
  clear(): Promise<number>
}

/** 文件库的家当 — where contents lie, who looks for viruses, who seals. */
interface Means {
  readonly content: ContentStore
  readonly scanner: Scanner | undefined
  readonly vault: Vault | undefined
}

/**
 * 开文件库 — over a folder that every process working with it can see. Without a scanner everything is kept; without a
 * vault nothing personal can be.
 */
export function openFiles(pool: pg.Pool, folder: string, scanner?: Scanner, vault?: Vault): Files {
  const content = openContentStore(folder)
  const means = { content, scanner, vault }
  return {
    write: (file) => write(means, file),
    enter: (on, file) => enter('query' in on ? on : clientOf(on), file),
    open: (fileId, may) => openFile(pool, means, fileId, may),
    scanAgain: async () => {
      if (scanner) await scanAgain(pool, means, scanner)
    },
    clear: () => clear(pool, content),
  }
}

function vaultOf({ vault }: Means): Vault {
  if (!vault) throw new Fault('the file store was opened without a vault: see openFiles')
  return vault
}

async function write(means: Means, file: NewFile): Promise<Result<WrittenFile>> {
  const { content, scanner } = means
  const scanned = scanner && !file.ownMaking ? await scanner(file.bytes) : ({ state: 'clean' } as const)
  if (scanned.state === 'infected') return infected(scanned.virus)
  const state = scanned.state === 'clean' ? 'kept' : 'quarantined'
  const fileId = randomUUID()
  const sealed = file.personal ? await sealContent(vaultOf(means), fileId, file.bytes) : undefined
  const lying = await content.write(sealed?.bytes ?? file.bytes).catch((error: unknown) => {
    if (error instanceof StorageFull) return undefined
    throw error
  })
  if (!lying) return storageFull()
  const kept = sealed && { sealed: { sha256: lying, keySealed: sealed.keySealed } }
  const sha256 = sealed ? sha256Of(file.bytes) : lying
  return granted({ ...file, fileId, sha256, bytes: file.bytes.length, state, ...kept })
}

async function enter(client: Pick<pg.ClientBase, 'query'>, file: WrittenFile): Promise<string> {
  const { rows } = await client.query(
    `insert into files.file (file_id, sha256, key_sealed, content_sha256, name, media_type, bytes, owner, county_id,
       purpose, state, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, now() + make_interval(days => $12)) returning file_id`,
    [
      file.fileId,
      file.sealed?.sha256 ?? file.sha256,
      file.sealed?.keySealed ?? null,
      file.sealed ? file.sha256 : null,
      file.name,
      file.mediaType,
      file.bytes,
      file.owner,
      file.countyId ?? null,
      file.purpose,
      file.state,
      file.keptDays ?? null,
    ],
  )
  return rows[0].file_id
}

/** What lies on the disk for a row: under which hash, and sealed with which key. */
interface Lying {
  readonly fileId: string
  readonly lying: string
  readonly keySealed: Buffer | null
}

const lyingColumns = `file_id as "fileId", sha256 as lying, key_sealed as "keySealed"`
const columns = `${lyingColumns}, coalesce(content_sha256, sha256) as sha256, name, media_type as "mediaType", bytes, owner, county_id as "countyId",
  purpose, state, created_at as "createdAt", expires_at as "expiresAt"`

async function openFile(
  pool: pg.Pool,
  means: Means,
  fileId: string,
  may: (file: StoredFile) => boolean,
): Promise<Result<OpenedFile> | undefined> {
  const { rows } = await pool.query<StoredFile & Lying>(
    `select ${columns} from files.file where file_id = $1 and (expires_at is null or expires_at > now())`,
    [fileId],
  )
  if (!rows[0] || !may(rows[0])) return undefined
  const { lying, keySealed, ...file } = rows[0]
  if (file.state === 'quarantined') return inQuarantine(file.name)
  if (file.state === 'infected') return infected()
  const bytes = await readLying(means, { fileId, lying, keySealed })
  return bytes ? granted({ file, bytes }) : contentGone(file.name)
}

async function readLying(means: Means, { fileId, lying, keySealed }: Lying): Promise<Buffer | undefined> {
  const bytes = await means.content.read(lying)
  return bytes && keySealed ? openContent(vaultOf(means), fileId, { bytes, keySealed }) : bytes
}

async function scanAgain(pool: pg.Pool, means: Means, scanner: Scanner): Promise<void> {
  const { rows } = await pool.query<Lying>(
    `select distinct on (sha256) ${lyingColumns} from files.file where state = 'quarantined' limit 100`,
  )
  for (const row of rows) {
    const bytes = await readLying(means, row)
    const scanned = bytes && (await scanner(bytes))
    if (scanned?.state === 'unanswered') return
    if (!scanned) continue
    const state = scanned.state === 'clean' ? 'kept' : 'infected'
    await pool.query(
      `update files.file set state = $2 where sha256 = $1 and (state = 'quarantined' or $2 = 'infected')`,
      [row.lying, state],
    )
    if (state === 'infected') await means.content.remove(row.lying)
  }
}

/** Content without a row may belong to a transaction that is still open: a day is longer than any. */
const unenteredMs = 86_400_000

async function clear(pool: pg.Pool, content: ContentStore): Promise<number> {
  const { rowCount: ended } = await pool.query('delete from files.file where expires_at < now()')
  for await (const sha256 of content.olderThan(unenteredMs)) {
    const { rowCount } = await pool.query('select 1 from files.file where sha256 = $1', [sha256])
    if (rowCount === 0) await content.removeOlder(sha256, unenteredMs)
  }
  return ended ?? 0
}

function infected(virus?: string) {
  return fileRefused(
    'file.virus',
    `文件里查出病毒${virus ? `（${virus}）` : ''}—平台没有收下它，也没有别人能打开—请先给这台电脑杀毒，用干净的文件重新上传。`,
  )
}

function inQuarantine(name: string) {
  return fileRefused(
    'file.in-quarantine',
    `“${name}”还没有查毒—查毒程序暂时没有回应，没有查过的文件不能打开—文件已经收好，请过几分钟再试；一直不行请告诉管理员。`,
  )
}

function storageFull() {
  return fileRefused(
    'file.storage-full',
    '服务器存放文件的磁盘满了—文件没有收下，已有的数据没有改动—请稍后再传，并请管理员清理磁盘。',
  )
}

function contentGone(name: string) {
  return fileRefused(
    'file.content-gone',
    `“${name}”的内容不在这台服务器的文件目录里，或已与校验值不符—平台不会给出来历不明的内容—请管理员检查 KUOYOU_DATA 是否指向共用的数据目录，或从备份恢复。`,
  )
}
