import { Link } from '@tanstack/react-router'
import { Answered, Card, Empty } from '../../../ui/page.tsx'
import { type Params, useAnswer } from '../../../ui/use-api.tsx'
import { type ItemShown, type SectionDetail, standingWords } from '../contract.ts'
import { tagTones } from './standing-words.ts'

/** The card's name in the page: a phone goes there when a section is chosen. */
export const sectionCardId = 'section'

/** 一格明细 — the items of a section in one county: the words, the reasons, who, what was reported, whom it misses. */
export function SectionCard(props: { section: string; county: number; params: Params }) {
  const { section, county, params } = props
  const query = useAnswer<SectionDetail>(`/api/tasks/${section}`, { ...params, county })
  return (
    <Answered query={query} rows={6}>
      {(detail) => (
        <Card
          id={sectionCardId}
          title={`${detail.county} · ${detail.sectionId} ${detail.zh}`}
          note={`${detail.items.length} 项任务 · 截至 ${detail.asOf}`}
        >
          {detail.items.length === 0 ? (
            <Empty why="这一章只由市级承担，没有要求县（市、区）做的任务。" />
          ) : (
            detail.items.map((item) => <Item key={item.itemId} item={item} county={detail.countyId} />)
          )}
        </Card>
      )}
    </Answered>
  )
}

function Item({ item, county }: { item: ItemShown; county: number }) {
  return (
    <section className="task-item">
      <h3>
        {item.itemId} <span className={`tag ${tagTones[item.light]}`}>{item.words}</span>
        {item.due && <span className="quiet"> 文件时限 {item.due}</span>}
      </h3>
      <p className="quote">
        <q>{item.quote}</q>
      </p>
      <ul className="rows">
        {item.reasons.map(({ light, says }) => (
          <li key={says}>
            <span className={`tag ${tagTones[light]}`}>{standingWords[light]}</span>
            <span className="grow">{says}</span>
          </li>
        ))}
      </ul>
      <Who item={item} />
      <Beneath item={item} county={county} />
    </section>
  )
}

function Who({ item: { owner, progress } }: { item: ItemShown }) {
  if (!owner && !progress) return null
  const facts = [
    ['牵头单位', owner?.lead],
    ['配合单位', owner?.partners],
    ['责任人', owner?.person],
    ['完成时限', owner?.dueOn],
    ['具体措施', owner?.measure],
    ['所报进展', progress && `${progress.words}（${progress.period}）`],
    ['佐证', progress?.evidence],
    ['佐证文号', progress?.document],
  ] as const
  return (
    <dl className="task-facts">
      {facts.map(
        ([name, value]) =>
          value && (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  )
}

/** The names under the counts: X without their Y, and findings being mended. */
function Beneath({ item: { duties, findings, lateForms }, county }: { item: ItemShown; county: number }) {
  return (
    <>
      {lateForms.map(({ formId, period, zh, missing }) => (
        <p key={`${formId} ${period}`}>
          <Link
            to={`/filing/forms/${formId}` as never}
            search={{ period, county, only: 'not-submitted' } as never}
          >
            看《{zh}》没有报的 {missing} 份，去催报
          </Link>
        </p>
      ))}
      {duties
        .filter(({ gaps }) => gaps.length > 0)
        .map(({ zh, remedy, uncovered, unknown, gaps }) => (
          <details key={zh}>
            <summary>
              {zh}：{uncovered} 个没有{unknown > 0 && `，${unknown} 个没有说明`}
            </summary>
            <ul>
              {gaps.map(({ subject, why }) => (
                <li key={`${subject} ${why}`}>
                  {subject}：{why}
                </li>
              ))}
            </ul>
            <p className="quiet">
              {uncovered + unknown > gaps.length && `先列 ${gaps.length} 个。`}怎么办：{remedy}
            </p>
          </details>
        ))}
      {findings.length > 0 && (
        <details>
          <summary>正在整改的问题 {findings.length} 个</summary>
          <ul>
            {findings.map(({ findingId, number, subject, found, dueOn }) => (
              <li key={findingId}>
                <Link to={`/findings/${findingId}` as never}>{number}</Link> {subject}：{found}
                {dueOn && `（期限 ${dueOn}）`}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}
