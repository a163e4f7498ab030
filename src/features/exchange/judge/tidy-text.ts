/** Signs that cannot be seen but make two equal words differ. */
const invisible = /[\u200b-\u200d\u2060\ufeff\u00ad]/g

/** 间隔号 — the dots of names from other languages; GB/T 15835 writes U+00B7. */
const middleDots = /[\u2022\u2027\u22c5\u30fb\uff65\u0387]/g

/**
 * 整理文字 — takes off spaces around, invisible signs and full-width digits and letters, and says what was changed.
 *
 * Full-width brackets stay: names are written with them. `words` is empty when nothing was changed.
 */
export function tidyText(text: string): { readonly text: string; readonly words: readonly string[] } {
  const words: string[] = []
  const step = (now: string, next: string, word: string) => {
    if (now !== next) words.push(word)
    return next
  }
  let tidy = step(text, text.replace(invisible, ''), '看不见的字符')
  tidy = step(tidy, tidy.replace(/[\s\u00a0\u3000]+/gu, ' ').trim(), '多余的空格或换行')
  tidy = step(tidy, tidy.replace(/[０-９Ａ-Ｚａ-ｚ．－]/g, halfWidth), '全角数字或字母')
  tidy = step(tidy, tidy.replace(middleDots, '·'), '别种间隔号（应为“·”）')
  return { text: tidy, words }
}

function halfWidth(sign: string): string {
  return String.fromCharCode(sign.charCodeAt(0) - 0xfee0)
}
