"""Train the stance reader from the embedding model's weights and the corpus in this folder.

    python train.py FOLDER_WITH_model.safetensors_AND_tokenizer.json trained.safetensors [--start earlier.safetensors]

Needs torch, numpy, safetensors and tokenizers in an environment of their own, one processor core and an hour or two.
First the model reads only statements put together by rule, then those and the passages: with passages from the start it
never finds out that a denial turns a stance. The topics that the corpus marks as held out are never trained on; how
well the model reads them is printed. ``--start`` goes on from weights of an earlier run, with passages at once.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np
import torch
from corpus import Example, Topic, framed_examples, plain_examples, read_topics, varied_examples
from phrases import NONE, OPPOSE
from safetensors.numpy import load_file, save_file
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

HERE = Path(__file__).resolve().parent
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
LAYERS, HEADS, WIDTH, WORDS, PLACES, CLASSES, EPSILON = 6, 12, 384, 30522, 512, 4, 1e-12
TEXT_TOKENS, PROPOSITION_TOKENS, TOKENS_A_STEP, DROPOUT = 110, 40, 2000, 0.1
CLASS_WEIGHTS = (1.0, 1.0, 1.2, 0.6)
LAYER_NAMES = {
    "query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value",
    "dense": "attention.output.dense", "attended": "attention.output.LayerNorm",
    "inner": "intermediate.dense", "outer": "output.dense", "norm": "output.LayerNorm",
}  # fmt: skip
# steps, learning rate, statements of each proposition a round, whether passages are read too
STATEMENTS = (250, 2e-4, 4, False)
PASSAGES = (1.5e-4, 8, True)


class Layer(nn.Module):
    """One transformer layer, with the names that the weights have."""

    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value, self.dense = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.attended, self.norm = nn.LayerNorm(WIDTH, EPSILON), nn.LayerNorm(WIDTH, EPSILON)
        self.inner, self.outer = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)

    def forward(self, value: Tensor, mask: Tensor) -> Tensor:
        texts, tokens, _ = value.shape

        def split(part: Tensor) -> Tensor:
            return part.view(texts, tokens, HEADS, WIDTH // HEADS).transpose(1, 2)

        scores = split(self.query(value)) @ split(self.key(value)).transpose(2, 3) * (WIDTH // HEADS) ** -0.5
        attention = torch.softmax(scores + mask, -1).to(scores.dtype)
        mixed = (attention @ split(self.value(value))).transpose(1, 2).reshape(texts, tokens, WIDTH)
        value = self.attended(value + functional.dropout(self.dense(mixed), DROPOUT, self.training))
        more = self.outer(functional.gelu(self.inner(value)))
        return self.norm(value + functional.dropout(more, DROPOUT, self.training))


class Reader(nn.Module):
    """The network that ``make.py`` writes as a graph."""

    def __init__(self) -> None:
        super().__init__()
        self.words, self.places, self.kinds = (nn.Embedding(n, WIDTH) for n in (WORDS, PLACES, 2))
        self.norm = nn.LayerNorm(WIDTH, EPSILON)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.pooler, self.classifier = nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, CLASSES)
        nn.init.normal_(self.classifier.weight, std=0.02)
        nn.init.zeros_(self.classifier.bias)

    def named_weights(self) -> Iterator[tuple[str, nn.Parameter]]:
        """Every parameter, by the name that BERT checkpoints give it."""
        yield "embeddings.word_embeddings.weight", self.words.weight
        yield "embeddings.position_embeddings.weight", self.places.weight
        yield "embeddings.token_type_embeddings.weight", self.kinds.weight
        parts = [("embeddings.LayerNorm", self.norm), ("pooler.dense", self.pooler), ("classifier", self.classifier)]
        for number, layer in enumerate(self.layers):
            parts += [(f"encoder.layer.{number}.{n}", getattr(layer, own)) for own, n in LAYER_NAMES.items()]
        for name, part in parts:
            yield f"{name}.weight", part.weight
            yield f"{name}.bias", part.bias

    def forward(self, ids: Tensor, positions: Tensor, blocks: Tensor, starts: Tensor) -> Tensor:
        """Logits of each proposition; block 0 is the text, 1 and more are propositions, -1 is padding."""
        value = self.words(ids) + self.places(positions) + self.kinds((blocks > 0).long())
        value = functional.dropout(self.norm(value), DROPOUT, self.training)
        seen, seeing = blocks[:, None, :], blocks[:, :, None]
        allowed = ((seen == 0) | (seen == seeing)) & (seen >= 0)
        mask = torch.zeros(allowed.shape).masked_fill_(~allowed, -1e4)[:, None].to(torch.bfloat16)
        for layer in self.layers:
            value = layer(value, mask)
        pooled = torch.tanh(self.pooler(value[starts[:, 0], starts[:, 1]]))
        return self.classifier(functional.dropout(pooled, DROPOUT, self.training)).float()


def load(model: Reader, source: Path) -> None:
    """Weights of the embedding model or of an earlier run; the word table is not trained further."""
    stored = {name.removeprefix("bert."): torch.tensor(value) for name, value in load_file(source).items()}
    for name, parameter in model.named_weights():
        if name in stored:
            parameter.data = stored[name].clone()
    model.words.weight.requires_grad = False


Packed = tuple[list[int], list[int], list[int], list[int], list[int]]  # ids, positions, blocks, starts, classes


def pack(tokenizer: Tokenizer, examples: Sequence[Example]) -> list[Packed]:
    """Each text and what is asked of it as one row of tokens."""
    packed = []
    for text, asked in examples:
        ids = tokenizer.encode(text).ids[:TEXT_TOKENS]
        length = len(ids)
        positions, blocks, starts = list(range(length)), [0] * length, []
        for number, (proposition, _) in enumerate(asked, start=1):
            more = tokenizer.encode(proposition).ids[:PROPOSITION_TOKENS]
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
    groups = [
        {"params": [p for p in trained if p.ndim > 1], "weight_decay": 0.01},
        {"params": [p for p in trained if p.ndim < 2], "weight_decay": 0.0},
    ]
    for steps, rate, each, passages in stages:
        optimizer = torch.optim.AdamW(groups, lr=rate, betas=(0.9, 0.98), fused=True)
        step, started = 0, time.time()
        while step < steps:
            examples = framed_examples(topics, rng, each)
            rows = pack(tokenizer, examples + (varied_examples(topics, rng) if passages else []))
            for batch in batches(rows, rng)[: steps - step]:
                model.train()
                for group in optimizer.param_groups:
                    group["lr"] = rate * min(1, (step + 1) / (0.06 * steps + 1)) * max(0.02, 1 - step / steps)
                fed, classes = tensors(rows, batch)
                with torch.autocast("cpu", torch.bfloat16):
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
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
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
    parser.add_argument("--steps", type=int, default=1000, help="steps with passages")
    given = parser.parse_args()
    torch.manual_seed(0)
    torch.set_num_threads(1)  # the matrices are small: a second thread mostly waits
    topics = read_topics(HERE / "corpus.jsonl.gz")
    apart = [t for t in topics if t["held_out"]]
    tokenizer = Tokenizer.from_file(str(given.folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    model = Reader()
    source = given.folder / "model.safetensors"
    if sha256(source.read_bytes()).hexdigest() != WEIGHTS_SHA256:
        raise SystemExit(f"{source} is not the published model: its SHA-256 differs from {WEIGHTS_SHA256}")
    load(model, given.start or source)
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
