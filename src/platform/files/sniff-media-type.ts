/** 内容种类 — what the platform tells apart by content; everything else is `unknown`. */
export type MediaKind =
  | 'jpeg'
  | 'png'
  | 'webp'
  | 'gif'
  | 'pdf'
  | 'xlsx'
  | 'docx'
  | 'package'
  | 'old-office'
  | 'markup'
  | 'text'
  | 'unknown'

/** 媒体类型 — under which a kind is served, and the ending its name gets. */
export const mediaTypes: Readonly<Record<MediaKind, { readonly type: string; readonly ending: string }>> = {
  jpeg: { type: 'image/jpeg', ending: '.jpg' },
  png: { type: 'image/png', ending: '.png' },
  webp: { type: 'image/webp', ending: '.webp' },
  gif: { type: 'image/gif', ending: '.gif' },
  pdf: { type: 'application/pdf', ending: '.pdf' },
  xlsx: { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', ending: '.xlsx' },
  docx: { type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', ending: '.docx' },
  package: { type: 'application/zip', ending: '.zip' },
  'old-office': { type: 'application/octet-stream', ending: '.bin' },
  markup: { type: 'application/octet-stream', ending: '.bin' },
  text: { type: 'text/plain; charset=utf-8', ending: '.txt' },
  unknown: { type: 'application/octet-stream', ending: '.bin' },
}

/**
 * 认种类 — by the first bytes, never by name or declared type.
 *
 * Markup (HTML, SVG, XML) is recognised wherever a browser would take it for such, behind a mark or blanks.
 * A package is told apart by the names of its parts in the directory at its end.
 */
export function sniffMediaType(bytes: Buffer): MediaKind {
  const head = bytes.subarray(0, 16).toString('latin1')
  if (head.startsWith('\u00ff\u00d8\u00ff')) return 'jpeg'
  if (head.startsWith('\u0089PNG\r\n\u001a\n')) return 'png'
  if (head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP') return 'webp'
  if (head.startsWith('GIF87a') || head.startsWith('GIF89a')) return 'gif'
  if (head.startsWith('%PDF-')) return 'pdf'
  if (head.startsWith('PK\u0003\u0004')) return packageKind(bytes)
  if (head.startsWith('\u00d0\u00cf\u0011\u00e0')) return 'old-office'
  const start = bytes.subarray(0, 4096)
  if (looksLikeMarkup(start)) return 'markup'
  return start.includes(0) ? 'unknown' : isText(start) ? 'text' : 'unknown'
}

function packageKind(bytes: Buffer): MediaKind {
  const names = bytes.subarray(Math.max(0, bytes.length - 1024 * 1024)).toString('latin1')
  if (!names.includes('[Content_Types].xml')) return 'package'
  if (names.includes('xl/workbook.xml')) return 'xlsx'
  return names.includes('word/document.xml') ? 'docx' : 'package'
}

function looksLikeMarkup(start: Buffer): boolean {
  const text = start.toString('latin1').replace(/^(\u00ef\u00bb\u00bf)?[\s\0]*/, '')
  return /^(<\?xml|<!--|<!doctype|<(html|head|body|script|svg|iframe|table|meta|link|style|a|div|p|img)\b)/i.test(
    text,
  )
}

/** UTF-8 as far as it is seen, or bytes a Chinese encoding may hold; control characters are in neither. */
function isText(start: Buffer): boolean {
  return start.every(
    (byte) => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d || byte === 0x0c,
  )
}
