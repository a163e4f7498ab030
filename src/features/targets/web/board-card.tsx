import { shortPlaceName } from '../../../kernel/short-place-name.ts'
import { Board } from '../../../ui/board.tsx'
import { Card } from '../../../ui/page.tsx'
import { colours } from '../../../ui/theme.ts'
import { useWide } from '../../../ui/use-media.ts'
import type { TargetBoard } from '../contract.ts'
import { pathCardId } from './path-card.tsx'
import { boardCell, signWords } from './sign-words.ts'
import type { TargetsView } from './use-targets-view.ts'

interface Shown {
  readonly view: TargetsView
  readonly board: TargetBoard
  readonly chosen: { readonly target: string; readonly place: number }
}

/** 目标总表 — targets × counties; on a phone the targets of the leading place as a list. */
export function BoardCard({ view, board, chosen }: Shown) {
  const wide = useWide()
  return (
    <div className="grid">
      <Card title="各项目标进度" note="点格看路径、定义和来历；* 表示按另一读法结论不同">
        {wide ? (
          <Board
            caption="各项目标在各单位的进度"
            wrap
            columns={board.places.map(({ unitId, name }) => ({
              key: String(unitId),
              name: shortPlaceName(name),
            }))}
            rows={board.targets.map(({ targetId, zh, cells }) => ({
              key: targetId,
              name: `${targetId} ${zh}`,
              cells: board.places.map((place) =>
                boardCell(place.name, zh, cells.find(({ unitId }) => unitId === place.unitId)!),
              ),
            }))}
            chosen={{ row: chosen.target, column: String(chosen.place) }}
            onChoose={view.choose}
          />
        ) : (
          <TargetList view={view} board={board} chosen={chosen} />
        )}
        <Key />
      </Card>
    </div>
  )
}

function TargetList({ view, board, chosen }: Shown) {
  const place = board.places.find(({ unitId }) => unitId === chosen.place) ?? board.places[0]
  return (
    <ul className="rows">
      {board.targets.map(({ targetId, zh, cells }) => {
        const cell = cells.find(({ unitId }) => unitId === place?.unitId)
        if (!place || !cell) return null
        const { words, tone, sentence } = boardCell(place.name, zh, cell)
        return (
          <li key={targetId}>
            <button
              className="link-button grow"
              type="button"
              style={{ textAlign: 'left', minHeight: 44 }}
              aria-pressed={chosen.target === targetId}
              aria-label={sentence}
              onClick={() => {
                view.choose(targetId, String(place.unitId))
                document.getElementById(pathCardId)?.scrollIntoView({ behavior: 'smooth' })
              }}
            >
              {targetId} {zh}
            </button>
            <span className={`tag ${tagTone(tone)}`}>{words}</span>
          </li>
        )
      })}
    </ul>
  )
}

function tagTone(tone: string): string {
  if (tone.startsWith('shortage')) return 'shortage'
  if (tone.startsWith('surplus')) return 'surplus'
  return tone === 'missing' ? 'waiting' : 'plain'
}

function Key() {
  const keys = [
    [colours.surplusGround, `${signWords.reached}：已到目标值或已覆盖`],
    [colours.surplusPale, `${signWords['on-path']}：不低于当年路径值，或基期以来没有下降`],
    [colours.shortagePale, `${signWords.behind}：低于路径值，或应有而未有`],
    ['#fbf6e6', `${signWords.missing}：台账里没有，不能算，不当作 0`],
  ]
  return (
    <div className="board-key">
      {keys.map(([colour, words]) => (
        <span key={words}>
          <i style={{ background: colour }} />
          {words}
        </span>
      ))}
    </div>
  )
}
