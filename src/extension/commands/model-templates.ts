/** Model files to start from. Each trains as it stands. */

export interface ModelTemplate {
  readonly id: string;
  /** Its purpose in a few words. */
  readonly title: string;
  readonly detail: string;
  /** First part of the proposed file name. */
  readonly fileName: string;
  readonly text: string;
}

export const MODEL_TEMPLATES: readonly ModelTemplate[] = [
  {
    id: 'classifier',
    title: 'Classifier',
    detail: 'Two dense layers that classify points',
    fileName: 'classifier',
    text: `name: Classifier
input: [2]                   # shape of one example
layers:
  - { name: hidden, type: dense, units: 32, activation: relu, kernel_initializer: he-normal }
  - { name: classes, type: dense, units: 3 }
loss: cross-entropy
data: { type: spirals }
optimizer: { type: adam, learning_rate: 0.003 }
batch_size: 32
steps: 300
validation: 0.2
seed: 1
`,
  },
  {
    id: 'sequence',
    title: 'Sequence model',
    detail: 'An LSTM with a memory of 50 time steps',
    fileName: 'sequence',
    text: `name: Sequence
input: [50, 2]               # time steps, features
layers:
  - { name: memory, type: lstm, units: 32 }
  - { name: answer, type: dense, units: 1 }
loss: mse
data: { type: adding-problem }
optimizer: { type: adam, learning_rate: 0.003 }
clip: { type: norm, max: 1.0 }
batch_size: 32
steps: 300
seed: 1
`,
  },
  {
    id: 'residual',
    title: 'Deep residual network',
    detail: 'Blocks with shortcuts, which keep a deep network trainable',
    fileName: 'residual',
    text: `name: Deep residual network
input: [16]
layers:
  - { name: first, type: dense, units: 32 }
  - name: block1
    type: residual
    layers:
      - { type: layer-norm }
      - { type: dense, units: 32, activation: relu, kernel_initializer: he-normal }
      - { type: dense, units: 32 }
  - name: block2
    type: residual
    layers:
      - { type: layer-norm }
      - { type: dense, units: 32, activation: relu, kernel_initializer: he-normal }
      - { type: dense, units: 32 }
  - { name: answer, type: dense, units: 1 }
loss: mse
data: { type: teacher }
optimizer: { type: adam, learning_rate: 0.001 }
steps: 300
seed: 1
`,
  },
  {
    id: 'csv',
    title: 'Your own data',
    detail: 'A classifier that learns from a CSV file with a header',
    fileName: 'own-data',
    text: `name: Your own data
input: [4]                   # the number of columns of the CSV file besides the target
layers:
  - { name: hidden, type: dense, units: 16, activation: relu, kernel_initializer: he-normal }
  - { name: classes, type: dense, units: 3 }
loss: cross-entropy
data: { type: csv, path: data.csv, target: label, standardize: true }   # path is relative to this file
optimizer: { type: adam, learning_rate: 0.01 }
validation: 0.2
steps: 300
seed: 1
`,
  },
];
