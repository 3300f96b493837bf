"""Writes interpolation.json: one piece of a window, resized by PyTorch's linear interpolation with half-pixel centres."""
import json
import math
import pathlib

import torch

piece = [round(math.sin(0.07 * i) + 0.3 * math.cos(0.31 * i * i / 284), 4) for i in range(284)]
signal = torch.tensor(piece, dtype=torch.float64).reshape(1, 1, -1)
resized = {
    length: torch.nn.functional.interpolate(signal, size=length, mode="linear", align_corners=False).flatten().tolist()
    for length in (299, 271)
}
path = pathlib.Path(__file__).with_name("interpolation.json")
path.write_text(json.dumps({"torch": torch.__version__, "piece": piece, "resized": resized}) + "\n")
