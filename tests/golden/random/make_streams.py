"""Writes streams.json: the numbers of named streams, from a second implementation in 64-bit arithmetic.

xoroshiro128+ (Blackman and Vigna 2018, constants 24, 16, 37); its state is the SHA-256 of "<seed>/<name>", as four
little-endian words: high and low half of s0, then of s1. A draw is the low half of s0 + s1.

Run: python3 tests/golden/random/make_streams.py
"""
import hashlib
import json
import math
import pathlib
import struct

MASK = (1 << 64) - 1


class Stream:
    def __init__(self, seed, name):
        self.digest = hashlib.sha256(f"{seed}/{name}".encode()).digest()
        high0, low0, high1, low1 = struct.unpack_from("<4I", self.digest)
        self.s0, self.s1 = high0 << 32 | low0, high1 << 32 | low1

    def word(self):
        out = (self.s0 + self.s1) & 0xFFFFFFFF
        mixed = self.s0 ^ self.s1
        rotated = (self.s0 << 24 | self.s0 >> 40) & MASK
        self.s0 = rotated ^ mixed ^ (mixed << 16 & MASK)
        self.s1 = (mixed << 37 | mixed >> 27) & MASK
        return out

    def uniform(self):
        return ((self.word() >> 5) * 2**26 + (self.word() >> 6)) / 2**53

    def integer(self, below):
        limit = 2**32 - 2**32 % below
        while (word := self.word()) >= limit:
            pass
        return word % below

    def normals(self, pairs):
        for _ in range(pairs):
            radius = math.sqrt(-2 * math.log(1 - self.uniform()))
            angle = 2 * math.pi * self.uniform()
            yield radius * math.cos(angle)
            yield radius * math.sin(angle)

    def shuffle(self, items):
        items = list(items)
        for last in range(len(items) - 1, 0, -1):
            other = self.integer(last + 1)
            items[last], items[other] = items[other], items[last]
        return items


def case(seed, name):
    low, high = struct.unpack_from("<II", Stream(seed, name).digest, 16)
    uniform, integers = Stream(seed, name), Stream(seed, name)
    return {
        "seed": seed,
        "name": name,
        "uniform": [uniform.uniform() for _ in range(8)],
        "integers": [integers.integer(3 * 2**30) for _ in range(8)],
        "normal": list(Stream(seed, name).normals(4)),
        "shuffle": Stream(seed, name).shuffle(range(12)),
        "key": str(high << 32 | low | 1),
    }


cases = [case(1, "fold/2/seed/1/pretext/warp"), case(-7, "Elektrokardiogramm/ü"), case(2**53 - 1, "")]
text = json.dumps({"cases": cases}, indent=1, ensure_ascii=False) + "\n"
pathlib.Path(__file__).with_name("streams.json").write_text(text, encoding="utf-8")
