/** The public site of an edition: every page, style, picture and file of it, and a server to look at it. */
export { type BuildOptions, type Built, buildSite, languagesOf } from './build.ts';
export { isLanguage, LANGUAGES, type Language } from './languages.ts';
export { OutputError } from './output.ts';
export { NoBrowserError } from './print.ts';
export { type Served, serveFolder } from './serve.ts';
