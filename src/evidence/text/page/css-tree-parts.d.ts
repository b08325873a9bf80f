/** The parts of css-tree that are used, by their own doors: the whole of it takes long to load. */
declare module 'css-tree/tokenizer' {
  export { tokenize, tokenNames } from 'css-tree';
}
declare module 'css-tree/utils' {
  export { ident, string } from 'css-tree';
}
