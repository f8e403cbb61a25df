import torch
from torch import nn

# gradient-health: model SeriesModel(), input [30, 7], batch 4


class SeriesModel(nn.Module):
    def __init__(self, features=7, d_model=24, heads=3, layers=2):
        super().__init__()
        self.input = nn.Linear(features, d_model)
        layer = nn.TransformerEncoderLayer(
            d_model,
            heads,
            dim_feedforward=48,
            dropout=0.0,
            activation="gelu",
            batch_first=True,
            norm_first=True,
        )
        self.encoder = nn.TransformerEncoder(layer, layers, norm=nn.LayerNorm(d_model))
        decoder_layer = nn.TransformerDecoderLayer(d_model, heads, 48, batch_first=True)
        self.decoder = nn.TransformerDecoder(decoder_layer, num_layers=1)
        self.queries = nn.Parameter(torch.empty(5, d_model))
        nn.init.normal_(self.queries, std=0.02)
        self.cross = nn.MultiheadAttention(
            d_model, heads, kdim=features, vdim=features, batch_first=True
        )
        self.head = nn.Linear(d_model, 1)

    def forward(self, x):
        memory = self.encoder(self.input(x))
        q = self.queries.unsqueeze(0).expand(x.size(0), -1, -1)
        h = self.decoder(q, memory)
        attended, weights = self.cross(h, x, x)
        return self.head(h + attended).squeeze(-1), weights
