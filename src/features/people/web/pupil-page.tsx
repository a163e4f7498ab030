import { useParams } from '@tanstack/react-router'
import { Tabs } from 'antd'
import { classWords } from '../../../kernel/grade-words.ts'
import { Answered, Card, Page } from '../../../ui/page.tsx'
import { useAnswer } from '../../../ui/use-api.tsx'
import { useUrlState } from '../../../ui/use-url-state.ts'
import { documentKindNames, fieldNames, type PersonAnswer, relationNames, sexNames } from '../contract.ts'
import { AccessesCard } from './accesses-card.tsx'
import { ConditionsCard } from './conditions-card.tsx'
import { ConsentsCard } from './consents-card.tsx'
import { MaskedField } from './masked-field.tsx'

/** 一人一档 — masked; one field at a time opens for a purpose. */
export function PupilPage() {
  const { personId } = useParams({ strict: false }) as { personId: string }
  const [asOf] = useUrlState('asOf', '')
  const [tab, setTab] = useUrlState('tab', 'file')
  const query = useAnswer<PersonAnswer>(`/api/people/pupils/${personId}`, asOf ? { asOf } : {})
  return (
    <Page title={query.data?.name ?? '一人一档'} answer={query.data && tellPerson(query.data)}>
      <Answered query={query} rows={10}>
        {(person) => (
          <Tabs
            activeKey={tab}
            onChange={setTab}
            items={[
              { key: 'file', label: '档案', children: <File person={person} /> },
              { key: 'consents', label: '监护人同意', children: <ConsentsCard person={person} /> },
              {
                key: 'accesses',
                label: '谁看过这个孩子',
                children: <AccessesCard personId={person.personId} />,
              },
            ]}
          />
        )}
      </Answered>
    </Page>
  )
}

function tellPerson({ records, underFourteen, consents, sex }: PersonAnswer): string {
  const now = records.find(({ to }) => to === null)
  const where = now
    ? `在${now.institution}（${classWords(now.grade, now.classNo)}）就读`
    : '目前不在本县任何学校的名单上'
  const standing = consents.some(({ withdrawnAt }) => withdrawnAt === null)
  const consent = underFourteen ? `，未满十四周岁，${standing ? '监护人已同意' : '还没有监护人的同意书'}` : ''
  return `${sex === null ? '' : `${sexNames[sex]}，`}${where}${consent}。`
}

function File({ person }: { person: PersonAnswer }) {
  return (
    <div className="grid two-one">
      <div className="grid">
        <Card title="身份与联系方式" note="已遮蔽 · 查看原文须选事由并留记录">
          <dl className="facts">
            <div>
              <dt>证件种类</dt>
              <dd style={{ fontSize: 15 }}>{documentKindNames[person.documentKind]}</dd>
            </div>
            {(Object.keys(fieldNames) as (keyof typeof fieldNames)[]).map((field) => (
              <MaskedField key={field} person={person} field={field} />
            ))}
          </dl>
        </Card>
        {person.mayReadConditions && <ConditionsCard personId={person.personId} />}
      </div>
      <div className="grid">
        <Card title="学籍">
          <ul className="rows">
            {person.records.map(({ institution, grade, classNo, from, to }) => (
              <li key={`${institution}${from}`}>
                <span className="grow">
                  {institution}
                  <br />
                  <span className="quiet">
                    {from} 起{to && `，至 ${to}`}
                  </span>
                </span>
                <span>{classWords(grade, classNo)}</span>
              </li>
            ))}
          </ul>
        </Card>
        <Card title="监护人">
          <ul className="rows">
            {person.guardians.map(({ personId, name, relation }) => (
              <li key={personId}>
                <span className="grow">{name}</span>
                <span className="quiet">{relationNames[relation]}</span>
              </li>
            ))}
          </ul>
          {person.guardians.length === 0 && <p className="quiet">还没有登记监护人，应由学校补录。</p>}
        </Card>
      </div>
    </div>
  )
}
