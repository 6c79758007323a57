import '@fontsource-variable/geist/wght.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/shell.css';
import './styles/gallery.css';
import './styles/progress.css';
import './styles/picture.css';
import './styles/form.css';
import './styles/create.css';
import './styles/cards.css';
import './styles/new-reference.css';
import './styles/account.css';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { router } from './router.tsx';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with the id `root`.');
createRoot(root).render(
  <StrictMode>
    <RouterProvider router={router} />
  </StrictMode>,
);
