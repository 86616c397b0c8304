/** The style sheet of a book as one web page: a quiet column of text, light or dark as the reader's system is, and fit to print. */
export const HTML_STYLE = `:root { color-scheme: light dark; --paper: #fdfbf7; --ink: #22262a; --quiet: #5c6066; --line: #d9d4ca; --link: #7a4708; }
@media (prefers-color-scheme: dark) { :root { --paper: #16191c; --ink: #dcdcd8; --quiet: #9ba1a6; --line: #363b40; --link: #e5ad68; } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0 auto; padding: 0 1.25rem 6rem; max-width: 38rem; background: var(--paper); color: var(--ink); font: 1.125rem/1.6 Literata, Georgia, "Times New Roman", serif; hyphens: auto; overflow-wrap: break-word; }
a { color: var(--link); }
h1, h2, h3, h4, h5, h6 { font-weight: normal; line-height: 1.25; hyphens: manual; text-wrap: balance; }
.title { padding: 18vh 0 12vh; text-align: center; }
.title h1 { margin: 0; font-size: 2.4rem; }
.title p { margin: 0.6em 0 0; color: var(--quiet); }
.title .author { margin-top: 1.6em; color: var(--ink); }
nav { padding: 1.5rem 0; border-block: 1px solid var(--line); }
nav h2 { margin: 0 0 0.8rem; font-size: 1.1rem; color: var(--quiet); }
nav ol { margin: 0; padding: 0; list-style: none; }
nav ol ol { padding-inline-start: 1.4em; }
nav li { margin: 0.35em 0; }
nav a { color: inherit; text-decoration: none; }
nav a:hover, .note-call:hover { text-decoration: underline; }
section.chapter { padding-top: 5rem; }
section.chapter > h2 { margin: 0 0 2.2rem; font-size: 1.7rem; text-align: center; }
section.part > h2 { margin: 20vh 0; }
h3 { margin: 2.4em 0 0.8em; font-size: 1.25rem; text-align: center; }
h4, h5, h6 { margin: 2em 0 0.7em; font-size: 1rem; font-style: italic; text-align: center; }
p { margin: 0; text-indent: 1.4em; }
p.first, li p, figcaption, td p, th p { text-indent: 0; }
p.center, td.center, th.center { text-align: center; text-indent: 0; }
p.end, td.end, th.end { text-align: end; text-indent: 0; }
.small-caps { font-variant: small-caps; }
.underline { text-decoration: underline; }
sup, sub, .note-call { font-size: 0.7em; line-height: 0; }
blockquote, .letter { margin: 1.4em 1.6em; }
.epigraph { margin: 1.4em 2.4em 2.4em; font-style: italic; }
.verse { margin: 1.4em 1.6em; text-indent: 0; }
.line { display: inline-block; padding-inline-start: 1.5em; text-indent: -1.5em; }
ul, ol { margin: 1em 0; padding-inline-start: 2em; }
pre { margin: 1.4em 0; padding: 0.9em 1.1em; border: 1px solid var(--line); border-radius: 4px; font: 0.85em/1.45 ui-monospace, Menlo, Consolas, monospace; white-space: pre-wrap; hyphens: none; }
code { font-family: ui-monospace, Menlo, Consolas, monospace; font-size: 0.9em; }
pre code { font-size: 1em; }
hr.scene { width: 4em; margin: 2.2em auto; border: 0; border-top: 1px solid var(--quiet); }
figure { margin: 2em 0; text-align: center; }
img { max-width: 100%; height: auto; }
figcaption, caption { margin: 0.6em 0; font-size: 0.88em; font-style: italic; color: var(--quiet); }
table { margin: 1.8em auto; border-collapse: collapse; font-size: 0.92em; hyphens: manual; }
th, td { padding: 0.35em 0.8em; text-align: start; vertical-align: top; border-bottom: 1px solid var(--line); }
.note-call { vertical-align: super; padding: 0 0.1em; text-decoration: none; }
.notes { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--line); font-size: 0.88em; }
.notes aside { display: flex; gap: 0.7em; margin: 0 0 0.7em; }
.note-number, .note-text p:first-child { text-indent: 0; }
:target { scroll-margin-top: 2rem; }
aside:target { outline: 2px solid var(--link); outline-offset: 0.4em; border-radius: 2px; }
footer { margin-top: 6rem; padding-top: 1.5rem; border-top: 1px solid var(--line); font-size: 0.85em; color: var(--quiet); }
footer p { text-indent: 0; margin: 0.3em 0; }
@media print { :root { --paper: #fff; --ink: #000; --quiet: #444; --link: #000; } nav { display: none; } section.chapter { break-before: page; } }
`;
