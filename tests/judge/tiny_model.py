"""A language model of half a megabyte with random weights, for a real server to serve.

Byte-level vocabulary: whatever the grammar of a JSON schema allows can be written with it. One
embedding dimension is a bias: the same large value for every token in, and out of it a liking for
quotation marks and a dislike of control bytes, so that the nonsense is readable and comes to an end
(an answer that is cut off makes this server say 500: its parser wants the whole).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

WORDS = ("项目", "资金", "绩效", "目标", "完成", "指标", "说明", "请", "单位", "情况")
LAYERS, WIDTH, HEADS, INNER, CONTEXT = 2, 64, 4, 128, 40960
# Strings end after a dozen characters, lists mostly hold something, nothing is escaped.
_LIKING = {ord('"'): 0.35, ord("{"): 0.2, ord(","): 0.05, ord("\\"): -4.0}
TEMPLATE = (
    "{% for message in messages %}{{ message['role'] }}: {{ message['content'] }}\n{% endfor %}assistant: "
)


def write(path: Path, seed: int = 7) -> Path:
    """Needs the packages `gguf` and `numpy`."""
    import gguf
    import numpy

    random = numpy.random.default_rng(seed)
    tokens = [b"<unk>", b"<s>", b"</s>", *(f"<0x{byte:02X}>".encode() for byte in range(256))]
    kinds = [2, 3, 3, *([6] * 256)]
    tokens += [word.encode() for word in WORDS]
    kinds += [1] * len(WORDS)
    writer: Any = gguf.GGUFWriter(path, "llama")
    writer.add_name("tiny")
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(LAYERS)
    writer.add_feed_forward_length(INNER)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(HEADS)
    writer.add_rope_dimension_count(WIDTH // HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_vocab_size(len(tokens))
    writer.add_tokenizer_model("llama")
    writer.add_token_list(tokens)
    writer.add_token_scores([0.0] * 259 + [10.0] * len(WORDS))
    writer.add_token_types(kinds)
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_unk_token_id(0)
    writer.add_add_bos_token(True)
    writer.add_add_space_prefix(False)
    writer.add_chat_template(TEMPLATE)

    def matrix(rows: int, columns: int) -> Any:
        return (random.standard_normal((rows, columns)) * 0.05).astype(numpy.float32)

    embedding, output = matrix(len(tokens), WIDTH), matrix(len(tokens), WIDTH)
    embedding[:, 0] = 8.0
    output[:, 0] = 0.0
    for byte in range(256):
        output[3 + byte, 0] = _LIKING.get(byte, 0.0 if 32 <= byte < 127 else -4.0)
    output[:2, 0] = -4.0
    output[3 + 256 :, 0] = 0.3
    writer.add_tensor("token_embd.weight", embedding)
    writer.add_tensor("output_norm.weight", numpy.ones(WIDTH, dtype=numpy.float32))
    writer.add_tensor("output.weight", output)
    for layer in range(LAYERS):
        block = f"blk.{layer}."
        for name in ("attn_norm", "ffn_norm"):
            writer.add_tensor(f"{block}{name}.weight", numpy.ones(WIDTH, dtype=numpy.float32))
        for name in ("attn_q", "attn_k", "attn_v", "attn_output"):
            writer.add_tensor(f"{block}{name}.weight", matrix(WIDTH, WIDTH))
        for name in ("ffn_gate", "ffn_up"):
            writer.add_tensor(f"{block}{name}.weight", matrix(INNER, WIDTH))
        writer.add_tensor(f"{block}ffn_down.weight", matrix(WIDTH, INNER))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path
