import { granted, type Result } from '../../kernel/result.ts'
import { openPackage } from '../sheets/open-package.ts'
import { UnreadableFile } from '../sheets/unreadable-file.ts'
import { cleanPicture } from './clean-picture.ts'
import { fileLimits } from './file-limits.ts'
import { fileRefused } from './refusals.ts'
import { safeFileName } from './safe-file-name.ts'
import { type MediaKind, mediaTypes, sniffMediaType } from './sniff-media-type.ts'

/** 验过的文件 — content as it will be kept, under a name and a type that are true. */
export interface InspectedFile {
  readonly bytes: Buffer
  readonly name: string
  readonly mediaType: string
}

const pictures: ReadonlySet<MediaKind> = new Set(['jpeg', 'png', 'webp', 'gif'])
const packages: ReadonlySet<MediaKind> = new Set(['xlsx', 'docx', 'package'])

/**
 * 验收上传 — says by content what a file is, whether it is wanted, and keeps it within the limits.
 *
 * Pictures are written anew; packages are inflated part by part and counted. Name and declared type are not
 * believed: the name loses what could lead elsewhere and gets the ending of what the file is.
 */
export async function inspectUpload(
  given: { readonly fileName: string; readonly bytes: Buffer },
  accepts: readonly MediaKind[],
): Promise<Result<InspectedFile>> {
  const { bytes, fileName } = given
  if (bytes.length === 0)
    return fileRefused('file.none', '文件是空的，一个字节也没有—可能没有传完—请重新选择文件再传。')
  if (bytes.length > fileLimits.bytes) return tooLarge(bytes.length)
  const kind = sniffMediaType(bytes)
  if (!accepts.includes(kind)) return notAccepted(accepts)
  if (pictures.has(kind)) {
    const clean = await cleanPicture(bytes, kind)
    return clean.ok ? granted(named(clean.value.bytes, fileName, clean.value.kind)) : clean
  }
  const trouble = packages.has(kind) ? await troubleInPackage(bytes) : undefined
  return trouble ? fileRefused('file.package', trouble) : granted(named(bytes, fileName, kind))
}

function named(bytes: Buffer, fileName: string, kind: MediaKind): InspectedFile {
  const { type, ending } = mediaTypes[kind]
  return { bytes, name: safeFileName(fileName, ending), mediaType: type }
}

/** Inflates every part once, so that a lying directory is found out before anyone opens the file. */
async function troubleInPackage(bytes: Buffer): Promise<string | undefined> {
  try {
    const pack = await openPackage(bytes)
    if (pack.paths.some((path) => path.endsWith('vbaProject.bin')))
      return '文件里带宏—宏能在打开的电脑上执行程序，平台不收—请另存为不带宏的文件后再传。'
    for (const path of pack.paths) for await (const _piece of (await pack.read(path)) ?? []);
    return undefined
  } catch (error) {
    if (error instanceof UnreadableFile) return error.message
    return '文件不完整或已损坏—可能没有传完，或另存时出错—请打开确认无误，另存后重新上传。'
  }
}

function tooLarge(bytes: number) {
  const [found, most] = [bytes, fileLimits.bytes].map((size) => (size / 1024 / 1024).toFixed(0))
  return fileRefused(
    'file.too-large',
    `文件有 ${found} MB，超过 ${most} MB—平台一次收不下—请拆成几个文件，或压缩图片后再传。`,
  )
}

const words: Partial<Record<MediaKind, string>> = {
  jpeg: 'JPG 图片',
  png: 'PNG 图片',
  webp: 'WebP 图片',
  gif: 'GIF 图片',
  pdf: 'PDF',
  xlsx: 'Excel 工作簿（.xlsx）',
  docx: 'Word 文档（.docx）',
  text: '文本或 CSV',
}

function notAccepted(accepts: readonly MediaKind[]) {
  const wanted = accepts.flatMap((kind) => words[kind] ?? []).join('、')
  return fileRefused(
    'file.not-accepted',
    `文件内容不是这里能收的种类—平台按内容识别，扩展名不算—请上传${wanted}。`,
  )
}
