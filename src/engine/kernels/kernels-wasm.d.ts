/** The compiled AssemblyScript kernels, provided by the build (see `scripts/compile-kernels.mjs`). */
declare module '#kernels.wasm' {
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}
