"""The server of llama.cpp (of the package xllamacpp) for each model, on free ports of 127.0.0.1.

usage: llama.py MODEL...

MODEL is a GGUF file, or a number: the seed of a small model with random weights that is made here. Prints the ports as a
line of JSON; ends when standard input does.
"""
import json, os, sys, tempfile

import gguf
import numpy as np
import xllamacpp

WIDTH, LAYERS, HEADS, INNER, CONTEXT = 64, 2, 2, 96, 512
CHAT = "{% for m in messages %}<|{{ m.role }}|>{{ m.content }}{% endfor %}<|assistant|>"
# The alphabet of a byte tokeniser: three marks, all bytes, and printable characters of their own.
LETTERS = ["\u2581"] + [chr(c) for c in range(0x21, 0x7F)]


def make(path, seed):
    """Writes a model of architecture llama with random weights: nonsense as text, real as a protocol."""
    random = np.random.default_rng(seed)
    tokens = ["<unk>", "<s>", "</s>"] + [f"<0x{b:02X}>" for b in range(256)] + LETTERS
    kinds = [gguf.TokenType.UNKNOWN] + [gguf.TokenType.CONTROL] * 2 + [gguf.TokenType.BYTE] * 256
    kinds += [gguf.TokenType.NORMAL] * len(LETTERS)
    file = gguf.GGUFWriter(path, "llama")
    file.add_name(f"random-{seed}")
    file.add_context_length(CONTEXT)
    file.add_embedding_length(WIDTH)
    file.add_block_count(LAYERS)
    file.add_feed_forward_length(INNER)
    file.add_head_count(HEADS)
    file.add_head_count_kv(HEADS)
    file.add_rope_dimension_count(WIDTH // HEADS)
    file.add_layer_norm_rms_eps(1e-5)
    file.add_vocab_size(len(tokens))
    file.add_file_type(gguf.LlamaFileType.ALL_F32)
    file.add_tokenizer_model("llama")
    file.add_token_list(tokens)
    file.add_token_scores([0.0] * 259 + [-float(i) for i in range(len(LETTERS))])
    file.add_token_types(kinds)
    file.add_unk_token_id(0)
    file.add_bos_token_id(1)
    file.add_eos_token_id(2)
    file.add_chat_template(CHAT)

    def put(name, *shape):
        file.add_tensor(name, random.normal(0, 0.3, shape).astype(np.float32))

    def ones(name):
        file.add_tensor(name, np.ones(WIDTH, np.float32))

    put("token_embd.weight", len(tokens), WIDTH)
    put("output.weight", len(tokens), WIDTH)
    ones("output_norm.weight")
    for i in range(LAYERS):
        ones(f"blk.{i}.attn_norm.weight")
        ones(f"blk.{i}.ffn_norm.weight")
        for part in ("attn_q", "attn_k", "attn_v", "attn_output"):
            put(f"blk.{i}.{part}.weight", WIDTH, WIDTH)
        put(f"blk.{i}.ffn_gate.weight", INNER, WIDTH)
        put(f"blk.{i}.ffn_up.weight", INNER, WIDTH)
        put(f"blk.{i}.ffn_down.weight", WIDTH, INNER)
    file.write_header_to_file()
    file.write_kv_data_to_file()
    file.write_tensors_to_file()
    file.close()


def serve(path):
    parameters = xllamacpp.CommonParams()
    parameters.model.path = path
    parameters.n_ctx = 4 * CONTEXT
    parameters.n_parallel = 4
    parameters.cpuparams.n_threads = 1
    parameters.verbosity = 0
    parameters.warmup = False
    return xllamacpp.Server(parameters)


def main():
    with tempfile.TemporaryDirectory() as folder:
        servers = []
        for name in sys.argv[1:]:
            path = name
            if name.isdigit():
                path = os.path.join(folder, f"random-{name}.gguf")
                make(path, int(name))
            servers.append(serve(path))
        print(json.dumps([int(s.listening_address.rsplit(":", 1)[1]) for s in servers]), flush=True)
        sys.stdin.read()
    # Its threads do not end by themselves.
    os._exit(0)


main()
