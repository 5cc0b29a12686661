/** What a scan of a label opens. */
import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { translator } from '../i18n/index.ts';
import { trace as texts } from '../i18n/vi.ts';
import { call, type Problem, type Result } from '../platform/api.ts';
import { need } from '../platform/dom.ts';
import { TextField } from '../ui/forms.tsx';
import { Failure, Loading } from '../ui/states.tsx';
import { takeEarly, tracePath } from './early-answer.ts';
import { countScan, deviceName } from './scan-count.ts';
import type { Trace } from './seven-items.ts';
import { TraceView } from './trace-view.tsx';
import { addressOf, type Code, codeInAddress, readTyped } from './typed-code.ts';

const t = translator('trace', texts);

function CodeForm({ problem, onLook }: { problem: Problem | undefined; onLook: (code: Code) => void }) {
  const [gtin, setGtin] = useState('');
  const [serial, setSerial] = useState('');
  const [wrong, setWrong] = useState<'gtin' | 'serial'>();
  const submit = (event: Event) => {
    event.preventDefault();
    const typed = readTyped(gtin, serial);
    if ('wrong' in typed) return setWrong(typed.wrong);
    setWrong(undefined);
    onLook(typed.code);
  };
  return (
    <>
      <h1>{t('title')}</h1>
      <form class="card stack code-form" noValidate onSubmit={submit}>
        <h2>{t('formTitle')}</h2>
        <p>{t('formText')}</p>
        {problem && <Failure problem={problem} />}
        <TextField
          id="gtin"
          label={t('gtin')}
          inputMode="numeric"
          autocomplete="off"
          maxLength={300}
          placeholder="0893 8500 9900 14"
          value={gtin}
          error={wrong === 'gtin' ? t('gtinWrong') : undefined}
          onInput={(e) => setGtin(e.currentTarget.value)}
        />
        <TextField
          id="serial"
          label={t('serial')}
          hint={t('serialHint')}
          autocomplete="off"
          autocapitalize="characters"
          spellcheck={false}
          maxLength={300}
          placeholder="7K3M 9QWX 2ABC"
          value={serial}
          error={wrong === 'serial' ? t('serialWrong') : undefined}
          onInput={(e) => setSerial(e.currentTarget.value)}
        />
        <button type="submit" class="button button--wide">
          {t('look')}
        </button>
      </form>
    </>
  );
}

function TracePage() {
  const [code, setCode] = useState(() => codeInAddress(location.search));
  const [trace, setTrace] = useState<Trace>();
  const [problem, setProblem] = useState<Problem>();

  const ask = async (asked: Code): Promise<Result<Trace>> => {
    const early = await takeEarly();
    if (early?.ok && early.url.endsWith(tracePath(asked))) return { ok: true, data: (await early.json()) as Trace };
    return call('GET /api/trace/{gtin}/{serial}', { params: { ...asked }, headers: { 'X-Device': deviceName() } });
  };
  const look = async (asked: Code) => {
    setCode(asked);
    setTrace(undefined);
    setProblem(undefined);
    const answer = await ask(asked);
    if (!answer.ok) {
      setProblem(answer.problem);
      // A malformed code is typed again; a market that does not answer is asked again.
      if (answer.problem.code === 'not_found') setCode(undefined);
      return;
    }
    setTrace(answer.data);
    if (answer.data.state === 'never_issued' || answer.data.state === 'forgotten') return;
    const state = await countScan({ gtin: answer.data.gtin, serial: answer.data.serial });
    // This very scan may be the one that shows that the label was copied.
    const again = state && state !== answer.data.state ? await ask(asked) : undefined;
    if (again?.ok) setTrace(again.data);
  };
  useEffect(() => {
    if (code) void look(code);
  }, []);

  const typed = (asked: Code) => {
    history.replaceState(null, '', addressOf(asked));
    void look(asked);
  };
  const another = () => {
    history.replaceState(null, '', location.pathname);
    setCode(undefined);
    setTrace(undefined);
    setProblem(undefined);
    scrollTo(0, 0);
  };
  if (trace) return <TraceView trace={trace} onAnother={another} />;
  if (code && problem) return <Failure problem={problem} onRetry={() => void look(code)} />;
  if (code) return <Loading lines={6} label={t('looking')} />;
  return <CodeForm problem={problem} onLook={typed} />;
}

export function mountTrace(): void {
  const root = need('#trace');
  root.replaceChildren();
  render(<TracePage />, root);
}
