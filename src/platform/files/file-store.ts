import type pg from 'pg'
import { granted, type Result } from '../../kernel/result.ts'
import { clientOf, type Tx } from '../db/transaction-client.ts'
import { type ContentStore, openContentStore, StorageFull } from './content-store.ts'
import { fileRefused } from './refusals.ts'
import type { Scanner } from './scan-for-viruses.ts'

/** 文件 — what is known of a stored file. */
export interface StoredFile {
  readonly fileId: string
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
}

/** 打开的文件 — with its content. */
export interface OpenedFile {
  readonly file: StoredFile
  readonly bytes: Buffer
}

/** 写好的内容 — on disk and looked at, but not yet entered: enter it in the transaction it belongs to. */
export interface WrittenFile extends Omit<NewFile, 'bytes'> {
  readonly sha256: string
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
  /** Removes what has come to its end, and content nobody refers to; for a regular chore. */
  clear(): Promise<void>
}

/** 开文件库 — over a folder that every process working with it can see. Without a scanner everything is kept. */
export function openFiles(pool: pg.Pool, folder: string, scanner?: Scanner): Files {
  const content = openContentStore(folder)
  return {
    write: (file) => write(content, scanner, file),
    enter: (on, file) => enter('query' in on ? on : clientOf(on), file),
    open: (fileId, may) => openFile(pool, content, fileId, may),
    scanAgain: async () => {
      if (scanner) await scanAgain(pool, content, scanner)
    },
    clear: () => clear(pool, content),
  }
}

async function write(
  content: ContentStore,
  scanner: Scanner | undefined,
  file: NewFile,
): Promise<Result<WrittenFile>> {
  const scanned = scanner && !file.ownMaking ? await scanner(file.bytes) : ({ state: 'clean' } as const)
  if (scanned.state === 'infected') return infected(scanned.virus)
  const state = scanned.state === 'clean' ? 'kept' : 'quarantined'
  const sha256 = await content.write(file.bytes).catch((error: unknown) => {
    if (error instanceof StorageFull) return undefined
    throw error
  })
  return sha256 ? granted({ ...file, sha256, bytes: file.bytes.length, state }) : storageFull()
}

async function enter(client: Pick<pg.ClientBase, 'query'>, file: WrittenFile): Promise<string> {
  const { rows } = await client.query(
    `insert into files.file (sha256, name, media_type, bytes, owner, county_id, purpose, state, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, now() + make_interval(days => $9)) returning file_id`,
    [
      file.sha256,
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

const columns = `file_id as "fileId", sha256, name, media_type as "mediaType", bytes, owner, county_id as "countyId",
  purpose, state, created_at as "createdAt", expires_at as "expiresAt"`

async function openFile(
  pool: pg.Pool,
  content: ContentStore,
  fileId: string,
  may: (file: StoredFile) => boolean,
): Promise<Result<OpenedFile> | undefined> {
  const { rows } = await pool.query<StoredFile>(
    `select ${columns} from files.file where file_id = $1 and (expires_at is null or expires_at > now())`,
    [fileId],
  )
  const file = rows[0]
  if (!file || !may(file)) return undefined
  if (file.state === 'quarantined') return inQuarantine(file.name)
  if (file.state === 'infected') return infected()
  const bytes = await content.read(file.sha256)
  return bytes ? granted({ file, bytes }) : contentGone(file.name)
}

async function scanAgain(pool: pg.Pool, content: ContentStore, scanner: Scanner): Promise<void> {
  const { rows } = await pool.query<{ sha256: string }>(
    `select distinct sha256 from files.file where state = 'quarantined' limit 100`,
  )
  for (const { sha256 } of rows) {
    const bytes = await content.read(sha256)
    const scanned = bytes && (await scanner(bytes))
    if (scanned?.state === 'unanswered') return
    if (!scanned) continue
    const state = scanned.state === 'clean' ? 'kept' : 'infected'
    await pool.query(
      `update files.file set state = $2 where sha256 = $1 and (state = 'quarantined' or $2 = 'infected')`,
      [sha256, state],
    )
    if (state === 'infected') await content.remove(sha256)
  }
}

/** Content without a row may belong to a transaction that is still open: a day is longer than any. */
const unenteredMs = 86_400_000

async function clear(pool: pg.Pool, content: ContentStore): Promise<void> {
  await pool.query('delete from files.file where expires_at < now()')
  for await (const sha256 of content.olderThan(unenteredMs)) {
    const { rowCount } = await pool.query('select 1 from files.file where sha256 = $1', [sha256])
    if (rowCount === 0) await content.removeOlder(sha256, unenteredMs)
  }
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
