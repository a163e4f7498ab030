import { Answered, Card } from '../../../ui/page.tsx'
import { useAnswer } from '../../../ui/use-api.tsx'
import type { MissingAnswer } from '../contract.ts'
import { ShowMore } from './show-more.tsx'
import type { SeatsView } from './use-seats-view.ts'

/** 缺数据 — what we do not know, by name and by whom it is owed. */
export function MissingCard({ view }: { view: SeatsView }) {
  const missing = useAnswer<MissingAnswer>('/api/seats/missing', view.params)
  return (
    <Card title="缺数据" note="缺的不当作 0">
      <Answered query={missing} rows={4}>
        {(answer) =>
          answer.length === 0 ? (
            <p className="quiet">测算所需的数据齐全。</p>
          ) : (
            <ShowMore
              lines={answer}
              render={({ unit, stage, text, owedBy }) => (
                <li key={`${unit.unitId}${stage}${text}`}>
                  <span className="tag waiting">待补</span>
                  <span className="grow">
                    {text}
                    {owedBy && `（由${owedBy}提供）`}
                  </span>
                </li>
              )}
            />
          )
        }
      </Answered>
    </Card>
  )
}
