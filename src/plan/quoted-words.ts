import type { Item } from './duty.ts'

/** 原文连读 — an item's own words, its runs joined as a reader would. */
export function quotedWords({ quote }: Pick<Item, 'quote'>): string {
  return [quote].flat().join('……')
}
