import { Card } from '../../../ui/page.tsx'
import type { HistoryEntry } from '../contract.ts'

/** 沿革 — every act with its document and what became different, the latest first. */
export function HistoryCard({ history }: { history: readonly HistoryEntry[] }) {
  return (
    <Card title="沿革" note={`${history.length} 件`}>
      <ul className="rows">
        {history.map(({ day, act, docNumber, recordedBy, note, ahead, changes }) => (
          <li key={`${day}${act}${docNumber}`}>
            <span className="number">{day}</span>
            <span className="grow">
              <strong>{act}</strong> {ahead && <span className="tag waiting">尚未生效</span>}{' '}
              {changes.join('；')}
              <br />
              <span className="quiet">
                {docNumber} · {recordedBy}登记{note && ` · ${note}`}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
