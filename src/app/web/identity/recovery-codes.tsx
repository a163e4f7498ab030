import { Button } from 'antd'

/** 恢复码 — shown once; with a way to print or copy them before going on. */
export function RecoveryCodes(props: { codes: readonly string[]; onRead: () => void }) {
  return (
    <section className="card">
      <header>
        <h2>恢复码，只显示这一次</h2>
      </header>
      <p style={{ marginTop: 0 }}>
        手机或钥匙丢失时，用其中一个代替第二步，每个只能用一次。请打印或抄下来，与电脑分开保管。
      </p>
      <ul className="codes">
        {props.codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div className="page-tools no-print" style={{ marginBottom: 0 }}>
        <Button type="primary" onClick={props.onRead}>
          已保存，继续
        </Button>
        <Button onClick={() => window.print()}>打印</Button>
        <Button onClick={() => navigator.clipboard.writeText(props.codes.join('\n'))}>复制</Button>
      </div>
    </section>
  )
}
