/** The door to the workspaces. */
import { render } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { translator } from '../i18n/index.ts';
import { accounts } from '../i18n/vi.ts';
import { call, type Problem } from '../platform/api.ts';
import { need } from '../platform/dom.ts';
import { TextField } from '../ui/forms.tsx';
import { Notice, sayProblem } from '../ui/states.tsx';
import { demoAccounts, demoPassword } from './demo.ts';
import { forgetReturn, forgetSession, homeOf, keepSession, readSession, takeReturn } from './session.ts';

const t = translator('accounts', accounts);

function sayRefusal(problem: Problem): string {
  if (problem.code === 'unauthenticated' || problem.code === 'validation_failed') return t('wrong');
  if (problem.code === 'rate_limited') return t('tooMany', { minutes: Math.max(1, Math.ceil((problem.retryAfterSeconds ?? 300) / 60)) });
  return sayProblem(problem);
}

function Demo({ onFill }: { onFill: (username: string) => void }) {
  return (
    <section class="card stack">
      <h2>{t('demoTitle')}</h2>
      <p>{t('demoText', { password: demoPassword })}</p>
      <ul class="demo-accounts">
        {demoAccounts.map(({ username, text }) => (
          <li key={username}>
            <span>
              <strong class="block">{t(text)}</strong>
              <span class="soft small">{username}</span>
            </span>
            <button
              type="button"
              class="button button--quiet button--small"
              aria-label={t('demoFillFor', { role: t(text) })}
              onClick={() => onFill(username)}
            >
              {t('demoFill')}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function SignIn({ isDemonstration }: { isDemonstration: boolean }) {
  const [back] = useState(takeReturn);
  const [session, setSession] = useState(readSession);
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [isShown, setIsShown] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const [refusal, setRefusal] = useState('');
  const submit = useRef<HTMLButtonElement>(null);

  // Signing out is said once; a reload or a bookmark need not hear it again.
  useEffect(() => {
    if (back?.reason === 'signedOut') forgetReturn();
  }, [back]);

  const signIn = async (event: Event) => {
    event.preventDefault();
    if (username.trim() === '' || password === '') return setRefusal(t('missing'));
    setRefusal('');
    setIsBusy(true);
    const answer = await call('POST /api/session', { body: { username: username.trim(), password } });
    if (!answer.ok) {
      setIsBusy(false);
      return setRefusal(sayRefusal(answer.problem));
    }
    keepSession(answer.data);
    forgetReturn();
    const isReturning = back !== undefined && back.reason !== 'signedOut';
    // `replace`, so that the back button does not lead to the door again.
    location.replace(isReturning ? back.path : homeOf(answer.data.user.role));
  };
  const fill = (name: string) => {
    setUsername(name);
    setPassword(demoPassword);
    setRefusal('');
    submit.current?.focus();
  };

  return (
    <div class="door">
      <form class="card stack" noValidate onSubmit={(e) => void signIn(e)}>
        {back && !refusal && <Notice tone={back.reason === 'signedOut' ? 'good' : 'wait'}>{t(`why_${back.reason}`)}</Notice>}
        {session && (
          <Notice>
            <p>{t('already', { name: session.user.name })}</p>
            <p class="row">
              <a class="button button--small" href={homeOf(session.user.role)}>
                {t('goOn')}
              </a>
              <button
                type="button"
                class="button button--quiet button--small"
                onClick={() => {
                  forgetSession();
                  setSession(undefined);
                }}
              >
                {t('signOut')}
              </button>
            </p>
          </Notice>
        )}
        <TextField
          id="username"
          label={t('username')}
          type="email"
          inputMode="email"
          autocomplete="username"
          autocapitalize="none"
          spellcheck={false}
          maxLength={128}
          required
          value={username}
          onInput={(e) => setUsername(e.currentTarget.value)}
        />
        <TextField
          id="password"
          label={t('password')}
          type={isShown ? 'text' : 'password'}
          autocomplete="current-password"
          maxLength={256}
          required
          value={password}
          onInput={(e) => setPassword(e.currentTarget.value)}
        />
        <label class="tick">
          <input type="checkbox" checked={isShown} onChange={(e) => setIsShown(e.currentTarget.checked)} /> {t('showPassword')}
        </label>
        {refusal && <Notice tone="bad">{refusal}</Notice>}
        <button ref={submit} type="submit" class="button button--wide" disabled={isBusy}>
          {t(isBusy ? 'signingIn' : 'signIn')}
        </button>
      </form>
      {isDemonstration && <Demo onFill={fill} />}
    </div>
  );
}

export function mountSignIn(): void {
  const root = need('#sign-in');
  root.replaceChildren();
  render(<SignIn isDemonstration={root.dataset.demonstration !== undefined} />, root);
}
