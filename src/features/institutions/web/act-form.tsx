import { Button, Checkbox, Drawer, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { stageNames, stages } from '../../../kernel/stage.ts'
import { Problem } from '../../../ui/page.tsx'
import { useAnswer } from '../../../ui/use-api.tsx'
import {
  actNames,
  type InstitutionFile,
  type InstitutionPageAnswer,
  kindNames,
  profitNames,
  sectorNames,
} from '../contract.ts'
import { BasisFields } from './basis-fields.tsx'
import { PlaceField } from './place-field.tsx'
import { useRecording } from './use-recording.ts'

const acts = ['rename', 'convert', 'move', 'merge', 'close'] as const
type Act = (typeof acts)[number]

/** 登记变动 — a change of this institution with the document it rests on. */
export function ActForm({ file }: { file: InstitutionFile }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>登记变动</Button>
      <Drawer
        open={open}
        onClose={() => setOpen(false)}
        title={`登记变动：${file.name}`}
        size="large"
        closable={{ 'aria-label': '关闭' }}
        destroyOnHidden
      >
        <ActFields file={file} onDone={() => setOpen(false)} />
      </Drawer>
    </>
  )
}

function ActFields({ file, onDone }: { file: InstitutionFile; onDone: () => void }) {
  const [act, setAct] = useState<Act>('rename')
  const { send, error, sending } = useRecording(`/api/institutions/${file.institutionId}/acts`, onDone)
  return (
    <Form
      layout="vertical"
      onFinish={(values: object) => send({ act, ...given(values) })}
      requiredMark={false}
      scrollToFirstError={{ block: 'center' }}
    >
      <Form.Item label="变动种类">
        <Select
          aria-label="变动种类"
          value={act}
          onChange={setAct}
          options={acts.map((value) => ({ value, label: actNames[value] }))}
        />
      </Form.Item>
      <OwnFields act={act} file={file} />
      {/* Anew with each kind of act, so that its fields come after the act's own and errors are shown in their order. */}
      <BasisFields key={act} />
      {error && <Problem error={error} />}
      <Button type="primary" htmlType="submit" loading={sending} style={{ marginTop: 12 }}>
        登记
      </Button>
      <p className="quiet">登记后原来的记录仍在，随时可以把截至日调回去看。</p>
    </Form>
  )
}

/** An empty field says nothing: it is left out. */
function given(values: object): object {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== ''))
}

function OwnFields({ act, file }: { act: Act; file: InstitutionFile }) {
  if (act === 'rename') {
    return (
      <Form.Item name="name" label="新名称" rules={[{ required: true, message: '请填写新名称' }]}>
        <Input maxLength={60} />
      </Form.Item>
    )
  }
  if (act === 'move') return <PlaceField name="toUnitId" countyId={file.countyId} />
  if (act === 'merge') return <MergeFields file={file} />
  return act === 'convert' ? <ConvertFields file={file} /> : null
}

function MergeFields({ file }: { file: InstitutionFile }) {
  const others = useAnswer<InstitutionPageAnswer>('/api/institutions', {
    county: file.countyId,
    asOf: file.asOf,
    pageSize: 5000,
  })
  const options = (others.data?.rows ?? [])
    .filter(({ institutionId }) => institutionId !== file.institutionId)
    .map(({ institutionId, name }) => ({ value: institutionId, label: name }))
  return (
    <>
      <Form.Item
        name="closingIds"
        label="并入本校的机构（停办）"
        rules={[{ required: true, message: '请选择并入的机构' }]}
      >
        <Select mode="multiple" showSearch={{ optionFilterProp: 'label' }} options={options} />
      </Form.Item>
      <Form.Item name="premises" label="并入机构的校舍" initialValue="kept-as-campuses">
        <Select
          options={[
            { value: 'kept-as-campuses', label: '留作本校校区' },
            { value: 'given-up', label: '不再使用' },
          ]}
        />
      </Form.Item>
    </>
  )
}

const convertible = ['sector', 'profitStatus', 'publicInterest', 'kind', 'code', 'stages'] as const

/** Each field shows what holds now; one left as it is changes nothing, but one at least has to change. */
function ConvertFields({ file }: { file: InstitutionFile }) {
  const choices = (names: Readonly<Record<string, string>>) =>
    Object.entries(names).map(([value, label]) => ({ value, label }))
  const now = (zh: string) => {
    const fact = file.facts.find((each) => each.zh === zh)?.value
    return fact ? { placeholder: `现为${fact}，不改就不填` } : {}
  }
  return (
    <>
      <p className="quiet">只填要改的项；改类别须同时填新标识码。</p>
      <Form.Item
        name="sector"
        label="办学性质"
        dependencies={convertible.slice(1)}
        rules={[({ getFieldsValue }) => ({ validator: () => atLeastOne(getFieldsValue([...convertible])) })]}
      >
        <Select allowClear options={choices(sectorNames)} {...now('办学性质')} />
      </Form.Item>
      <Form.Item name="profitStatus" label="营利性质（民办）">
        <Select allowClear options={choices(profitNames)} {...now('营利性质')} />
      </Form.Item>
      <Form.Item name="publicInterest" label="普惠认定">
        <Select
          allowClear
          options={[
            { value: true, label: '认定为普惠性' },
            { value: false, label: '不再认定' },
          ]}
          {...now('普惠认定')}
        />
      </Form.Item>
      <Form.Item name="kind" label="类别">
        <Select allowClear options={choices(kindNames)} {...now('类别')} />
      </Form.Item>
      <Form.Item
        name="code"
        label="新标识码"
        rules={[{ pattern: /^\d{10}$/, message: '标识码应为 10 位数字' }]}
      >
        <Input maxLength={10} placeholder={`现为 ${file.code}，不改就不填`} />
      </Form.Item>
      <Form.Item
        name="stages"
        label={`学段（现为${file.stages.map((each) => stageNames[each]).join('、')}，不改就不选）`}
      >
        <Checkbox.Group options={stages.map((value) => ({ value, label: stageNames[value] }))} />
      </Form.Item>
    </>
  )
}

function atLeastOne(values: object): Promise<void> {
  const some = Object.values(given(values)).some((value) => !Array.isArray(value) || value.length > 0)
  return some ? Promise.resolve() : Promise.reject(new Error('没有一项要改。请至少改一项。'))
}
