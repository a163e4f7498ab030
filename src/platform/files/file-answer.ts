import type { FileAnswer } from '../http/route.ts'
import type { OpenedFile } from './file-store.ts'

/** 下载 — a stored file as an answer: as an attachment, under its own name, with the type its content has. */
export function fileAnswer({ file, bytes }: OpenedFile): FileAnswer {
  return { kind: 'file', name: file.name, type: file.mediaType, content: bytes }
}
