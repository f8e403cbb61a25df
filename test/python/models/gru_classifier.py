import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

# gradient-health: model BiGRU(vocab_size=500), input [20] int64 below 500, loss cross-entropy, batch 3


class BiGRU(nn.Module):
    def __init__(self, vocab_size, embed_dim=32, hidden=24, classes=4):
        super().__init__()
        self.embedding = nn.Embedding(vocab_size, embed_dim, padding_idx=0)
        self.gru = nn.GRU(
            embed_dim, hidden, num_layers=2, batch_first=True, bidirectional=True, dropout=0.3
        )
        self.attention = nn.Linear(2 * hidden, 1)
        self.out = nn.Linear(4 * hidden, classes)

    def forward(self, x, lengths=None):
        e = self.embedding(x)
        if lengths is not None:
            packed = pack_padded_sequence(e, lengths, batch_first=True, enforce_sorted=False)
            h, last = self.gru(packed)
            h, _ = pad_packed_sequence(h, batch_first=True)
        else:
            h, last = self.gru(e)
        scores = self.attention(h).squeeze(-1)
        weights = torch.softmax(scores, dim=1)
        context = torch.bmm(weights.unsqueeze(1), h).squeeze(1)
        final = torch.cat((last[-2], last[-1]), dim=1)
        return self.out(torch.cat([context, final], -1))


if __name__ == "__main__":
    model = BiGRU(500)
    optimizer = torch.optim.NAdam(model.parameters(), lr=2e-3)
    scheduler = torch.optim.lr_scheduler.ReduceLROnPlateau(optimizer, factor=0.5, patience=3)
    for step in range(4):
        x = torch.randint(1, 500, (3, 20))
        loss = nn.functional.cross_entropy(
            model(x, torch.tensor([20, 11, 7])), torch.randint(0, 4, (3,))
        )
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        scheduler.step(loss)
