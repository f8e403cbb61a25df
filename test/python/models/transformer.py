import math

import torch
import torch.nn as nn

# gradient-health: model Translator(), input [N, 11] int64 below 90, [N, 13] int64 below 80, batch 3


class PositionalEncoding(nn.Module):
    def __init__(self, d_model, dropout=0.1, max_len=500):
        super(PositionalEncoding, self).__init__()
        self.dropout = nn.Dropout(p=dropout)
        pe = torch.zeros(max_len, d_model)
        position = torch.arange(0, max_len, dtype=torch.float).unsqueeze(1)
        div_term = torch.exp(torch.arange(0, d_model, 2).float() * (-math.log(10000.0) / d_model))
        pe[:, 0::2] = torch.sin(position * div_term)
        pe[:, 1::2] = torch.cos(position * div_term)
        pe = pe.unsqueeze(0)
        self.register_buffer("pe", pe)

    def forward(self, x):
        x = x + self.pe[:, : x.size(1), :]
        return self.dropout(x)


class Translator(nn.Module):
    def __init__(self, src_vocab=90, tgt_vocab=80, d_model=32, nhead=4, layers=2):
        super().__init__()
        self.src_embed = nn.Embedding(src_vocab, d_model)
        self.tgt_embed = nn.Embedding(tgt_vocab, d_model, padding_idx=0)
        self.positions = PositionalEncoding(d_model)
        self.transformer = nn.Transformer(d_model, nhead, layers, layers, 64, batch_first=True)
        self.out = nn.Linear(d_model, tgt_vocab)
        self.d_model = d_model

    def forward(self, src, tgt):
        src_padding = src == 0
        tgt_padding = tgt.eq(0)
        causal = self.transformer.generate_square_subsequent_mask(tgt.size(1))
        src = self.positions(self.src_embed(src) * math.sqrt(self.d_model))
        tgt = self.positions(self.tgt_embed(tgt) * math.sqrt(self.d_model))
        h = self.transformer(
            src,
            tgt,
            tgt_mask=causal,
            src_key_padding_mask=src_padding,
            tgt_key_padding_mask=tgt_padding,
            memory_key_padding_mask=src_padding,
        )
        return self.out(h)


def rate(step, model_size, factor, warmup):
    if step == 0:
        step = 1
    return factor * (model_size ** (-0.5) * min(step ** (-0.5), step * warmup ** (-1.5)))


if __name__ == "__main__":
    model = Translator()
    for p in model.parameters():
        if p.dim() > 1:
            nn.init.xavier_uniform_(p)
    optimizer = torch.optim.Adam(model.parameters(), lr=1.0, betas=(0.9, 0.98), eps=1e-9)
    scheduler = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lr_lambda=lambda step: rate(step, 32, 1.0, 400)
    )
    loss_fn = nn.CrossEntropyLoss(ignore_index=0)
    for i in range(5):
        src, tgt = torch.randint(1, 90, (3, 11)), torch.randint(1, 80, (3, 13))
        logits = model(src, tgt[:, :-1])
        loss = loss_fn(logits.reshape(-1, logits.shape[-1]), tgt[:, 1:].reshape(-1))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        scheduler.step()
