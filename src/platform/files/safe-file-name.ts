const longest = 120

/**
 * 文件名 — as given, without anything that could lead elsewhere or deceive: folders, control and direction
 * characters, dots in front. `ending` is that of what the file really is; its own is kept when absent.
 */
export function safeFileName(given: string, ending?: string): string {
  const last = given.normalize('NFC').split(/[/\\]/).at(-1) ?? ''
  const plain = last
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/^[.\s]+|[.\s]+$/g, '')
  const [own = ''] = /\.[A-Za-z0-9]{1,8}$/.exec(plain) ?? []
  const stem = plain.slice(0, plain.length - own.length)
  const short = [...stem].slice(0, longest).join('').trim()
  return `${short || '文件'}${ending ?? own}`
}
