import { granted, type Result } from '../../kernel/result.ts'
import { clientOf, type Tx } from '../db/transaction-client.ts'
import type { Files, OpenedFile, WrittenFile } from './file-store.ts'
import { inspectUpload } from './inspect-upload.ts'
import { fileRefused } from './refusals.ts'
import type { MediaKind } from './sniff-media-type.ts'

/** 附件所属 — the thing of a room that files are attached to, and whose it is. */
export interface Thing {
  /** What it is, such as `finding`. */
  readonly kind: string
  readonly id: string
  readonly countyId: number
  /** Set where it belongs to one institution: a school then sees its own only. */
  readonly institutionId?: number | undefined
}

/** 附件 — as listed; one that was removed has who did it, when and why. */
export interface Attachment {
  readonly attachmentId: string
  readonly name: string
  readonly mediaType: string
  readonly bytes: number
  readonly sha256: string
  readonly addedName: string
  readonly addedAt: string
  readonly removedName: string | null
  readonly removedAt: string | null
  readonly reason: string | null
}

/** 经办 — who adds or removes. */
export interface By {
  readonly account: string
  readonly name: string
}

/** As many as one thing may hold at a time: more is a folder, not evidence. */
const mostAttachments = 50

/** 写好的附件 — on the disk, not yet of any thing. */
export interface WrittenAttachment {
  readonly written: WrittenFile
  readonly personal: boolean
  readonly by: By
}

/**
 * 写附件 — inspected by content, a picture written anew, looked at for viruses, sealed when personal.
 *
 * Before the transaction: no connection is held for as long as the scanner takes.
 */
export async function writeAttachment(
  files: Files,
  given: { readonly fileName: string; readonly bytes: Buffer },
  rules: { readonly accepts: readonly MediaKind[]; readonly personal: boolean; readonly by: By },
): Promise<Result<WrittenAttachment>> {
  const { accepts, personal, by } = rules
  const inspected = await inspectUpload(given, accepts)
  if (!inspected.ok) return inspected
  const written = await files.write({
    ...inspected.value,
    owner: by.account,
    purpose: 'attachment',
    personal,
  })
  return written.ok ? granted({ written: written.value, personal, by }) : written
}

/** 添加附件 — what was written becomes the thing's, in the caller's transaction; refused, it is cleared a day later. */
export async function attachFile(
  tx: Tx,
  files: Files,
  thing: Thing,
  { written, personal, by }: WrittenAttachment,
): Promise<Result<Attachment>> {
  const standing = (await listAttachments(tx, thing)).filter(({ removedAt }) => removedAt === null)
  if (standing.length >= mostAttachments)
    return fileRefused(
      'file.too-many',
      `已有 ${standing.length} 份附件，最多 ${mostAttachments} 份—再多就没有人会看—请先移除不要的，或合成一个 PDF 再传。`,
    )
  const fileId = await files.enter(tx, {
    ...written,
    countyId: thing.countyId,
    purpose: `attachment.${thing.kind}`,
  })
  const { name, mediaType, bytes, sha256 } = written
  const { rows } = await clientOf(tx).query<Attachment>(
    `insert into files.attachment (county_id, attachment_id, institution_id, thing, thing_id, name, media_type, bytes,
       sha256, personal, added_by, added_name)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) returning ${columns}`,
    [
      thing.countyId,
      fileId,
      thing.institutionId ?? null,
      thing.kind,
      thing.id,
      name,
      mediaType,
      bytes,
      sha256,
      personal,
      by.account,
      by.name,
    ],
  )
  return granted(rows[0] as Attachment)
}

const columns = `attachment_id as "attachmentId", name, media_type as "mediaType", bytes, sha256, added_name as "addedName",
  added_at as "addedAt", removed_name as "removedName", removed_at as "removedAt", reason`
const ofThing = 'county_id = $1 and thing = $2 and thing_id = $3'
const keyOf = ({ countyId, kind, id }: Thing) => [countyId, kind, id]

/** 附件列表 — of a thing, the latest first, removed ones too. */
export async function listAttachments(tx: Tx, thing: Thing): Promise<Attachment[]> {
  const { rows } = await clientOf(tx).query<Attachment>(
    `select ${columns} from files.attachment where ${ofThing} order by added_at desc, attachment_id`,
    keyOf(thing),
  )
  return rows
}

/** 打开附件 — undefined when it is not this thing's, was removed, or is not in sight. */
export async function openAttachment(
  tx: Tx,
  files: Files,
  thing: Thing,
  attachmentId: string,
): Promise<Result<OpenedFile> | undefined> {
  const { rows } = await clientOf(tx).query(
    `select 1 from files.attachment where ${ofThing} and attachment_id = $4 and removed_at is null`,
    [...keyOf(thing), attachmentId],
  )
  return rows[0] && files.open(attachmentId, () => true)
}

/** 移除附件 — its content is let go, the line stays with the reason; false when there is nothing to remove. */
export async function removeAttachment(
  tx: Tx,
  thing: Thing,
  attachmentId: string,
  { by, reason }: { readonly by: By; readonly reason: string },
): Promise<boolean> {
  const { rowCount } = await clientOf(tx).query(
    `update files.attachment set removed_by = $5, removed_name = $6, removed_at = now(), reason = $7
      where ${ofThing} and attachment_id = $4 and removed_at is null`,
    [...keyOf(thing), attachmentId, by.account, by.name, reason],
  )
  if (rowCount !== 1) return false
  await letGo(tx, [attachmentId])
  return true
}

/** 附件随人删除 — of a thing whose data are erased: lines, contents and keys. */
export async function forgetAttachments(tx: Tx, thing: Thing): Promise<void> {
  const { rows } = await clientOf(tx).query<{ id: string }>(
    `delete from files.attachment where ${ofThing} returning attachment_id as id`,
    keyOf(thing),
  )
  await letGo(
    tx,
    rows.map(({ id }) => id),
  )
}

/** A file past its end opens for nobody; the next clearing takes row, key and content. */
async function letGo(tx: Tx, fileIds: readonly string[]): Promise<void> {
  await clientOf(tx).query('update files.file set expires_at = now() where file_id = any ($1)', [fileIds])
}
