import type { ICruiseResult } from 'dependency-cruiser'

const purposes: Readonly<Record<string, string>> = {
  app: 'opens the doors, holds no thought',
  features: 'one room per part of the plan; rooms do not touch',
  demo: 'the demonstration city, through the records’ own writers',
  records: 'the shared dated books (台账)',
  engines: 'pure thought: no clock, no luck, no package',
  ui: 'looks only',
  plan: 'the sole reader of the plan’s YAML',
  platform: 'knows no education; any bureau could use it',
  kernel: 'the words everyone speaks',
}
const wings = Object.keys(purposes)
const wingsWithRooms = ['features', 'engines', 'records', 'platform']

/** The page `docs/map.md`: the wings, their rooms and every kind of arrow between wings, drawn from the imports themselves. */
export function drawMap(house: ICruiseResult): string {
  const arrows = new Set<string>()
  const rooms = new Map<string, Set<string>>()
  for (const { source, dependencies } of house.modules) {
    const from = placeOf(source)
    if (!from) continue
    if (from.room && wingsWithRooms.includes(from.wing))
      rooms.set(from.wing, (rooms.get(from.wing) ?? new Set()).add(from.room))
    for (const { resolved } of dependencies) {
      const to = placeOf(resolved)
      if (to && to.wing !== from.wing) arrows.add(`${from.wing} --> ${to.wing}`)
    }
  }
  return [
    '# Map of the house',
    '',
    'Drawn from the imports by `npm run map`; a test compares it with the code.',
    '',
    '```mermaid',
    'flowchart TD',
    ...wings.map((wing) => `  ${wing}["${wing}<br/>${purposes[wing]}"]`),
    ...[...arrows].sort().map((arrow) => `  ${arrow}`),
    '```',
    '',
    '| wing | rooms |',
    '|---|---|',
    ...wings.map((wing) => `| \`src/${wing}\` | ${[...(rooms.get(wing) ?? [])].sort().join(' · ') || '–'} |`),
    '',
  ].join('\n')
}

function placeOf(path: string): { wing: string; room?: string } | undefined {
  const [src, wing, room, ...rest] = path.split('/')
  if (src !== 'src' || !wing || !wings.includes(wing) || /\.test\.tsx?$/.test(path)) return undefined
  return { wing, ...(room && rest.length > 0 && { room }) }
}
