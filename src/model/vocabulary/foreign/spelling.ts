/** Modules of PyTorch and Keras that a copied name may still have before its dot. */
const MODULE =
  /^(?:torch|tf|keras|nn|optim|layers|losses|optimizers|initializers|activations|functional|init|lr_scheduler|F)\.(?=\w)/;

/** A name without what only style decides: `Conv2D`, `conv_2d`, `nn.Conv2d` and `conv2d` become the same. */
export function plainSpelling(name: string): string {
  let bare = name;
  while (MODULE.test(bare)) bare = bare.replace(MODULE, '');
  return bare.toLowerCase().replace(/[-_\s]/g, '');
}
