"""Attention and recurrent layers, each one operator."""

import math

from ..recording import recorder
from ..tensor import Tensor
from .shapes import broadcast, text_of
from .table import operator


@operator()
def scaled_dot_product_attention(
    query, key, value, attn_mask=None, dropout_p=0.0, is_causal=False, scale=None, enable_gqa=False
):
    if query.shape[-1] != key.shape[-1]:
        raise RuntimeError(
            "Expected query and key to have the same size at the last dimension, but got "
            f"{text_of(query.shape)} and {text_of(key.shape)}"
        )
    if attn_mask is not None:
        broadcast((*query.shape[:-1], key.shape[-2]), attn_mask.shape)
    batch = query.shape[:-2]
    if not enable_gqa:
        batch = broadcast(query.shape[:-2], key.shape[:-2])
    return Tensor((*batch, query.shape[-2], value.shape[-1]), query.dtype)


@operator()
def multi_head_attention(
    query,
    key,
    value,
    num_heads,
    in_proj_weight,
    q_proj_weight,
    k_proj_weight,
    v_proj_weight,
    in_proj_bias,
    bias_k,
    bias_v,
    add_zero_attn,
    out_proj_weight,
    out_proj_bias,
    dropout_p,
    training,
    key_padding_mask,
    attn_mask,
    is_causal,
    need_weights,
    average_attn_weights,
    batch_first,
):
    """Attention of `nn.MultiheadAttention`, with its projections."""
    is_batched = query.ndim == 3
    if batch_first and is_batched:
        batch, length, sources = query.shape[0], query.shape[1], key.shape[1]
    else:
        length, sources = query.shape[0], key.shape[0]
        batch = query.shape[1] if is_batched else None
    _check_masks(attn_mask, key_padding_mask, num_heads, batch, (length, sources))
    result = Tensor(query.shape, query.dtype)
    if not need_weights:
        return result, None
    sources += (bias_k is not None) + bool(add_zero_attn)
    heads = () if average_attn_weights else (num_heads,)
    lead = (batch,) if batch is not None else ()
    return result, Tensor((*lead, *heads, length, sources), query.dtype)


def _check_masks(attn_mask, key_padding_mask, heads, batch, lengths):
    if attn_mask is not None:
        if attn_mask.ndim == 2 and tuple(attn_mask.shape) != lengths:
            raise RuntimeError(
                f"The shape of the 2D attn_mask is {attn_mask.shape}, but should be {lengths}."
            )
        if attn_mask.ndim == 3:
            wanted = ((batch or 1) * heads, *lengths)
            if tuple(attn_mask.shape) != wanted:
                raise RuntimeError(
                    f"The shape of the 3D attn_mask is {attn_mask.shape}, but should be {wanted}."
                )
    if key_padding_mask is not None and batch is not None:
        wanted = (batch, lengths[1])
        if tuple(key_padding_mask.shape) != wanted:
            raise AssertionError(
                f"expecting key_padding_mask shape of {wanted}, but got {key_padding_mask.shape}"
            )


@operator()
def recurrent(
    input,
    initial,
    weights,
    mode,
    hidden_size,
    num_layers,
    has_biases,
    dropout,
    training,
    bidirectional,
    batch_first,
    proj_size,
    batch_sizes,
):
    """All layers of `nn.RNN`, `nn.LSTM` or `nn.GRU`."""
    directions = 2 if bidirectional else 1
    width = proj_size or hidden_size
    if batch_sizes is not None:
        batch = (batch_sizes,)
    elif input.ndim == 2:
        batch = ()
    else:
        batch = (input.shape[0 if batch_first else 1],)
    output = Tensor((*input.shape[:-1], width * directions), input.dtype)
    state = Tensor((num_layers * directions, *batch, width), input.dtype)
    if mode == "lstm":
        return output, state, Tensor((num_layers * directions, *batch, hidden_size), input.dtype)
    return output, state


@operator()
def recurrent_cell(input, state, weight_ih, weight_hh, bias_ih, bias_hh, mode, hidden_size):
    """One step of `nn.RNNCell`, `nn.LSTMCell` or `nn.GRUCell`."""
    result = Tensor((*input.shape[:-1], hidden_size), input.dtype)
    return (result, Tensor(result.shape, input.dtype)) if mode == "lstm" else result
