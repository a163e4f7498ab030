import { pinyin } from 'pinyin-pro'

/**
 * 拼音首字母 — the first letter of each character's reading, for search: 叶县第一小学 → "yxdyxx".
 *
 * Letters and digits in the name stay; everything else is dropped.
 */
export function nameInitials(name: string): string {
  return pinyin(name, { pattern: 'first', toneType: 'none', type: 'array', nonZh: 'consecutive' })
    .join('')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
}
