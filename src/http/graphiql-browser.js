/**
 * What GraphiQL's page does in the browser: the bar with the key and the examples, and GraphiQL below it. It is written into
 * the page, whose policy knows it by its hash, and lets it load GraphiQL.
 */
const KEY = 'astria-graphql:key';
const byId = (id) => document.getElementById(id);
const settings = JSON.parse(byId('settings').textContent);
const assets = `${location.pathname.replace(/\/$/, '')}/assets/`;
const { key, note, examples } = {
  key: byId('key'),
  note: byId('note'),
  examples: byId('examples'),
};

/** The key is kept until the browser's tab is closed, and is sent with all that GraphiQL asks. */
key.value = sessionStorage.getItem(KEY) ?? '';
key.addEventListener('input', () => sessionStorage.setItem(KEY, key.value.trim()));
// The schema, and what was refused without it, are asked for again.
key.addEventListener(
  'change',
  () => document.body.classList.contains('refused') && location.reload(),
);
byId('bar').addEventListener('submit', (event) => event.preventDefault());

const send = window.fetch.bind(window);
window.fetch = async (input, init = {}) => {
  const headers = new Headers(init.headers);
  const value = key.value.trim();
  if (value && !headers.has('authorization')) headers.set('authorization', `Bearer ${value}`);
  const response = await send(input, { ...init, headers });
  if (/json/.test(response.headers.get('content-type'))) void judge(response.clone());
  return response;
};

/** Who is not known is told where the key goes; null where it is none of GraphiQL's answers. */
async function judge(response) {
  const answer = await response.json().catch(() => null);
  const isRefused = [answer].flat().some((one) => one?.errors?.some(isOfTheKey));
  document.body.classList.toggle('refused', isRefused);
  note.textContent = isRefused ? settings.refused : settings.hint;
  const id = answer?.data?.createPrompt?.prompt?.id;
  if (id) watch(id);
}

/** Writes the id of a prompt that was created into the variables of the open tab, if that tab also watches a prompt. */
function watch(id) {
  const [query, variables] = ['operation.graphql', 'variables.json'].map((name) =>
    self.monaco.editor.getModels().find(({ uri }) => uri.path.endsWith(name)),
  );
  if (!/^subscription PromptLive/m.test(query.getValue())) return;
  variables.setValue(variables.getValue().replace(/("id":\s*)"[^"]*"/, `$1"${id}"`));
}
const isOfTheKey = ({ extensions }) => extensions?.code === 'UNAUTHENTICATED';

note.textContent = settings.hint;
key.placeholder = settings.placeholder;
for (const group of settings.groups) {
  const section = document.createElement('section');
  section.append(Object.assign(document.createElement('h2'), { textContent: group.title }));
  for (const { name, title, about } of group.examples) {
    const link = Object.assign(document.createElement('a'), {
      href: `?example=${name}`,
      textContent: title,
    });
    link.append(Object.assign(document.createElement('small'), { textContent: about }));
    section.append(link);
  }
  byId('menu').append(section);
}
document.addEventListener('click', (event) => {
  if (!examples.contains(event.target)) examples.open = false;
});
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') examples.open = false;
});

/** An example that was chosen, or a query of the address, becomes a tab beside those that are there. */
const search = new URLSearchParams(location.search);
const all = settings.groups.flatMap((group) => group.examples);
const chosen = all.find(({ name }) => name === search.get('example'));
const tabOf = ({ query, variables }) => ({ query, variables, headers: settings.headers });
/** Joins the operations of a tab. GraphiQL asks which of two to run. */
const joined = ([example, next]) =>
  next
    ? {
        query: `${example.query}\n${next.query}`,
        variables: JSON.stringify(
          { ...JSON.parse(example.variables), ...JSON.parse(next.variables) },
          null,
          2,
        ),
      }
    : example;
const tabs = settings.tabs.map((names) =>
  tabOf(joined(names.map((name) => all.find((one) => one.name === name)))),
);
const [query, variables] = ['query', 'variables'].map((name) => chosen?.[name] ?? search.get(name));
const first = query ? [tabOf({ query, variables: variables ?? '' })] : [];
// GraphiQL shows of the tab that is open what it is given besides, and opens an empty one where that is in none.
const kept = JSON.parse(localStorage.getItem('graphiql:tabState') ?? '{}');
const open = first[0] ?? kept.tabs?.[kept.activeTabIndex] ?? { variables: tabs[0].variables };

self.MonacoEnvironment = {
  // It is asked below for a hover of our own.
  globalAPI: true,
  getWorkerUrl: (_, label) => assets + settings.assets[label],
};

/**
 * GraphiQL's own hover knows addresses without a host only: this shows the picture at any that stands in an answer. Those of
 * Astria have no ending.
 */
const PICTURE =
  /https?:\/\/[^\s"/]+\/(?:[^\s"?]*\/)?[^\s"?/.]+(?:\.(?:png|jpe?g|gif|webp))?(?:\?[^\s"]*)?(?=")/gi;
function pictureAt(model, { lineNumber, column }) {
  for (const { 0: url, index } of model.getLineContent(lineNumber).matchAll(PICTURE)) {
    const [startColumn, endColumn] = [index + 1, index + 1 + url.length];
    if (column < startColumn || column > endColumn) continue;
    const range = {
      startLineNumber: lineNumber,
      endLineNumber: lineNumber,
      startColumn,
      endColumn,
    };
    return { range, contents: [{ value: `![No picture](${url}|height=280)` }] };
  }
  return null;
}

const style = Object.assign(document.createElement('link'), {
  rel: 'stylesheet',
  href: assets + settings.assets.css,
});
const script = Object.assign(document.createElement('script'), {
  src: assets + settings.assets.js,
});
script.addEventListener('load', () => {
  // The comments of the examples are longer than the editor is wide, and say what costs money.
  self.monaco.editor.onDidCreateEditor((editor) => editor.updateOptions({ wordWrap: 'on' }));
  self.monaco.languages.registerHoverProvider('json', { provideHover: pictureAt });
  self.YogaGraphiQL.renderYogaGraphiQL(byId('root'), {
    defaultTabs: [...first, ...tabs],
    query: open.query,
    variables: open.variables,
    headers: settings.headers,
    defaultHeaders: settings.headers,
    defaultEditorToolsVisibility: 'variables',
    shouldPersistHeaders: false,
    // It would write each query into the address: a long one could not even be asked for again.
    onEditQuery() {},
  });
  if (query) history.replaceState({}, '', location.pathname);
});
script.addEventListener('error', () => {
  byId('root').textContent = 'GraphiQL could not be loaded. Load the page again.';
});
document.head.append(style, script);
