"""Prints the streams of `InterleavedStreamTests`, from the definition of the interleaved form alone: python3 Tests/Fixtures/streams/generate.py

With one coder it gives CompressAI's streams, of which the first line is one (V0 of `GoldenStreamTests`).
"""

LOWER_BOUND = 1 << 31


def encoded(symbols, indexes, rows, offsets, coders=4):
    """The stream of `symbols`: symbol i by coder i mod `coders`, from the last to the first, all words on one stack."""
    states, words = [LOWER_BOUND] * coders, []

    def make_room(coder, limit):
        if states[coder] >= limit:
            words.append(states[coder] & 0xFFFFFFFF)
            states[coder] >>= 32

    for place in reversed(range(len(symbols))):
        coder, row = place % coders, rows[indexes[place]]
        value, sentinel = symbols[place] - offsets[indexes[place]], len(row) - 2
        index = value if 0 <= value < sentinel else sentinel
        if index == sentinel:
            number, digits = -2 * value - 1 if value < 0 else 2 * (value - sentinel), []
            while number:
                digits.append(number & 15)
                number >>= 4
            for digit in [*reversed(digits), len(digits)]:
                make_room(coder, 1 << 59)
                states[coder] = states[coder] << 4 | digit
        start, frequency = row[index], row[index + 1] - row[index]
        make_room(coder, frequency << 47)
        states[coder] = (states[coder] // frequency << 16) + states[coder] % frequency + start
    parts = [state.to_bytes(8, "little") for state in states] + [word.to_bytes(4, "little") for word in reversed(words)]
    return b"".join(parts)


GOLDEN = [0, 6553, 19660, 45874, 58981, 65535, 65536]
SHORT = [0, -1, 1, 2, -2, 0, 0, 5, -7]

print("one coder ", encoded(SHORT, [0] * 9, [GOLDEN], [-2], coders=1).hex())
print("none      ", encoded([], [], [GOLDEN], [-2]).hex())
print("three     ", encoded([0, 1, -1], [0] * 3, [GOLDEN], [-2]).hex())
print("nine      ", encoded(SHORT, [0] * 9, [GOLDEN], [-2]).hex())
print("escapes   ", encoded([100_000, -100_000, 1 << 20, -1 << 20, 0, 1], [0] * 6, [GOLDEN], [-2]).hex())
print("two rows  ", encoded([0, 1, -1, 0, 5, 0, 0, 0], [0, 1, 1, 0, 1, 0, 1, 0], [GOLDEN, [0, 1000, 64000, 65536]], [-2, -1]).hex())
