/** Development zones carry the city and their whole purpose in their names; people call them by these. */
const zones: readonly (readonly [RegExp, string])[] = [
  [/^.*高新技术产业开发区$/, '高新区'],
  [/^.*经济技术开发区$/, '经开区'],
  [/^.*城乡一体化示范区$/, '示范区'],
]

/** 地名简称 — as heads of narrow columns and maps say it: 平顶山高新技术产业开发区 → 高新区; other names stay as they are. */
export function shortPlaceName(name: string): string {
  return zones.find(([pattern]) => pattern.test(name))?.[1] ?? name
}
