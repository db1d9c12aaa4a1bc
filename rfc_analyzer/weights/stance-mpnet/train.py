"""Train the stance reader from the published weights of all-mpnet-base-v2 and the corpus in this folder.

    python train.py FOLDER_WITH_model.safetensors_AND_tokenizer.json trained.safetensors [--start earlier.safetensors]

Needs torch, numpy, safetensors and tokenizers in an environment of their own, two processor cores and some hours. First
the model reads only statements put together by rule, then those and the passages: with passages from the start it never
finds out that a denial turns a stance. The topics that the corpus marks as held out are never trained on; how well the
model reads them is printed. ``--start`` goes on from weights of an earlier run, with passages at once; ``unmake.py``
makes them of what ships.
"""

from __future__ import annotations

import argparse
import math
import random
import time
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np
import torch
from corpus import Example, Topic, asked_examples, framed_examples, plain_examples, read_topics, with_joined
from phrases import NONE, OPPOSE
from safetensors.numpy import load_file, save_file
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

HERE = Path(__file__).resolve().parent
WEIGHTS_SHA256 = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"
LAYERS, HEADS, WIDTH, WORDS, PLACES, CLASSES, EPSILON = 12, 12, 768, 30527, 514, 4, 1e-5
FIRST_PLACE, SEPARATOR = 2, 2  # the first token's row in the table of places; the number of the token between texts
BUCKETS, FARTHEST = 32, 128  # kinds of distance between two tokens, and where they stop to differ
TEXT_TOKENS, PROPOSITION_TOKENS, TOKENS_A_STEP, DROPOUT, HEAD_FASTER = 120, 40, 2000, 0.1, 5
JOINED = 8  # texts of several passages for each topic
CLASS_WEIGHTS = (1.0, 1.0, 1.2, 0.6)
LAYER_NAMES = {
    "query": "attention.attn.q", "key": "attention.attn.k", "value": "attention.attn.v",
    "dense": "attention.attn.o", "attended": "attention.LayerNorm",
    "inner": "intermediate.dense", "outer": "output.dense", "norm": "output.LayerNorm",
}  # fmt: skip
# steps, learning rate, statements of each proposition a round, whether passages are read too
STATEMENTS = (150, 5e-5, 4, False)
PASSAGES = (4e-5, 1, True)


class Layer(nn.Module):
    """One transformer layer, with the names that the weights have."""

    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value, self.dense = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.attended, self.norm = nn.LayerNorm(WIDTH, EPSILON), nn.LayerNorm(WIDTH, EPSILON)
        self.inner, self.outer = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)

    def forward(self, value: Tensor, bias: Tensor) -> Tensor:
        texts, tokens, _ = value.shape

        def split(part: Tensor) -> Tensor:
            return part.view(texts, tokens, HEADS, WIDTH // HEADS).transpose(1, 2)

        query, key, content = (split(part(value)) for part in (self.query, self.key, self.value))
        # written out: on a processor its gradient takes a fifth of the time of the built-in one
        seen = torch.softmax(query @ key.transpose(2, 3) * (WIDTH // HEADS) ** -0.5 + bias, dim=-1).to(content.dtype)
        mixed = (seen @ content).transpose(1, 2).reshape(texts, tokens, WIDTH)
        value = self.attended(value + dropped(self.dense(mixed), self.training))
        return self.norm(value + dropped(self.outer(functional.gelu(self.inner(value))), self.training))


def dropped(value: Tensor, training: bool) -> Tensor:
    """Dropout of whole columns of a text: one random number for all its tokens, as drawing one for each takes long."""
    kept = torch.ones(value.shape[0], 1, value.shape[2], dtype=value.dtype)
    return value * functional.dropout(kept, DROPOUT, training) if training else value


class Reader(nn.Module):
    """The network that ``make.py`` writes as a graph."""

    def __init__(self, kind: torch.dtype = torch.bfloat16) -> None:
        super().__init__()
        self.kind = kind
        self.words, self.places = (nn.Embedding(n, WIDTH) for n in (WORDS, PLACES))
        self.distances = nn.Embedding(BUCKETS, HEADS)
        self.norm = nn.LayerNorm(WIDTH, EPSILON)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.pooler, self.classifier = nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, CLASSES)
        for part in (self.pooler, self.classifier):
            nn.init.normal_(part.weight, std=0.02)
            nn.init.zeros_(part.bias)

    def precision(self) -> torch.autocast:
        """In which the layers multiply."""
        return torch.autocast("cpu", self.kind, enabled=self.kind is not torch.float32)

    def named_weights(self) -> Iterator[tuple[str, nn.Parameter]]:
        """Every parameter, by the name that the published weights give it."""
        yield "embeddings.word_embeddings.weight", self.words.weight
        yield "embeddings.position_embeddings.weight", self.places.weight
        yield "encoder.relative_attention_bias.weight", self.distances.weight
        parts = [("embeddings.LayerNorm", self.norm), ("pooler.dense", self.pooler), ("classifier", self.classifier)]
        for number, layer in enumerate(self.layers):
            parts += [(f"encoder.layer.{number}.{n}", getattr(layer, own)) for own, n in LAYER_NAMES.items()]
        for name, part in parts:
            yield f"{name}.weight", part.weight
            yield f"{name}.bias", part.bias

    def forward(self, ids: Tensor, positions: Tensor, blocks: Tensor, starts: Tensor) -> Tensor:
        """Logits of each proposition; block 0 is the text, 1 and more are propositions, -1 is padding."""
        value = dropped(self.norm(self.words(ids) + self.places(positions + FIRST_PLACE)), self.training)
        seen, seeing = blocks[:, None, :], blocks[:, :, None]
        allowed = ((seen == 0) | (seen == seeing)) & (seen >= 0)
        bias = self.distances(buckets(positions[:, None, :] - positions[:, :, None])).permute(0, 3, 1, 2)
        bias = bias.masked_fill(~allowed[:, None], -1e4).to(self.kind)
        for layer in self.layers:
            value = layer(value, bias)
        pooled = torch.tanh(self.pooler(value[starts[:, 0], starts[:, 1]]))
        return self.classifier(functional.dropout(pooled, DROPOUT, self.training)).float()


def buckets(behind: Tensor) -> Tensor:
    """The kind of distance to a token that stands ``behind`` so much; negative for one before."""
    half, exact = BUCKETS // 2, BUCKETS // 4
    size = behind.abs()
    far = exact + torch.log(size.clamp(min=1) / exact) / math.log(FARTHEST / exact) * (half - exact)
    return torch.where(size < exact, size, far.long().clamp(max=half - 1)) + half * (behind > 0).long()


def load(model: Reader, source: Path, still: int) -> None:
    """Published weights or those of an earlier run; the tables and the lowest ``still`` layers are not trained."""
    stored = {name: torch.tensor(value) for name, value in load_file(source).items()}
    for name, parameter in model.named_weights():
        if name in stored:
            parameter.data = stored[name].clone()
    for part in (model.words, model.places, model.distances, *model.layers[:still]):
        part.requires_grad_(False)


Packed = tuple[list[int], list[int], list[int], list[int], list[int]]  # ids, positions, blocks, starts, classes


def pack(tokenizer: Tokenizer, examples: Sequence[Example]) -> list[Packed]:
    """Each text and what is asked of it as one row of tokens."""
    packed = []
    for text, asked in examples:
        ids = tokenizer.encode(text).ids[:TEXT_TOKENS]
        length = len(ids)
        positions, blocks, starts = list(range(length)), [0] * length, []
        for number, (proposition, _) in enumerate(asked, start=1):
            more = [SEPARATOR, *tokenizer.encode(proposition).ids[1:]][:PROPOSITION_TOKENS]
            starts.append(len(ids))
            ids = ids + more
            positions += range(length, length + len(more))
            blocks += [number] * len(more)
        packed.append((ids, positions, blocks, starts, [way for _, way in asked]))
    return packed


def batches(rows: Sequence[Packed], rng: random.Random) -> list[list[int]]:
    """Rows of like length together, in random order."""
    order = list(range(len(rows)))
    rng.shuffle(order)
    order = [i for s in range(0, len(order), 1024) for i in sorted(order[s : s + 1024], key=lambda i: len(rows[i][0]))]
    found: list[list[int]] = [[]]
    for i in order:
        widest = max(len(rows[j][0]) for j in [*found[-1], i])
        if found[-1] and widest * (len(found[-1]) + 1) > TOKENS_A_STEP:
            found.append([])
        found[-1].append(i)
    rng.shuffle(found)
    return found


def tensors(rows: Sequence[Packed], batch: Sequence[int]) -> tuple[list[Tensor], Tensor]:
    """What the model takes, and the classes that it should give."""
    width = max(len(rows[i][0]) for i in batch)
    fed = np.zeros((3, len(batch), width), np.int64)
    fed[2] = -1
    starts, classes = [], []
    for row, i in enumerate(batch):
        for part in range(3):
            fed[part, row, : len(rows[i][0])] = rows[i][part]
        starts += [(row, column) for column in rows[i][3]]
        classes += rows[i][4]
    return [*(torch.tensor(part) for part in fed), torch.tensor(starts)], torch.tensor(classes)


def losses(logits: Tensor, classes: Tensor) -> Tensor:
    """How wrong the classes are, and again which way, where there is one: most texts have none."""
    loss = functional.cross_entropy(logits, classes, torch.tensor(CLASS_WEIGHTS), label_smoothing=0.03)
    sided = classes <= OPPOSE
    return loss + functional.cross_entropy(logits[sided][:, :2], classes[sided]) if sided.any() else loss


def train(
    model: Reader,
    tokenizer: Tokenizer,
    topics: list[Topic],
    stages: Sequence[tuple[int, float, int, bool]],
    save: Callable[[], None],
) -> None:
    """All stages, the learning rate falling to nothing in each; ``save`` keeps what is there now and then."""
    rng = random.Random(0)
    trained = [p for p in model.parameters() if p.requires_grad]
    new = [*model.pooler.parameters(), *model.classifier.parameters()]
    old = [p for p in trained if not any(p is other for other in new)]
    groups = [
        {"params": old, "weight_decay": 0.01, "faster": 1},
        {"params": new, "weight_decay": 0.0, "faster": HEAD_FASTER},
    ]
    for steps, rate, each, passages in stages:
        optimizer = torch.optim.AdamW(groups, lr=rate, betas=(0.9, 0.98), fused=True)
        step, started = 0, time.time()
        while step < steps:
            examples = framed_examples(topics, rng, each)
            rows = pack(
                tokenizer, examples + (asked_examples(with_joined(topics, rng, JOINED), rng) if passages else [])
            )
            for batch in batches(rows, rng)[: steps - step]:
                model.train()
                for group in optimizer.param_groups:
                    group["lr"] = rate * group["faster"] * min(1, (step + 1) / 40) * max(0.02, 1 - step / steps)
                fed, classes = tensors(rows, batch)
                with model.precision():
                    logits = model(*fed)
                loss = losses(logits, classes)
                optimizer.zero_grad()
                loss.backward()
                nn.utils.clip_grad_norm_(trained, 1.0)
                optimizer.step()
                step += 1
                if step % 100 == 0:
                    print(
                        f"step {step} of {steps}: loss {float(loss.detach()):.3f}, {time.time() - started:.0f} s",
                        flush=True,
                    )
                    save()


def measure(model: Reader, tokenizer: Tokenizer, examples: list[Example], name: str) -> None:
    """Print how well the model tells what is taken up, and which way."""
    rows = pack(tokenizer, examples)
    model.eval()
    logits, classes = [], []
    with torch.no_grad(), model.precision():
        for batch in batches(rows, random.Random(0)):
            fed, truth = tensors(rows, batch)
            logits.append(model(*fed))
            classes.append(truth)
    said, truth = torch.cat(logits), torch.cat(classes)
    right = float((said.argmax(1) == truth).float().mean())
    both = float(((said.argmax(1) != NONE) & (truth != NONE)).sum())
    taken = 2 * both / max(1.0, float((said.argmax(1) != NONE).sum() + (truth != NONE).sum()))
    sided = truth <= OPPOSE
    way = float((said[sided][:, :2].argmax(1) == truth[sided]).float().mean())
    print(f"{name}: {len(truth)} pairs, accuracy {right:.3f}, taken-up F1 {taken:.3f}, direction {way:.3f}")


def main() -> None:
    """Train, measure where topics are held out, and write the weights."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--start", type=Path)
    parser.add_argument("--steps", type=int, default=1500, help="steps with passages")
    parser.add_argument("--still", type=int, default=0, help="lowest layers that are left as they are")
    parser.add_argument("--float32", action="store_true", help="for processors that have no product of 16-bit numbers")
    given = parser.parse_args()
    torch.manual_seed(0)
    topics = read_topics(HERE / "corpus.jsonl.gz")
    apart = [t for t in topics if t["held_out"]]
    tokenizer = Tokenizer.from_file(str(given.folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    model = Reader(torch.float32 if given.float32 else torch.bfloat16)
    source = given.folder / "model.safetensors"
    if not given.start and sha256(source.read_bytes()).hexdigest() != WEIGHTS_SHA256:
        raise SystemExit(f"{source} is not the published model: its SHA-256 differs from {WEIGHTS_SHA256}")
    load(model, given.start or source, given.still)
    stages = (() if given.start else (STATEMENTS,)) + ((given.steps, *PASSAGES),)

    def save() -> None:
        save_file({name: p.detach().float().numpy().copy() for name, p in model.named_weights()}, given.output)

    train(model, tokenizer, [t for t in topics if t not in apart], stages, save)
    if apart:
        measure(model, tokenizer, framed_examples(apart, random.Random(1), 6), "statements of topics held out")
        measure(model, tokenizer, plain_examples(apart), "passages of topics held out")
    save()


if __name__ == "__main__":
    main()
