/** A model whose every cure, and pairs of them, train in seconds. */
export const WEIGHTS_FAR_TOO_LARGE = {
  file: 'weights-far-too-large.model.yaml',
  text: `name: Weights far too large
input: [8]
layers:
  - { name: first, type: dense, units: 16, activation: relu, kernel_initializer: { type: normal, std: 4 } }
  - { name: second, type: dense, units: 16, activation: relu, kernel_initializer: { type: normal, std: 4 } }
  - { name: third, type: dense, units: 16, activation: relu, kernel_initializer: { type: normal, std: 4 } }
  - { name: answer, type: dense, units: 1 }
loss: mse
data: { type: teacher, examples: 256 }
optimizer: { type: sgd, learning_rate: 0.01 }
steps: 60
`,
} as const;
