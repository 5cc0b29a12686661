/** Every workspace page begins here: whoever is not signed in goes to the door, whoever has another role is told so. */
import { type ComponentChild, render } from 'preact';
import { translator } from '../i18n/index.ts';
import { accounts } from '../i18n/vi.ts';
import { need } from '../platform/dom.ts';
import { links } from '../platform/links.ts';
import { Notice } from '../ui/states.tsx';
import { forgetSession, goSignIn, hadSession, readSession, type User } from './session.ts';

const t = translator('accounts', accounts);

function WrongRole({ user, isStall }: { user: User; isStall: boolean }) {
  return (
    <div class="stack">
      <Notice tone="wait">
        <h1 class="wrong-role">{t('wrongRole', { name: user.name })}</h1>
        <p>{t(isStall ? 'wrongRoleSeller' : 'wrongRoleDepartment')}</p>
      </Notice>
      <div>
        <a class="button" href={links.signIn} onClick={() => forgetSession()}>
          {t('otherAccount')}
        </a>
      </div>
    </div>
  );
}

export function mountAs(roles: readonly User['role'][], page: (user: User) => ComponentChild): void {
  const session = readSession();
  if (!session) {
    goSignIn(hadSession() ? 'expired' : 'needed');
    return;
  }
  const root = need('#work');
  root.replaceChildren();
  render(
    roles.includes(session.user.role) ? page(session.user) : <WrongRole user={session.user} isStall={roles.includes('seller')} />,
    root,
  );
}
