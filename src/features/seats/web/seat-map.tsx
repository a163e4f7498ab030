import { useMemo } from 'react'
import { shortPlaceName } from '../../../kernel/short-place-name.ts'
import { AreaMap, type MapArea } from '../../../ui/area-map.tsx'
import { Answered } from '../../../ui/page.tsx'
import { colours } from '../../../ui/theme.ts'
import { useAnswer } from '../../../ui/use-api.tsx'
import type { BoardAnswer, MapAnswer } from '../contract.ts'
import { cellSentence, cellTone, cellWords } from './cell-words.ts'
import type { SeatsView } from './use-seats-view.ts'

const fills: Readonly<Record<string, string>> = {
  shortage: colours.shortageGround,
  'shortage-pale': colours.shortagePale,
  surplus: colours.surplusGround,
  'surplus-pale': colours.surplusPale,
  missing: '#fbf6e6',
  even: '#f2f1ec',
  plain: '#ffffff',
}

/** 余缺地图 — the board's column of one year on our own outlines; every area also says it in words. */
export function SeatMap(props: {
  view: SeatsView
  board: BoardAnswer
  year: number
  onChoose: (row: string) => void
}) {
  const { board, year } = props
  const outlines = useAnswer<MapAnswer>('/api/seats/map', { ...props.view.params, year })
  const areas = useMemo(() => mapAreas(board, year), [board, year])
  return (
    <Answered query={outlines} rows={10}>
      {(answer) => (
        <>
          <AreaMap
            mapKey={`seats-${board.parent.unitId}`}
            outlines={answer}
            areas={areas}
            words={`${board.parent.name} ${year} 年学位余缺地图，内容与表格相同`}
            onChoose={props.onChoose}
            fileName={`学位余缺-${board.parent.name}-${year}.png`}
          />
          <p className="quiet">
            图上放不下的名称，指向它即见；点一块看走势。
            {answer.indicative && '乡镇范围为示意，不是法定界线。'}
          </p>
        </>
      )}
    </Answered>
  )
}

function mapAreas(board: BoardAnswer, year: number): MapArea[] {
  return board.rows
    .filter(({ unit }) => unit.unitId !== board.parent.unitId)
    .flatMap((row) => {
      const cell = row.cells.find((each) => each.year === year)
      if (!cell) return []
      return [
        {
          key: String(row.unit.unitId),
          name: `${shortPlaceName(row.unit.name)}\n${cellWords(cell)}`,
          words: cellSentence(row.unit.name, cell),
          colour: fills[cellTone(cell)] ?? '#ffffff',
        },
      ]
    })
}
