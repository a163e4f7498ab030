import { useQueryClient } from '@tanstack/react-query'
import { Button, Popconfirm, Select } from 'antd'
import { useState } from 'react'
import { chinaMoment } from '../../../kernel/china-moment.ts'
import { Attachments } from '../../../ui/attachments.tsx'
import { Card, Problem } from '../../../ui/page.tsx'
import { type AnswerError, useApi } from '../../../ui/use-api.tsx'
import { channelNames, type PersonAnswer } from '../contract.ts'
import { PurposeField, type PurposeWord } from './purpose-field.tsx'

type Channel = keyof typeof channelNames

/** 监护人同意 — what guardians are told, who consented and how, and its withdrawal. */
export function ConsentsCard({ person }: { person: PersonAnswer }) {
  const { act, error, busy } = useConsentActs(person.personId)
  const nameOf = (id: number) =>
    person.guardians.find(({ personId }) => personId === id)?.name ?? '（已不是监护人）'
  const mayRecord = person.may.includes('record')
  return (
    <div className="grid two-one">
      <Card title="同意书" note={person.underFourteen ? '未满十四周岁，须监护人同意' : undefined}>
        <ul className="rows">
          {person.consents.map(
            ({ consentId, guardianId, noticeVersion, givenAt, channel, receivedBy, withdrawnAt }) => (
              <li key={consentId}>
                <span className="grow">
                  {nameOf(guardianId)} · {noticeVersion} 版 · {channelNames[channel]}
                  <br />
                  <span className="quiet">
                    {day(givenAt)} {receivedBy}登记
                  </span>
                </span>
                {withdrawnAt ? (
                  <span className="tag plain">{day(withdrawnAt)} 撤回</span>
                ) : (
                  <>
                    <span className="tag surplus">有效</span>
                    {mayRecord && (
                      <Popconfirm
                        title="登记监护人撤回同意？原来的同意仍留记录。"
                        okText="登记撤回"
                        cancelText="取消"
                        onConfirm={() => act(`consents/${consentId}/withdrawal`)}
                      >
                        <Button size="small">撤回</Button>
                      </Popconfirm>
                    )}
                  </>
                )}
              </li>
            ),
          )}
        </ul>
        {person.consents.length === 0 && <p className="quiet">还没有同意书。</p>}
        {mayRecord && person.underFourteen && (
          <GiveConsent person={person} busy={busy} onGive={(body) => act('consents', body)} />
        )}
        {error && <Problem error={error} />}
      </Card>
      <div className="grid">
        <PapersCard person={person} />
        <Card title="告知书" note={person.notice ? `${person.notice.version} 版` : undefined}>
          {person.notice?.text.split('\n').map((line) => <p key={line}>{line}</p>) ?? (
            <p className="quiet">这一天还没有现行的告知书。</p>
          )}
        </Card>
      </div>
    </div>
  )
}

/** 签字件 — the signed paper itself, photographed or scanned; it opens for a purpose. */
function PapersCard({ person }: { person: PersonAnswer }) {
  const [purpose, setPurpose] = useState<PurposeWord>()
  if (!person.may.includes('unmask')) return null
  return (
    <Card title="签字件" note="加密保存 · 打开须选事由并留记录">
      <Attachments
        path={`/api/people/pupils/${person.personId}/attachments`}
        mayKeep={person.may.includes('record')}
        accept=".jpg,.jpeg,.png,.webp,.pdf"
        empty="还没有签字件。纸质签字的同意书，请拍照或扫描后传上来。"
        openWith={purpose && { purpose }}
        asking={<PurposeField value={purpose} onChange={setPurpose} />}
      />
    </Card>
  )
}

function GiveConsent(props: { person: PersonAnswer; busy: boolean; onGive: (body: object) => void }) {
  const { guardians, notice } = props.person
  const [guardianId, setGuardian] = useState(guardians[0]?.personId)
  const [channel, setChannel] = useState<Channel>('paper')
  if (!notice || guardianId === undefined) return <p className="quiet">登记同意书之前，请先登记监护人。</p>
  return (
    <div style={{ display: 'flex', gap: 8, flexWrap: 'wrap', marginTop: 12 }}>
      <Select
        aria-label="监护人"
        style={{ minWidth: 120 }}
        value={guardianId}
        onChange={setGuardian}
        options={guardians.map(({ personId, name }) => ({ value: personId, label: name }))}
      />
      <Select
        aria-label="同意方式"
        style={{ minWidth: 120 }}
        value={channel}
        onChange={setChannel}
        options={Object.entries(channelNames).map(([value, label]) => ({ value, label }))}
      />
      <Button
        type="primary"
        loading={props.busy}
        onClick={() => props.onGive({ guardianId, channel, noticeVersion: notice.version })}
      >
        登记同意
      </Button>
    </div>
  )
}

function useConsentActs(personId: number) {
  const api = useApi()
  const queries = useQueryClient()
  const [error, setError] = useState<AnswerError>()
  const [busy, setBusy] = useState(false)
  const act = async (path: string, body?: object) => {
    setBusy(true)
    setError(undefined)
    try {
      await api.send('POST', `/api/people/pupils/${personId}/${path}`, body ?? {})
      await queries.invalidateQueries({ queryKey: [`/api/people/pupils/${personId}`] })
    } catch (failed) {
      setError(failed as AnswerError)
    } finally {
      setBusy(false)
    }
  }
  return { act, error, busy }
}

function day(at: string): string {
  return chinaMoment(at, 'day')
}
